package haricot.local.watch;

import haricot.bucket.StoredFlag;
import java.util.Optional;

/// Where the pictures of flags are found: kept beside them ([KeptPictures]), or where a run found them
/// ([SourcePictures]).
interface FlagPictures {
    /// Whether there is one to look at.
    boolean has(StoredFlag flag);

    /// The file, as a browser shows it; empty where it is gone.
    Optional<byte[]> of(StoredFlag flag);

    /// For the list: where it lies; empty where that says nothing.
    String place(StoredFlag flag);
}
