package haricot.local.host;

import java.nio.file.Path;

/// The model that tests run with: the one that ships, or another that `-Dharicot.beans=FILE` names.
public final class TestModel {
    private TestModel() {}

    /// Where it is.
    public static Path file() {
        String other = System.getProperty("haricot.beans", "");
        return other.isEmpty() ? Path.of(System.getProperty("haricot.model"), "beans.onnx") : Path.of(other);
    }

    /// A picture that its maker drew, such as `leaf-rust`.
    public static Path drawn(String name) {
        return file().resolveSibling("golden").resolve(name + ".png");
    }
}
