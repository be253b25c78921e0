package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.finegrain.engine.EpochSoFar;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Safetensors;
import org.finegrain.storage.Checksums;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, each in a {@link CheckpointName folder} of its own. A folder is written
 * under another name and then {@link Folder#publish published}. It counts as a checkpoint when it
 * holds the marker {@code _SUCCESS}, which is written last.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** The marker of a complete folder, which is written last. */
  static final String SUCCESS = "_SUCCESS";

  private static final String MODEL = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String EMA = "ema.safetensors";
  private static final String REPLICAS = "replicas.safetensors";
  private static final String STATE = "state.json";
  private static final String SO_FAR = "so-far";
  private static final String CHECKSUM = "checksum";
  private static final int FORMAT = 1;

  private final Folder folder;

  Checkpoints(Folder runFolder) {
    this.folder = runFolder.folder("checkpoints");
  }

  /** Writes a checkpoint; it replaces one of the same name. */
  void write(Checkpoint checkpoint) throws IOException {
    delete(checkpoint.name()); // may exist, damaged, after a resume
    folder.folder(checkpoint.name().toString()).publish(partial -> writeInto(partial, checkpoint));
  }

  private static void writeInto(Folder partial, Checkpoint checkpoint) throws IOException {
    ObjectNode json = checkpoint.toJson();
    ObjectNode checksums = json.putObject("sha256");
    checksums.put(MODEL, write(partial, MODEL, checkpoint.state().weights()));
    checksums.put(OPTIMIZER, write(partial, OPTIMIZER, checkpoint.state().memory()));
    if (checkpoint.state().hasAverage()) {
      checksums.put(EMA, write(partial, EMA, checkpoint.state().averaged()));
    }
    if (checkpoint.state().soFar().isPresent()) {
      checksums.put(
          REPLICAS, write(partial, REPLICAS, joined(checkpoint.state().soFar().get().estimates())));
    }
    json.put(CHECKSUM, checksum(json));
    partial.write(STATE, Json.text(json));
    partial.write(SUCCESS, Json.text(json)); // a copy, so that one lost file costs no checkpoint
  }

  /** Returns the checksum of all fields but the checksum itself, whatever the white space. */
  private static String checksum(ObjectNode json) {
    ObjectNode rest = json.deepCopy();
    rest.remove(CHECKSUM);
    return Checksums.sha256(Json.line(rest).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes tensors; returns the hex SHA-256 of the bytes handed to the store, not read from it. */
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

  /**
   * Returns the running estimates of all replicas as one set of tensors, in which each name begins
   * with the replica's number, such as {@code 0.bn1.running_mean}.
   */
  private static NamedTensors joined(List<NamedTensors> replicas) {
    Map<String, FloatTensor> all = new LinkedHashMap<>();
    for (int i = 0; i < replicas.size(); i++) {
      for (String name : replicas.get(i).names()) {
        all.put(i + "." + name, replicas.get(i).get(name));
      }
    }
    return NamedTensors.of(all);
  }

  /** Returns the running estimates of each replica, from the tensors that {@link #joined} gave. */
  private static List<NamedTensors> split(NamedTensors all, int replicas) {
    List<Map<String, FloatTensor>> parts =
        Stream.generate(() -> (Map<String, FloatTensor>) new LinkedHashMap<String, FloatTensor>())
            .limit(replicas)
            .toList();
    for (String name : all.names()) {
      int dot = name.indexOf('.');
      parts
          .get(Integer.parseInt(name.substring(0, dot)))
          .put(name.substring(dot + 1), all.get(name));
    }
    return parts.stream().map(NamedTensors::of).toList();
  }

  /** Returns the names of the complete checkpoints, newest first. */
  List<CheckpointName> names() throws IOException {
    return names(true);
  }

  private List<CheckpointName> names(boolean marked) throws IOException {
    List<CheckpointName> names = new ArrayList<>();
    for (String name : folder.list()) {
      if (CheckpointName.parse(name).isPresent() && folder.exists(name + "/" + SUCCESS) == marked) {
        names.add(CheckpointName.parse(name).get());
      }
    }
    names.sort(Comparator.reverseOrder());
    return names;
  }

  /** Returns the epochs at whose end there is a complete checkpoint, newest first. */
  List<Integer> epochs() throws IOException {
    return names().stream().filter(name -> name.step() == 0).map(CheckpointName::epoch).toList();
  }

  /** Returns whether a checkpoint was ever written, even if it is damaged now. */
  boolean wereWritten() throws IOException {
    return !names().isEmpty() || (folder.publishesInOneStep() && !names(false).isEmpty());
  }

  /**
   * Returns the newest checkpoint that is whole; empty if there is none. A damaged one is left out
   * with a warning. Checkpoints that lost their marker are tried last.
   *
   * @throws IOException if the store fails, as it is then not known whether a checkpoint is damaged
   */
  Optional<Checkpoint> newest() throws IOException {
    List<CheckpointName> candidates = new ArrayList<>(names());
    candidates.addAll(names(false));
    for (CheckpointName name : candidates) {
      try {
        return Optional.of(read(name));
      } catch (DamagedException e) {
        LOG.warn("{}; trying the checkpoint before it", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Returns whether the checkpoint after {@code epoch} exists and is as it was written. */
  boolean isWhole(int epoch) throws IOException {
    try {
      read(epoch);
      return true;
    } catch (DamagedException e) {
      LOG.warn("{}", e.getMessage());
      return false;
    }
  }

  /** Reads the checkpoint after {@code epoch}. */
  Checkpoint read(int epoch) throws IOException {
    return read(CheckpointName.afterEpoch(epoch));
  }

  /**
   * Reads a checkpoint.
   *
   * @throws DamagedException if it is not as it was written
   * @throws IOException also if the store fails
   */
  Checkpoint read(CheckpointName name) throws IOException {
    Folder place = folder.folder(name.toString());
    try {
      JsonFields json = state(place);
      TrainingState state =
          new TrainingState(
              json.integer("epoch"),
              json.count("step"),
              tensors(place, MODEL, json),
              tensors(place, OPTIMIZER, json),
              json.object("sha256").has(EMA)
                  ? tensors(place, EMA, json)
                  : NamedTensors.of(Map.of()),
              soFar(place, json));
      if (!CheckpointName.of(state).equals(name)) {
        throw new IllegalArgumentException(
            STATE + " belongs to " + CheckpointName.of(state).text());
      }
      return new Checkpoint(
          state,
          RunKey.of(json),
          json.integer("best-epoch"),
          json.fraction("best-top1"),
          json.has("epochs-without-gain") ? json.integer("epochs-without-gain") : 0,
          state.soFar().isPresent() ? EpochTime.of(json.object("so-far")) : EpochTime.NONE,
          epochs(json));
    } catch (UnreadableFileException e) {
      if (e.mustStay()) {
        throw e;
      }
      throw new DamagedException(place, STATE + ": " + e.fault(), e);
    } catch (FileNotFoundException | ChecksumException | IllegalArgumentException e) {
      throw new DamagedException(place, e.getMessage(), e);
    } catch (IOException e) { // a store that fails: an older checkpoint would lose work
      throw new IOException(
          String.format(Locale.ROOT, "Cannot read checkpoint %s: %s", place, e.getMessage()), e);
    }
  }

  /** Reads {@code state.json}, or its copy in the marker if it is damaged. */
  private static JsonFields state(Folder place) throws IOException {
    try {
      return JsonFile.read(place, STATE, FORMAT, Checkpoints::checked)
          .orElseThrow(
              () -> UnreadableFileException.damaged(place.location(STATE), "it is missing"));
    } catch (UnreadableFileException e) {
      if (!e.mustStay() && place.exists(SUCCESS) && place.size(SUCCESS) > 0) {
        LOG.warn("{}; reading its copy, {}", e.getMessage(), SUCCESS);
        return JsonFile.read(place, SUCCESS, FORMAT, Checkpoints::checked).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  private static JsonFields checked(JsonFields json) {
    if (json.has(CHECKSUM) // checkpoints of earlier versions have none
        && !json.text(CHECKSUM).equals(checksum((ObjectNode) json.json()))) {
      throw new IllegalArgumentException("it was changed after it was written");
    }
    int epoch = json.integer("epoch");
    long step = json.count("step");
    boolean canBe =
        epoch >= 0
            && (json.has(SO_FAR) ? step > epoch : epoch == 0 ? step == 0 : step % epoch == 0);
    if (!canBe || (epoch > 0 && step == 0)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "its step cannot be %d after %d epochs", step, epoch));
    }
    return json;
  }

  private static List<EpochMetrics> epochs(JsonFields json) {
    List<EpochMetrics> epochs = new ArrayList<>();
    json.json().path("epochs").forEach(line -> epochs.add(EpochMetrics.of(new JsonFields(line))));
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.size() != json.integer("epoch") || epochs.get(i).epoch() != i + 1) {
        throw new IllegalArgumentException("it does not hold the metrics of all its epochs");
      }
    }
    return epochs;
  }

  private static Optional<EpochSoFar> soFar(Folder place, JsonFields json) throws IOException {
    if (!json.has(SO_FAR)) {
      return Optional.empty();
    }
    JsonFields soFar = json.object(SO_FAR);
    List<List<Double>> losses = new ArrayList<>();
    for (JsonNode replica : soFar.array("losses")) {
      List<Double> terms = new ArrayList<>();
      replica.forEach(term -> terms.add(term.doubleValue()));
      losses.add(terms);
    }
    return Optional.of(
        new EpochSoFar(
            soFar.number("loss"), losses, split(tensors(place, REPLICAS, json), losses.size())));
  }

  private static NamedTensors tensors(Folder place, String name, JsonFields json)
      throws IOException {
    String expected = json.object("sha256").text(name);
    String found = place.sha256(name);
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has SHA-256 %s (must be %s)", name, found, expected));
    }
    try (InputStream in = new BufferedInputStream(place.open(name), 1 << 16)) {
      return Safetensors.read(in, place.size(name));
    }
  }

  /**
   * Deletes all checkpoints but the {@code keep} newest ones and the one after {@code bestEpoch}.
   */
  void prune(int keep, int bestEpoch) throws IOException {
    List<CheckpointName> names = names();
    for (CheckpointName name : names.subList(Math.min(keep, names.size()), names.size())) {
      if (!name.equals(CheckpointName.afterEpoch(bestEpoch))) {
        delete(name);
      }
    }
  }

  /** Deletes the marker first, so that what a kill leaves does not count as a checkpoint. */
  private void delete(CheckpointName name) throws IOException {
    folder.delete(name + "/" + SUCCESS);
    folder.delete(name.toString());
  }

  /** Deletes checkpoints that a killed attempt has left half written. */
  void deleteUnfinished() throws IOException {
    folder.deleteUnfinished();
  }

  String location(CheckpointName name) {
    return folder.location(name.toString());
  }

  /** Signals that a checkpoint is not as it was written. */
  static final class DamagedException extends IOException {
    DamagedException(Folder place, String fault, Throwable cause) {
      super(String.format(Locale.ROOT, "Damaged checkpoint %s: %s", place, fault), cause);
    }
  }
}
