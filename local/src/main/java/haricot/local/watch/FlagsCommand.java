package haricot.local.watch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `haricot flags`: what is done with flags by the file.
@Command(name = "flags", description = "Bring back flags that only a log holds.", subcommands = RestoreCommand.class)
public final class FlagsCommand implements Runnable {
    @Spec
    CommandSpec spec;

    /// Without a command: lists what there is.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
