package haricot.local.host;

import java.nio.file.Path;

/// Where the person who called is.
public final class Here {
    private Here() {}

    /// The path as that person would write it.
    public static Path relative(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = path.toAbsolutePath().normalize();
        return whole.startsWith(here) ? here.relativize(whole) : whole;
    }
}
