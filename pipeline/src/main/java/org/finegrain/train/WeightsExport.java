package org.finegrain.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.finegrain.model.Safetensors;
import org.finegrain.storage.Folder;
import org.finegrain.storage.StoredFile;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the weights of a checkpoint as one file that other programs can read. */
public final class WeightsExport {
  private static final Logger LOG = LoggerFactory.getLogger(WeightsExport.class);

  private final Checkpoint checkpoint;

  private WeightsExport(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Reads the checkpoint to export.
   *
   * @param runFolder the folder of a run, which may be unfinished
   * @param epoch the epoch; if empty, the one with the best score on validation so far
   * @throws RunException if there is no such checkpoint, or it is damaged
   */
  public static WeightsExport of(Folder runFolder, OptionalInt epoch) throws IOException {
    Checkpoints checkpoints = new Checkpoints(runFolder);
    if (checkpoints.epochs().isEmpty()) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot export from %s: there is no checkpoint; give the folder of a run,"
                  + " RUNS/RUN-ID",
              runFolder));
    }
    int wanted = epoch.isPresent() ? epoch.getAsInt() : selected(runFolder, checkpoints);
    if (!checkpoints.epochs().contains(wanted)) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot export epoch %d of %s: there are checkpoints of epochs %s",
              wanted,
              runFolder,
              checkpoints.epochs()));
    }
    try {
      return new WeightsExport(checkpoints.read(wanted));
    } catch (Checkpoints.DamagedException e) {
      throw new RunException("Cannot export: " + e.getMessage(), e);
    }
  }

  private static int selected(Folder runFolder, Checkpoints checkpoints) throws IOException {
    try {
      Optional<RunResult> result = RunResult.read(runFolder);
      if (result.isPresent() && result.get().length().bestEpoch().isPresent()) {
        return result.get().length().bestEpoch().getAsInt();
      }
    } catch (UnreadableFileException e) {
      LOG.warn("{}; exporting the best epoch that the newest checkpoint names", e.getMessage());
    }
    return checkpoints
        .newest()
        .orElseThrow(
            () ->
                new RunException(
                    String.format(
                        Locale.ROOT,
                        "Cannot export from %s: no checkpoint can be read",
                        runFolder)))
        .bestEpoch();
  }

  /** Returns the epoch that is exported. */
  public int epoch() {
    return checkpoint.epoch();
  }

  /** Writes the weights; replaces {@code target}. The same checkpoint gives the same bytes. */
  public void write(StoredFile target) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt"); // tells readers that names and the order of axes are PyTorch's
    metadata.put("run-id", checkpoint.run().runId());
    metadata.put("epoch", Integer.toString(checkpoint.epoch()));
    target
        .folder()
        .write(
            target.name(),
            out -> {
              OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
              Safetensors.write(checkpoint.state().evaluated(), metadata, buffered);
              buffered.flush();
            });
  }
}
