package haricot.local.deploy;

import haricot.local.host.Failure;
import haricot.model.BrokenModel;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot model check`: whether a model file may be deployed.
@Command(name = "check", description = "Say what a model file is, and whether it may be deployed.", footer = {"",
        "Exit status: 0 it may, 69 it may not, and every wrong field is named."})
final class ModelCheckCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "An ONNX file with Haricot's metadata.")
    Path file;

    @Override
    public void run() {
        try {
            spec.commandLine().getOut().print(ModelCheck.describe(file));
            spec.commandLine().getOut().flush();
        } catch (BrokenModel broken) {
            throw new Failure(faults(broken), broken);
        }
    }

    private String faults(BrokenModel broken) {
        int count = broken.faults().size();
        StringBuilder said = new StringBuilder(file + " may not be deployed: "
                + (count == 1 ? "it has a fault." : "it has " + count + " faults."));
        for (BrokenModel.Fault fault : broken.faults()) {
            said.append("\n  ").append(fault);
            String meaning = CardGuide.meaning(fault.field());
            said.append(meaning.isEmpty() ? "" : "\n      " + meaning);
        }
        return said.toString();
    }
}
