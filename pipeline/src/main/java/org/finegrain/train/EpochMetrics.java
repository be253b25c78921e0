package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.JsonFields;

/**
 * The metrics of an epoch, which are a line of {@code metrics.jsonl}.
 *
 * @param epoch the epoch, from 1
 * @param step the number of completed steps of the training
 * @param learningRate the rate of the epoch's last step
 * @param train the means of the losses over the epoch's steps
 * @param val the scores on the validation split; empty without one
 * @param imagesPerSecond the speed of the steps alone
 * @param seconds the time of the whole epoch
 * @param times the parts of the steps' time, in seconds; NaN in a line of an earlier version
 */
record EpochMetrics(
    int epoch,
    long step,
    double learningRate,
    EpochLoss train,
    Optional<Scores> val,
    double imagesPerSecond,
    double seconds,
    StepTimes times) {

  String toJson() {
    return Json.line(json());
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("epoch", epoch);
    json.put("step", step);
    json.set("learning-rate", Json.number(learningRate));
    json.set("train-loss", Json.number(train.total()));
    ObjectNode parts = json.putObject("train-losses");
    train.parts().forEach((term, loss) -> parts.set(term, Json.number(loss)));
    val.ifPresentOrElse(it -> it.putInto(json, "val-"), () -> Scores.putNone(json, "val-"));
    json.set("images-per-second", Json.number(imagesPerSecond));
    json.set("seconds", Json.number(seconds));
    EpochTime.put(times, json);
    return json;
  }

  /**
   * Reads a line that {@link #toJson} has written.
   *
   * @throws IllegalArgumentException if a value is missing or impossible
   */
  static EpochMetrics of(JsonFields json) {
    return new EpochMetrics(
        json.integer("epoch"),
        json.count("step"),
        json.amount("learning-rate"),
        new EpochLoss(json.number("train-loss"), parts(json.json().path("train-losses"))),
        json.has("val-samples") ? Optional.of(Scores.of(json, "val-")) : Optional.empty(),
        json.amount("images-per-second"),
        json.amount("seconds"),
        EpochTime.times(json));
  }

  private static double value(JsonNode json) {
    return json.isNumber() ? json.doubleValue() : Double.NaN;
  }

  private static Map<String, Double> parts(JsonNode json) {
    Map<String, Double> parts = new LinkedHashMap<>();
    json.fields().forEachRemaining(it -> parts.put(it.getKey(), value(it.getValue())));
    return parts;
  }
}
