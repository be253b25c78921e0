package org.finegrain.train;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.finegrain.storage.Folder;

/**
 * Writes the curves of a run for TensorBoard: loss and learning rate by step, the others by epoch.
 * Each attempt begins a file beside those of earlier attempts; TensorBoard shows them as one. In a
 * store that shows a file only after it is closed, each {@link #flush} ends a file.
 */
final class TensorBoardLog implements RunListener {
  private final Folder folder;
  private final String attempt;
  private Optional<TensorBoardEvents> events = Optional.empty();
  private int files;

  private TensorBoardLog(Folder folder, String attempt) {
    this.folder = folder;
    this.attempt = attempt;
  }

  static TensorBoardLog create(Folder runFolder) {
    return new TensorBoardLog(
        runFolder.folder("tensorboard"),
        String.format(Locale.ROOT, "%010d.%s", Instant.now().getEpochSecond(), UUID.randomUUID()));
  }

  private void scalar(String tag, double value, long step) throws IOException {
    if (events.isEmpty()) {
      files++;
      // TensorBoard reads files in the order of their names.
      String name = String.format(Locale.ROOT, "events.out.tfevents.%s.%06d", attempt, files);
      events = Optional.of(TensorBoardEvents.begin(folder.create(name)));
    }
    events.get().scalar(tag, value, step);
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
      throws IOException {
    scalar("train/loss", loss, step);
    scalar("train/learning-rate", learningRate, step);
  }

  @Override
  public void gradientClipped(long step, double norm) throws IOException {
    scalar("train/gradient-norm", norm, step);
  }

  @Override
  public void epochEnded(EpochMetrics metrics) throws IOException {
    scalar("train/images-per-second", metrics.imagesPerSecond(), metrics.step());
    for (Map.Entry<String, Double> part : metrics.train().parts().entrySet()) {
      scalar("train/loss-" + part.getKey(), part.getValue(), metrics.step());
    }
    if (metrics.val().isPresent()) {
      Scores val = metrics.val().get();
      scalar("val/loss", val.loss(), metrics.step());
      scalar("val/top1", val.top1(), metrics.step());
      scalar("val/top5", val.top5(), metrics.step());
      scalar("val/mean-class-accuracy", val.meanClassAccuracy(), metrics.step());
      scalar("val/calibration-error", val.calibrationError(), metrics.step());
    }
  }

  @Override
  public void flush() throws IOException {
    if (events.isPresent() && folder.showsGrowingFiles()) {
      events.get().flush();
    } else {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    if (events.isPresent()) {
      events.get().close();
      events = Optional.empty();
    }
  }
}
