package org.finegrain.train;

import java.io.IOException;
import java.util.Optional;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.LeaseHolder;

/**
 * The lease on a run folder, which every process holds that writes to it, moves it or removes it.
 */
public final class RunLease {
  private RunLease() {}

  /**
   * Takes the lease.
   *
   * @param application the id of the Spark application that works on the run; empty if there is
   *     none
   * @throws LeaseHeldException if another process, or another part of this one, holds it
   */
  public static Lease acquire(Folder runFolder, String runId, String application)
      throws IOException {
    return Lease.acquire(folder(runFolder), "run " + runId + " in " + runFolder, application);
  }

  /**
   * Returns who works on the run now. Empty if nobody does, or if the process seems to have ended.
   * Costs a few reads and writes nothing. For a process on another machine, the time of its last
   * sign of life is therefore compared with the clock of this machine, which may differ from the
   * store's. Taking the lease decides by the store's clock.
   */
  public static Optional<LeaseHolder> holder(Folder runFolder) throws IOException {
    return Lease.holder(folder(runFolder));
  }

  private static Folder folder(Folder runFolder) {
    return runFolder.folder(".lease");
  }
}
