package org.finegrain.sweep;

import java.io.IOException;
import java.util.Locale;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.LeaseHolder;

/** The right of one process to decide about the settings of a sweep. */
final class DecisionLease implements Folder.Guard, AutoCloseable {
  private final Folder sweep;
  private final Lease lease;

  private DecisionLease(Folder sweep, Lease lease) {
    this.sweep = sweep;
    this.lease = lease;
  }

  /**
   * Takes the lease.
   *
   * @param application the id of the Spark application; empty if there is none
   * @throws SweepException if another process holds it
   */
  static DecisionLease acquire(Folder sweep, String application) throws IOException {
    try {
      Lease lease =
          Lease.acquire(sweep.folder(".lease-decisions"), "the decisions of " + sweep, application);
      return new DecisionLease(sweep, lease);
    } catch (LeaseHeldException e) {
      throw held(sweep, e);
    }
  }

  private static SweepException held(Folder sweep, LeaseHeldException e) {
    return new SweepException(
        String.format(
            Locale.ROOT,
            "Cannot run %s in a second process, as one process compares the settings of a sweep, and"
                + " %s does; give that one more executors with cluster.executors-per-trial",
            sweep,
            e.holder().map(LeaseHolder::toString).orElse("an unknown one")),
        e);
  }

  /**
   * Checks that this process still decides.
   *
   * @throws SweepException if another one has taken over
   */
  @Override
  public void check() throws IOException {
    try {
      lease.confirm();
    } catch (LeaseHeldException e) {
      throw held(sweep, e);
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
