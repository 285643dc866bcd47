package haricot.web;

/// How far a word is from another that may have been meant.
public final class Spelling {
    private Spelling() {}

    /// Letters to add, leave out, replace or swap with their neighbour (optimal string alignment distance).
    public static int distance(String said, String meant) {
        int[][] steps = new int[said.length() + 1][meant.length() + 1];
        for (int i = 0; i <= said.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : least(steps, said, meant, i, j);
            }
        }
        return steps[said.length()][meant.length()];
    }

    private static int least(int[][] steps, String said, String meant, int i, int j) {
        int same = said.charAt(i - 1) == meant.charAt(j - 1) ? 0 : 1;
        int least = Math.min(steps[i - 1][j - 1] + same, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && said.charAt(i - 1) == meant.charAt(j - 2)
                && said.charAt(i - 2) == meant.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
