package org.finegrain.storage;

import java.time.Instant;

/**
 * The process that holds a {@link Lease}, for people and for programs that show it.
 *
 * @param host the name of the host on which it runs
 * @param process its process id on that host
 * @param application the id of its Spark application; empty if it has none
 * @param since when it took the lease, by its own clock
 * @param lastSign when it last renewed the lease, by the store's clock
 */
public record LeaseHolder(
    String host, long process, String application, Instant since, Instant lastSign) {

  /** Returns the process in words, such as {@code process 4711 on node-3 (application app-7)}. */
  @Override
  public String toString() {
    return "process "
        + process
        + " on "
        + host
        + (application.isEmpty() ? "" : " (application " + application + ")");
  }
}
