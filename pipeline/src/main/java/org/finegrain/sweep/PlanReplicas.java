package org.finegrain.sweep;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.train.RunResult;

/**
 * The number of replicas that a sweep is trained on. It is part of the plan from the first run on,
 * as it decides the bits of every result: trials on different numbers cannot be compared.
 */
public final class PlanReplicas {
  private PlanReplicas() {}

  /**
   * Notes the number in the plan of {@code sweep}, if the plan has none yet.
   *
   * @param replicas the number that the present cluster gives
   * @throws SweepException if the plan, or a result from before it had a number, has another one
   */
  public static void fix(Folder sweep, int replicas) throws IOException, InterruptedException {
    try (Lease lease = PlanLease.acquire(sweep)) {
      Plan plan = PlanFile.require(sweep);
      OptionalInt known = plan.replicas().isPresent() ? plan.replicas() : ofResults(plan, sweep);
      if (known.isPresent() && known.getAsInt() != replicas) {
        throw new SweepException(
            String.format(
                Locale.ROOT,
                "Cannot run the sweep on %d replicas: its trials are trained on %d, and another number"
                    + " changes their results; give Spark as many executors as before, or take another"
                    + " folder for --out",
                replicas,
                known.getAsInt()));
      }
      if (plan.replicas().isEmpty()) {
        PlanFile.write(
            plan.withReplicas(OptionalInt.of(replicas)), sweep.guardedBy(lease::confirm));
      }
    }
  }

  private static OptionalInt ofResults(Plan plan, Folder sweep) throws IOException {
    for (Trial trial : plan.trials()) {
      RunResult result = TrialResult.of(trial, sweep).result().orElse(null);
      if (result != null) {
        return OptionalInt.of(result.run().replicas());
      }
    }
    return OptionalInt.empty();
  }
}
