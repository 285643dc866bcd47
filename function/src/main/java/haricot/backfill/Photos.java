package haricot.backfill;

import haricot.bucket.Source;

/// Where the pictures of a run lie: in S3, or in folders. Several threads may ask at once.
@FunctionalInterface
public interface Photos {
    /// Reads one. Whatever would stop any other as well surfaces as an exception, and the chunk is done again later.
    Photo read(Source source);
}
