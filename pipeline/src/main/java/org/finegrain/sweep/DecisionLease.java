package org.finegrain.sweep;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
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
   * @throws SweepException if another process holds it, or runs the sweep without it
   */
  static DecisionLease acquire(Folder sweep, String application) throws IOException {
    try {
      requireNoOther(sweep);
      if (Journal.isAnyHeld(sweep)) {
        throw inUse(sweep, Optional.empty());
      }
      Lease lease = Lease.acquire(folder(sweep), "the decisions of " + sweep, application);
      return new DecisionLease(sweep, lease);
    } catch (LeaseHeldException e) {
      throw inUse(sweep, e.holder());
    }
  }

  /**
   * Checks that no process compares the settings of a sweep.
   *
   * @throws SweepException if one does
   */
  static void requireNoOther(Folder sweep) throws IOException {
    Optional<LeaseHolder> holder = Lease.holder(folder(sweep));
    if (holder.isPresent()) {
      throw inUse(sweep, holder);
    }
  }

  private static Folder folder(Folder sweep) {
    return sweep.folder(".lease-decisions");
  }

  private static SweepException inUse(Folder sweep, Optional<LeaseHolder> holder) {
    return new SweepException(
        String.format(
            Locale.ROOT,
            "Cannot run %s in a second process, as its settings are compared in one, and %s runs it;"
                + " give that one more executors with cluster.executors-per-trial",
            sweep,
            holder.map(LeaseHolder::toString).orElse("another one")));
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
      throw inUse(sweep, e.holder());
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
