package org.finegrain.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;

/** The lease on the plan of a sweep, which a process holds while it compares and writes it. */
public final class PlanLease {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private PlanLease() {}

  /**
   * Takes the lease. Waits for a process that holds it, as that writes one small file.
   *
   * @throws LeaseHeldException if another process holds it for a minute
   */
  public static Lease acquire(Folder sweep) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return Lease.acquire(
            sweep.folder(".lease-" + PlanFile.NAME), sweep.location(PlanFile.NAME), "");
      } catch (LeaseHeldException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
    }
  }
}
