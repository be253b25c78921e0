package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.finegrain.storage.JsonFields;

/**
 * How well a network does on a split. What a file of an earlier version does not hold is NaN.
 *
 * @param top1 share of the samples whose label has the largest logit, from 0 to 1
 * @param top5 share of the samples whose label is among the five largest logits
 * @param meanClassAccuracy mean over classes of the share of their samples that are hits
 * @param loss mean cross entropy, in nats
 * @param calibrationError expected calibration error, from 0 to 1
 */
public record Scores(
    long samples,
    double top1,
    double top5,
    double meanClassAccuracy,
    double loss,
    double calibrationError) {

  /** Returns how many samples have the largest logit at their label. */
  long hits() {
    return Math.round(top1 * samples); // exact: top1 is this number over samples
  }

  /** Adds the fields to {@code json}, their names behind {@code prefix}. */
  void putInto(ObjectNode json, String prefix) {
    json.put(prefix + "samples", samples);
    json.set(prefix + "loss", Json.number(loss));
    json.set(prefix + "top1", Json.number(top1));
    json.set(prefix + "top5", Json.number(top5));
    json.set(prefix + "mean-class-accuracy", Json.number(meanClassAccuracy));
    json.set(prefix + "calibration-error", Json.number(calibrationError));
  }

  /** The same fields of a split without samples: null. */
  static void putNone(ObjectNode json, String prefix) {
    new Scores(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN).putInto(json, prefix);
    json.putNull(prefix + "samples");
  }

  /**
   * From fields that {@link #putInto} has written.
   *
   * @throws IllegalArgumentException if one of them cannot be
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
