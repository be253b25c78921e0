/**
 * A small façade over Hadoop's FileSystem: every path is a Hadoop path, outputs appear whole or not
 * at all, one process works on them at a time ({@link org.finegrain.storage.Lease}), and a damaged
 * file is told by its name ({@link org.finegrain.storage.JsonFile}). Start at {@link
 * org.finegrain.storage.Folder}. Depends on the Hadoop client and Jackson only.
 */
package org.finegrain.storage;
