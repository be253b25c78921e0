package org.finegrain.jobs;

import java.io.IOException;
import java.util.Optional;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanChange;
import org.finegrain.sweep.PlanFile;
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
   * Writes the plan of {@code sweep} if it changes.
   *
   * @return the plan that the folder now has
   */
  Plan write(Folder sweep, Plan wanted) throws IOException {
    PlanChange change = of(sweep, wanted);
    if (change.isNone()) {
      return change.before().orElseThrow();
    }
    Plan plan = change.plan(retire);
    PlanFile.write(plan, sweep);
    LOG.info(
        change.before().isPresent() ? "new plan: {}; {} added, {} retired" : "plan: {}",
        plan.summary(),
        change.added().size(),
        change.retired().size());
    return plan;
  }

  static PlanChange of(Folder sweep, Plan wanted) throws IOException {
    Optional<Plan> before = PlanFile.readToReplace(sweep);
    return new PlanChange(before, wanted);
  }
}
