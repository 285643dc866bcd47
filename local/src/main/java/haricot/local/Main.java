package haricot.local;

import haricot.local.backfill.BackfillCommand;
import haricot.local.classify.ClassifyCommand;
import haricot.local.classify.ExamplesCommand;
import haricot.local.compare.CompareCommand;
import haricot.local.deploy.DeployCommand;
import haricot.local.deploy.ModelCommand;
import haricot.local.deploy.RemoveCommand;
import haricot.local.deploy.RollbackCommand;
import haricot.local.deploy.VersionsCommand;
import haricot.local.host.Stop;
import haricot.local.host.Terminal;
import haricot.local.serve.ServeCommand;
import haricot.local.sql.SqlCommand;
import haricot.local.watch.BaselineCommand;
import haricot.local.watch.FlagsCommand;
import haricot.local.watch.ForgetCommand;
import haricot.local.watch.ReportCommand;
import haricot.local.watch.ReviewCommand;
import haricot.web.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. A new command is a class of its own and a name in the list here.
@Command(name = "haricot", versionProvider = Main.Version.class, mixinStandardHelpOptions = true, scope = CommandLine.ScopeType.INHERIT, sortOptions = false, description = "Classify pictures, on this computer or on AWS Lambda, and watch what arrives.", exitCodeOnInvalidInput = Main.WRONG, exitCodeOnExecutionException = Main.UNFORESEEN, subcommands = {
        ServeCommand.class, ClassifyCommand.class, ExamplesCommand.class, ReportCommand.class, ReviewCommand.class,
        SqlCommand.class, BaselineCommand.class,
        ForgetCommand.class, FlagsCommand.class, BackfillCommand.class, ModelCommand.class, CompareCommand.class,
        DeployCommand.class,
        VersionsCommand.class, RollbackCommand.class, RemoveCommand.class, CompletionCommand.class})
public final class Main implements Runnable {
    /// Exit statuses of commands that came to no result; those below 64 are results. A wrong option.
    static final int WRONG = 64;
    /// Something that the command needs is missing or refused.
    static final int FAILED = 69;
    /// A mistake in this program.
    static final int UNFORESEEN = 70;

    private final CommandLine commandLine = new CommandLine(this);

    private Main() {}

    public static void main(String[] args) {
        Stop.watch();
        int status = commandLine().execute(args);
        Stop.finished();
        System.exit(status);
    }

    /// All of it, ready to execute.
    public static CommandLine commandLine() {
        CommandLine commandLine = new Main().commandLine;
        commandLine.setExecutionExceptionHandler(Main::explain).setParameterExceptionHandler(Main::correct);
        Values.register(commandLine);
        return commandLine.setColorScheme(Help.defaultColorScheme(Terminal.colours() ? Help.Ansi.ON : Help.Ansi.OFF));
    }

    /// Without a command: lists what there is.
    @Override
    public void run() {
        commandLine.usage(commandLine.getOut());
    }

    /// Says what is wrong with the words of a command, and what was probably meant.
    private static int correct(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("haricot: " + Terminal.shownLines(Values.sentence(mistake))));
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            nearest(unmatched.getUnmatched().getFirst(), command.getCommandSpec())
                    .ifPresent(word -> err.println("Did you mean " + word + "?"));
        }
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' shows what there is.");
        return WRONG;
    }

    /// The option or command that is most like a word, if any is like it at all.
    private static Optional<String> nearest(String word, CommandSpec command) {
        String bare = word.replaceFirst("=.*", "");
        Stream<String> known = bare.startsWith("-")
                ? command.optionsMap().keySet().stream()
                : command.subcommands().keySet().stream();
        return known.filter(each -> Spelling.distance(bare, each) <= Math.max(2, bare.length() / 3))
                .min(Comparator.comparingInt(each -> Spelling.distance(bare, each)));
    }

    /// Names what went wrong in one line; only the unforeseen also shows where.
    private static int explain(Exception problem, CommandLine command, ParseResult parsed) throws Exception {
        String sentence = Complaint.of(problem).orElseThrow(() -> problem);
        command.getErr().println(command.getColorScheme().errorText("haricot: " + Terminal.shownLines(sentence)));
        return FAILED;
    }

    /// `--version`, which the build writes into a file.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (InputStream version = Main.class.getResourceAsStream("version.txt")) {
                return new String[]{"haricot " + new String(version.readAllBytes(), StandardCharsets.UTF_8).strip()};
            }
        }
    }
}
