package org.finegrain.bigdl.exchange;

import java.io.Serializable;

/**
 * The address at which the other executors of a training fetch what an executor offers.
 *
 * @param host name or IP address of the executor
 * @param port the port that its {@link PeerExchange} listens on
 * @param key a secret that those who fetch must know: Spark's transport authenticates messages, but
 *     lets anyone open streams
 * @param memory the place of its {@link HostMemory}, where executors of the same host find what it
 *     offers
 */
public record ExecutorAddress(String host, int port, String key, String memory)
    implements Serializable {
  /** Returns the name of the stream that sends what the executor offers as {@code name}. */
  String stream(String name) {
    return key + "/" + name;
  }
}
