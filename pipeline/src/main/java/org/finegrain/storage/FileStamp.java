package org.finegrain.storage;

/**
 * The size and the time of a file, which show a later process whether the file was written again.
 *
 * @param bytes the size in bytes
 * @param modifiedMillis when the file was last written, in milliseconds since 1970, by the clock of
 *     the store
 */
public record FileStamp(long bytes, long modifiedMillis) {}
