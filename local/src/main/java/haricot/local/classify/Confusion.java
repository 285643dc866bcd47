package haricot.local.classify;

import haricot.local.host.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Answers about pictures whose labels are known, as a confusion matrix.
final class Confusion {
    private final List<String> labels;
    /// True label, then given label; the last column is "no label".
    private final int[][] counts;

    /// @param labels that the classifier knows, in their order
    Confusion(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.counts = new int[labels.size()][labels.size() + 1];
    }

    /// Counts a picture from a folder that has a label's name; any other does not count.
    void add(Classified judged) {
        int truth = labels.indexOf(judged.picture().folder());
        if (truth >= 0) {
            int given = labels.indexOf(judged.label());
            counts[truth][given < 0 ? labels.size() : given]++;
        }
    }

    /// Whether there was any.
    boolean isEmpty() {
        return pictures() == 0;
    }

    /// Share of the pictures with a label that have the right one; not a number if none has any.
    double accuracy() {
        int right = 0;
        for (int i = 0; i < labels.size(); i++) {
            right += counts[i][i];
        }
        return (double) right / labelled();
    }

    /// Prints the accuracy, and the matrix with one line per true label.
    void print(PrintWriter out) {
        String accuracy = labelled() == 0
                ? "No picture got a label"
                : String.format(Locale.ROOT, "Accuracy %.1f %% of %,d pictures with a label", accuracy() * 100,
                        labelled());
        out.printf(Locale.ROOT, "%n%s; %,d got none.%n%n", accuracy, pictures() - labelled());
        List<String> named = labels.stream().map(Terminal::shown).toList();
        List<String> heads = new ArrayList<>(named);
        heads.add("no label");
        int first = Math.max("TRUE \\ GIVEN".length(), named.stream().mapToInt(String::length).max().orElse(0));
        StringBuilder head = new StringBuilder(padded("TRUE \\ GIVEN", first));
        heads.forEach(label -> head.append("  ").append(label));
        out.println(head);
        for (int truth = 0; truth < labels.size(); truth++) {
            StringBuilder row = new StringBuilder(padded(named.get(truth), first));
            for (int given = 0; given < heads.size(); given++) {
                String count = String.format(Locale.ROOT, "%,d", counts[truth][given]);
                row.append("  ").append(" ".repeat(Math.max(0, heads.get(given).length() - count.length())))
                        .append(count);
            }
            out.println(row);
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private int labelled() {
        int sum = 0;
        for (int[] row : counts) {
            for (int given = 0; given < labels.size(); given++) {
                sum += row[given];
            }
        }
        return sum;
    }

    private int pictures() {
        int sum = labelled();
        for (int[] row : counts) {
            sum += row[labels.size()];
        }
        return sum;
    }
}
