package haricot.local;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `haricot completion`: lets a shell complete commands, options and files.
@Command(name = "completion", description = "Print a completion script for bash and zsh.", footer = {"",
        "Use it with: source <(./haricot completion)"})
final class CompletionCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        root.getOut().print(AutoComplete.bash("haricot", root));
        root.getOut().flush();
    }
}
