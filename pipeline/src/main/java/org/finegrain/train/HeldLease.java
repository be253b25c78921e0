package org.finegrain.train;

import java.io.IOException;
import org.finegrain.storage.Lease;

/** Ends a training whose run another process has taken over, as this one seemed to be gone. */
record HeldLease(Lease lease) implements RunListener {
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
