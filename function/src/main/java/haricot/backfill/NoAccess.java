package haricot.backfill;

import haricot.bucket.Chunk;

/// S3 refuses every picture of a chunk.
public final class NoAccess extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAccess(Chunk chunk) {
        super("S3 gives no access to any of the " + chunk.objects().size() + " pictures of chunk " + chunk.name()
                + " in " + chunk.bucket() + ": the function's role, the bucket's policy or its key does not allow it");
    }
}
