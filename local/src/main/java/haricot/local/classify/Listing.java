package haricot.local.classify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import haricot.local.host.CsvCell;
import haricot.local.host.Pictures;
import haricot.local.host.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The forms in which `haricot classify` lists its answers, one line per picture.
enum Listing {
    /// Columns for people.
    TABLE {
        @Override
        void head(PrintWriter out, Layout layout) {
            out.println(layout.row("FILE", "LABEL", "CONFIDENCE", "STRANGER THAN", "DECISION"));
        }

        @Override
        void line(PrintWriter out, Layout layout, Classified judged) {
            String label = judged.labelled() ? Terminal.shown(judged.label()) : "-";
            String confidence = judged.labelled() ? percent(judged.confidence()) : "-";
            String score = judged.unreadable() ? "-" : percent(judged.score());
            String decision = Terminal.shown(judged.decision()
                    + (judged.reasons().isEmpty() ? "" : ": " + String.join(", ", judged.reasons())));
            out.println(layout.row(Terminal.shown(judged.picture().name()), label, confidence, score,
                    layout.coloured(judged.decision(), decision)));
        }
    },
    /// The API's answers with the file's name before them.
    JSON {
        @Override
        void head(PrintWriter out, Layout layout) {}

        @Override
        void line(PrintWriter out, Layout layout, Classified judged) {
            out.println(Terminal.shown(JsonNodeFactory.instance.objectNode().put("file", judged.picture().name())
                    .setAll(judged.answer()).toString()));
        }
    },
    /// RFC 4180 with a header, for spreadsheets.
    CSV {
        @Override
        void head(PrintWriter out, Layout layout) {
            out.print("file,label,confidence,score,decision,reasons\r\n");
        }

        @Override
        void line(PrintWriter out, Layout layout, Classified judged) {
            boolean labelled = judged.labelled();
            out.print(Stream.of(judged.picture().name(), judged.label(),
                    labelled ? Double.toString(judged.confidence()) : "",
                    judged.unreadable() ? "" : Double.toString(judged.score()), judged.decision(),
                    String.join(" ", judged.reasons())).map(CsvCell::of).collect(Collectors.joining(",")) + "\r\n");
        }
    };

    abstract void head(PrintWriter out, Layout layout);

    abstract void line(PrintWriter out, Layout layout, Classified judged);

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// Column widths that fit what will be listed, and colours where they are wanted.
    record Layout(int file, int label, boolean colours) {
        /// A longer name would push the other columns off a terminal.
        private static final int LONGEST = 48;

        static Layout of(List<Pictures.Picture> pictures, List<String> labels, boolean colours) {
            int file = pictures.stream().mapToInt(picture -> Terminal.shown(picture.name()).length()).max().orElse(0);
            int label = labels.stream().map(Terminal::shown).mapToInt(String::length).max().orElse(0);
            return new Layout(Math.clamp(file, 4, LONGEST), Math.max(5, label), colours);
        }

        private String row(String name, String answer, String confidence, String score, String decision) {
            String shown = name.length() <= file ? name : "…" + name.substring(name.length() - file + 1);
            return String.format(Locale.ROOT, "%-" + file + "s  %-" + label + "s  %10s  %13s  %s", shown, answer,
                    confidence,
                    score, decision);
        }

        private String coloured(String decision, String text) {
            if (!colours) {
                return text;
            }
            String colour = switch (decision) {
                case "accept" -> "32";
                case "review" -> "33";
                default -> "31";
            };
            return "\033[" + colour + "m" + text + "\033[0m";
        }
    }
}
