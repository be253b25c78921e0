package org.finegrain.train;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.bigdl.TensorBoardEvents;
import org.finegrain.storage.Folder;

/** The curves of a run for TensorBoard: loss and learning rate by step, the rest by epoch. */
final class TensorBoardLog implements RunListener {
  private final TensorBoardEvents events;

  private TensorBoardLog(TensorBoardEvents events) {
    this.events = events;
  }

  static TensorBoardLog create(Folder runFolder, Configuration configuration) throws IOException {
    return new TensorBoardLog(
        TensorBoardEvents.create(runFolder.location("tensorboard"), configuration));
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
      throws IOException {
    events.scalar("train/loss", loss, step);
    events.scalar("train/learning-rate", learningRate, step);
  }

  @Override
  public void gradientClipped(long step, double norm) throws IOException {
    events.scalar("train/gradient-norm", norm, step);
  }

  @Override
  public void epochEnded(EpochMetrics metrics) throws IOException {
    events.scalar("train/images-per-second", metrics.imagesPerSecond(), metrics.step());
    if (metrics.val().isPresent()) {
      Scores val = metrics.val().get();
      events.scalar("val/loss", val.loss(), metrics.step());
      events.scalar("val/top1", val.top1(), metrics.step());
      events.scalar("val/top5", val.top5(), metrics.step());
      events.scalar("val/mean-class-accuracy", val.meanClassAccuracy(), metrics.step());
      events.scalar("val/calibration-error", val.calibrationError(), metrics.step());
    }
    events.flush();
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
