package haricot.local;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--model`, of every command that uses a model on this computer.
final class ModelFile {
    @Option(names = "--model", paramLabel = "FILE", defaultValue = "${sys:haricot.root:-.}/model/beans.onnx", description = "Model to use (default: model/beans.onnx, beside the launcher).")
    Path file;
}
