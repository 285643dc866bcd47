package haricot.local.deploy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `haricot model`: what is done with a model file as such.
@Command(name = "model", description = "Check a model file, or publish it.", subcommands = {ModelCheckCommand.class,
        ModelPushCommand.class})
public final class ModelCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
