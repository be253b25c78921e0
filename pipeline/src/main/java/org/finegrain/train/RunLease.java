package org.finegrain.train;

import java.io.IOException;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;

/**
 * The lease on a run folder, which every process holds that writes to it, moves it or removes it.
 */
public final class RunLease {
  private RunLease() {}

  /**
   * Takes the lease.
   *
   * @throws LeaseHeldException if another process, or another part of this one, holds it
   */
  public static Lease acquire(Folder runFolder, String runId) throws IOException {
    return Lease.acquire(runFolder.folder(".lease"), "run " + runId + " in " + runFolder);
  }
}
