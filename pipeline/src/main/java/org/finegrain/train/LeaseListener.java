package org.finegrain.train;

import java.io.IOException;
import org.finegrain.storage.Lease;

/**
 * Ends a training that has lost its lease. This happens if this process seemed to be dead, and
 * another one has taken the run over.
 */
record LeaseListener(Lease lease) implements RunListener {
  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
      throws IOException {
    lease.requireHeld();
  }

  @Override
  public void epochEnded(EpochMetrics metrics) throws IOException {
    lease.requireHeld();
  }
}
