package haricot.local.host;

import haricot.local.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// Runs commands as a shell would, in this process.
public final class Shell {
    private Shell() {}

    /// What a command left behind.
    public record Ran(int status, String out, String err) {}

    public static Ran haricot(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] args = java.util.Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        return new Ran(commandLine.execute(args), out.toString(), err.toString());
    }
}
