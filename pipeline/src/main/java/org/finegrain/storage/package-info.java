/**
 * A small façade over Hadoop's FileSystem: every path is a Hadoop path, outputs appear whole or not
 * at all. Start at {@link org.finegrain.storage.Folder}. Depends on the Hadoop client only.
 */
package org.finegrain.storage;
