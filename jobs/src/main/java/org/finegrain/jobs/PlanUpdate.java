package org.finegrain.jobs;

import java.io.IOException;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanChange;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.PlanLease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Brings the plan in a sweep folder to what the configuration wants, and says what changes. */
final class PlanUpdate {
  private static final Logger LOG = LoggerFactory.getLogger(PlanUpdate.class);

  @Option(
      names = "--retire",
      description =
          "Retire the trials that a changed setting of the experiment itself leaves behind. Their"
              + " run folders stay.")
  private boolean retire;

  /**
   * Writes the plan of {@code sweep} if it changes. Other processes wait meanwhile.
   *
   * @return the plan that the folder now has
   */
  Plan write(Folder sweep, Plan wanted) throws IOException, InterruptedException {
    try (Lease lease = PlanLease.acquire(sweep)) {
      Folder guarded = sweep.guardedBy(lease::confirm);
      PlanFile.setAsideIfDamaged(guarded);
      return write(of(guarded, wanted), guarded);
    }
  }

  /** Returns the plan that {@link #write} would write, or refuses it in the same way. */
  Plan preview(Folder sweep, Plan wanted) throws IOException {
    return plan(of(sweep, wanted));
  }

  private Plan write(PlanChange change, Folder sweep) throws IOException {
    Plan plan = plan(change);
    if (!change.isNone()) {
      PlanFile.write(plan, sweep);
    }
    return plan;
  }

  private Plan plan(PlanChange change) {
    if (change.isNone()) {
      return change.before().orElseThrow();
    }
    Plan plan = change.plan(retire);
    if (change.before().isEmpty()) {
      LOG.info("plan: {}", plan.summary());
    } else if (change.retired().isEmpty()) {
      LOG.info("new plan: {}; {} added", plan.summary(), change.added().size());
    } else {
      LOG.warn(
          "new plan: {}; {} added, {} retired, as this configuration does not want them",
          plan.summary(),
          change.added().size(),
          change.retired().size());
    }
    return plan;
  }

  /**
   * Returns what {@code wanted} would change.
   *
   * @throws org.finegrain.sweep.SweepException if the plan in {@code sweep} cannot be read
   */
  static PlanChange of(Folder sweep, Plan wanted) throws IOException {
    return new PlanChange(PlanFile.read(sweep), wanted);
  }
}
