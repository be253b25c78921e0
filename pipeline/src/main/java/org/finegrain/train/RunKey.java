package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.finegrain.storage.JsonFields;

/**
 * The values that must be equal for a run to go on. With another configuration, other data or
 * another number of replicas, it would end with other weights than an uninterrupted run.
 *
 * @param runId the id of the run, a hash of its configuration
 * @param dataFingerprint the fingerprint of the ingested rows
 * @param seed the seed of all random choices
 * @param replicas the number of replicas over which the gradient is averaged
 */
public record RunKey(String runId, String dataFingerprint, long seed, int replicas) {
  void putInto(ObjectNode json) {
    json.put("run-id", runId);
    json.put("data-fingerprint", dataFingerprint);
    json.put("seed", seed);
    json.put("replicas", replicas);
  }

  /** Returns field, as {@link #putInto} names it → value. */
  SortedMap<String, String> texts() {
    ObjectNode json = Json.object();
    putInto(json);
    return new JsonFields(json).texts();
  }

  static RunKey of(JsonFields json) {
    return new RunKey(
        json.text("run-id"),
        json.text("data-fingerprint"),
        json.wholeNumber("seed"),
        json.integer("replicas"));
  }

  /** Returns why this run cannot go on from a checkpoint of {@code that} run; empty if it can. */
  Optional<String> obstacle(RunKey that) {
    if (!runId.equals(that.runId)) {
      return Optional.of("it belongs to run " + that.runId);
    } else if (!dataFingerprint.equals(that.dataFingerprint)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "it was trained on other data (fingerprint %s, now %s)",
              that.dataFingerprint,
              dataFingerprint));
    } else if (replicas != that.replicas) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "it was trained with %d replicas, now there are %d: give the same executors",
              that.replicas,
              replicas));
    } else if (seed != that.seed) {
      return Optional.of(
          String.format(Locale.ROOT, "it was trained with seed %d, now %d", that.seed, seed));
    }
    return Optional.empty();
  }
}
