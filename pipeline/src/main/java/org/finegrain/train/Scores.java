package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.finegrain.storage.JsonFields;

/**
 * The scores of a network on a split. A value that a file of an earlier version does not hold is
 * NaN.
 *
 * @param samples the number of samples
 * @param top1 the fraction of the samples whose label has the largest logit, from 0 to 1
 * @param top5 the fraction of the samples whose label is among the five largest logits, from 0 to 1
 * @param meanClassAccuracy the mean over classes of the top-1 on their samples, from 0 to 1
 * @param loss the mean cross entropy, in nats
 * @param calibrationError the expected calibration error, from 0 to 1
 */
public record Scores(
    long samples,
    double top1,
    double top5,
    double meanClassAccuracy,
    double loss,
    double calibrationError) {

  /** Returns the number of samples whose label has the largest logit. */
  long hits() {
    return Math.round(top1 * samples); // exact, as top1 is this number divided by samples
  }

  /** Adds the fields to {@code json}; their names begin with {@code prefix}. */
  void putInto(ObjectNode json, String prefix) {
    json.put(prefix + "samples", samples);
    json.set(prefix + "loss", Json.number(loss));
    json.set(prefix + "top1", Json.number(top1));
    json.set(prefix + "top5", Json.number(top5));
    json.set(prefix + "mean-class-accuracy", Json.number(meanClassAccuracy));
    json.set(prefix + "calibration-error", Json.number(calibrationError));
  }

  /** Adds the same fields for a split without samples, with the value null. */
  static void putNone(ObjectNode json, String prefix) {
    new Scores(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN).putInto(json, prefix);
    json.putNull(prefix + "samples");
  }

  /**
   * Reads the fields that {@link #putInto} has written.
   *
   * @throws IllegalArgumentException if a value is missing or impossible
   */
  static Scores of(JsonFields json, String prefix) {
    return new Scores(
        json.count(prefix + "samples"),
        json.fraction(prefix + "top1"),
        json.fraction(prefix + "top5"),
        json.fraction(prefix + "mean-class-accuracy"),
        json.amount(prefix + "loss"),
        json.fraction(prefix + "calibration-error"));
  }
}
