package haricot.local.host;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--model`, of every command that uses a model on this computer.
public final class ModelFile {
    @Option(names = "--model", paramLabel = "FILE", defaultValue = "${sys:haricot.root:-.}/model/beans.onnx", description = "Model to use (default: model/beans.onnx, beside the launcher).")
    public Path file;
}
