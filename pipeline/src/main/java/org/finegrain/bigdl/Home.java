package org.finegrain.bigdl;

import java.io.Serializable;

/**
 * Where the others fetch an executor's numbers.
 *
 * @param key to be shown by those who fetch: Spark's transport authenticates messages, but lets
 *     anyone open streams
 */
record Home(String host, int port, String key) implements Serializable {
  /** Under which it sends what it offers as {@code name}. */
  String stream(String name) {
    return key + "/" + name;
  }
}
