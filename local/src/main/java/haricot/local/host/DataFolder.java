package haricot.local.host;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--data`, of every command that uses a bucket on this computer.
public final class DataFolder {
    /// The one bucket in it.
    public static final String BUCKET = "haricot";

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${sys:haricot.root:-.}/data", description = "Folder of the bucket's files (default: data, beside the launcher).")
    public Path folder;

    /// The folder, which need not exist yet.
    public Path folder() {
        return folder;
    }
}
