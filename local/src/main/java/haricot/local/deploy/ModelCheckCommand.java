package haricot.local.deploy;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot model check`: whether a model file may be deployed.
@Command(name = "check", description = "Say what a model file is, and whether it may be deployed.", footer = {"",
        "Exit status: 0 it may, 69 it may not, and the wrong field is named."})
final class ModelCheckCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "An ONNX file with Haricot's metadata.")
    Path file;

    @Override
    public void run() {
        spec.commandLine().getOut().print(ModelCheck.describe(file));
        spec.commandLine().getOut().flush();
    }
}
