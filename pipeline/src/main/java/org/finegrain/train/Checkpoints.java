package org.finegrain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.TrainingState;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Safetensors;
import org.finegrain.storage.Checksums;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, one folder an epoch. A folder counts when {@code _SUCCESS} is in it; it
 * is written under another name, that marker last, and published by rename.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private static final String MODEL = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String EMA = "ema.safetensors";
  private static final String STATE = "state.json";
  private static final String SUCCESS = "_SUCCESS";
  private static final String PREFIX = "epoch-";

  private final Folder folder;

  Checkpoints(Folder runFolder) {
    this.folder = runFolder.folder("checkpoints");
  }

  void write(Checkpoint checkpoint) throws IOException {
    Folder place = folder.folder(name(checkpoint.epoch()));
    place.delete(); // a damaged one that was passed over on resume
    Folder partial = place.partial();
    ObjectNode json = checkpoint.toJson();
    ObjectNode checksums = json.putObject("sha256");
    checksums.put(MODEL, write(partial, MODEL, checkpoint.state().weights()));
    checksums.put(OPTIMIZER, write(partial, OPTIMIZER, checkpoint.state().memory()));
    if (checkpoint.state().hasAverage()) {
      checksums.put(EMA, write(partial, EMA, checkpoint.state().averaged()));
    }
    partial.write(STATE, Json.text(json));
    partial.write(SUCCESS, "");
    place.publish(partial);
  }

  /** Returns the hex SHA-256 of what was meant to be stored, not of what a store gives back. */
  private static String write(Folder folder, String name, NamedTensors tensors) throws IOException {
    MessageDigest digest = Checksums.newSha256();
    folder.write(
        name,
        out -> {
          OutputStream buffered =
              new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
          Safetensors.write(tensors, buffered);
          buffered.flush();
        });
    return Checksums.hex(digest.digest());
  }

  /** Epochs with a complete checkpoint, newest first. */
  List<Integer> epochs() throws IOException {
    return folder.list().stream()
        .filter(name -> name.matches(PREFIX + "\\d{4,9}"))
        .map(name -> Integer.valueOf(name.substring(PREFIX.length())))
        .filter(this::isComplete)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private boolean isComplete(int epoch) {
    try {
      return folder.exists(name(epoch) + "/" + SUCCESS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest one that can be read; a damaged one is passed over with a warning. */
  Optional<Checkpoint> newest() throws IOException {
    for (int epoch : epochs()) {
      try {
        return Optional.of(read(epoch));
      } catch (DamagedException e) {
        LOG.warn("{}: passed over, trying the one before", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * @throws DamagedException if it is not what was written
   */
  Checkpoint read(int epoch) throws IOException {
    Folder place = folder.folder(name(epoch));
    try {
      JsonNode json = Json.parse(place.text(STATE));
      Json.requireFormat(json, 1);
      TrainingState state =
          new TrainingState(
              json.required("epoch").asInt(),
              json.required("step").asLong(),
              tensors(place, MODEL, json),
              tensors(place, OPTIMIZER, json),
              json.required("sha256").has(EMA)
                  ? tensors(place, EMA, json)
                  : NamedTensors.of(Map.of()));
      if (state.epoch() != epoch) {
        throw new IllegalArgumentException(STATE + " is of epoch " + state.epoch());
      }
      return new Checkpoint(
          state,
          RunKey.of(json),
          json.required("best-epoch").asInt(),
          Json.number(json.path("best-top1")),
          json.path("epochs-without-gain").asInt(0));
    } catch (JsonProcessingException e) {
      throw new DamagedException(place, STATE + ": " + e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedException(place, e.getMessage(), e);
    }
  }

  private static NamedTensors tensors(Folder place, String name, JsonNode json) throws IOException {
    String expected = json.required("sha256").required(name).asText();
    String found = place.sha256(name);
    if (!found.equals(expected)) {
      throw new IOException("%s has SHA-256 %s (must be %s)".formatted(name, found, expected));
    }
    try (InputStream in = new BufferedInputStream(place.open(name), 1 << 16)) {
      return Safetensors.read(in, place.size(name));
    }
  }

  /** Deletes all but the {@code newest} newest ones and that of {@code bestEpoch}. */
  void prune(int newest, int bestEpoch) throws IOException {
    List<Integer> epochs = epochs();
    for (int epoch : epochs.subList(Math.min(newest, epochs.size()), epochs.size())) {
      if (epoch != bestEpoch) {
        // The marker first: what a kill leaves behind is then no checkpoint.
        folder.delete(name(epoch) + "/" + SUCCESS);
        folder.delete(name(epoch));
      }
    }
  }

  void deleteUnfinished() throws IOException {
    folder.deleteUnfinished();
  }

  String location(int epoch) {
    return folder.location(name(epoch));
  }

  private static String name(int epoch) {
    return PREFIX + "%04d".formatted(epoch);
  }

  /** A checkpoint that is not what was written. */
  static final class DamagedException extends IOException {
    DamagedException(Folder place, String fault, Throwable cause) {
      super("Damaged checkpoint %s: %s".formatted(place, fault), cause);
    }
  }
}
