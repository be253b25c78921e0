package org.finegrain.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;

/**
 * A {@link Run} under a lease. The lease is confirmed before each change of the run folder. If this
 * process seemed to be dead and another one has taken the run over, the run ends and leaves the
 * folder as the other process has it.
 */
record LeasedRun(SparkSession spark, TrainingEngine engine, RunPlan plan, Lease lease) {

  /**
   * Carries out the run, or returns its result if it is complete.
   *
   * @param others further listeners, in addition to those that every run has
   * @throws LeaseHeldException if the lease was lost
   */
  RunResult carryOut(RunOptions options, List<RunListener> others) throws IOException {
    List<RunListener> listeners = new ArrayList<>(others);
    listeners.add(new StepCheck(lease));
    try {
      return new Run(spark, engine, plan.guardedBy(lease::confirm))
          .carryOut(options, listeners.toArray(RunListener[]::new));
    } catch (LeaseHeldException | InterruptedRunException e) {
      throw e;
    } catch (Throwable e) { // Spark also throws checked exceptions that it does not declare
      requireHeld(e);
      throw e;
    }
  }

  /** Checks whether a failure is due to another process, which changes files under this run. */
  private void requireHeld(Throwable failure) throws LeaseHeldException {
    try {
      lease.confirm();
    } catch (LeaseHeldException e) {
      e.addSuppressed(failure);
      throw e;
    } catch (IOException e) { // the store does not answer
      failure.addSuppressed(e);
    }
  }

  /** Ends a training that has lost its lease before it has anything to publish. */
  private record StepCheck(Lease lease) implements RunListener {
    @Override
    public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
        throws IOException {
      lease.requireHeld();
    }

    @Override
    public void epochEnded(EpochMetrics metrics) {}
  }
}
