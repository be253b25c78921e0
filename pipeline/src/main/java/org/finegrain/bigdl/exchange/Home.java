package org.finegrain.bigdl.exchange;

import java.io.Serializable;

/**
 * Where the others fetch an executor's numbers.
 *
 * @param key to be shown by those who fetch: Spark's transport authenticates messages, but lets
 *     anyone open streams
 * @param memory place of what those of the same host find in {@link HostMemory}
 */
public record Home(String host, int port, String key, String memory) implements Serializable {
  /** Under which it sends what it offers as {@code name}. */
  String stream(String name) {
    return key + "/" + name;
  }
}
