package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.EpochLoss;
import org.finegrain.bigdl.StepTimes;

/**
 * A line of {@code metrics.jsonl}.
 *
 * @param epoch from 1
 * @param step completed
 * @param learningRate of the epoch's last step
 * @param train means over the epoch's steps
 * @param val empty without a validation split
 * @param imagesPerSecond training only
 * @param seconds the whole epoch
 * @param times where those of its steps went; NaN in a line of an earlier version
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
    return Json.line(json);
  }

  static EpochMetrics of(JsonNode json) {
    return new EpochMetrics(
        json.required("epoch").asInt(),
        json.required("step").asLong(),
        Json.number(json.path("learning-rate")),
        new EpochLoss(Json.number(json.path("train-loss")), parts(json.path("train-losses"))),
        json.path("val-samples").isNumber()
            ? Optional.of(Scores.of(json, "val-"))
            : Optional.empty(),
        Json.number(json.path("images-per-second")),
        Json.number(json.path("seconds")),
        EpochTime.times(json));
  }

  private static Map<String, Double> parts(JsonNode json) {
    Map<String, Double> parts = new LinkedHashMap<>();
    json.fields().forEachRemaining(it -> parts.put(it.getKey(), Json.number(it.getValue())));
    return parts;
  }
}
