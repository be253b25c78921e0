/**
 * Reads and writes files on any Hadoop file system. Every path is a Hadoop path.
 *
 * <p>Start at {@link org.finegrain.storage.Folder}; {@link org.finegrain.storage.Lease} keeps a
 * second process away, and {@link org.finegrain.storage.JsonFile} reads documents. The package
 * knows the Hadoop client and Jackson alone.
 *
 * <p>Promise: a file or folder appears completely or not at all, also if its writer is killed. The
 * message about a damaged file names the file.
 */
package org.finegrain.storage;
