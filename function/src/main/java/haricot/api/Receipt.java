package haricot.api;

import java.util.Map;
import java.util.Set;

/// Where the flags of a request are.
///
/// @param keys of all of them, by the id of their answer
/// @param inS3 the ids of those that are already in the bucket
record Receipt(Map<String, String> keys, Set<String> inS3) {}
