package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A line of {@code metrics.jsonl}.
 *
 * @param epoch from 1
 * @param step completed
 * @param learningRate of the epoch's last step
 * @param trainLoss mean over the epoch's steps
 * @param val empty without a validation split
 * @param imagesPerSecond training only
 * @param seconds the whole epoch
 */
record EpochMetrics(
    int epoch,
    long step,
    double learningRate,
    double trainLoss,
    Optional<Scores> val,
    double imagesPerSecond,
    double seconds) {

  String toJson() {
    ObjectNode json = Json.object();
    json.put("epoch", epoch);
    json.put("step", step);
    json.set("learning-rate", Json.number(learningRate));
    json.set("train-loss", Json.number(trainLoss));
    json.put("val-samples", val.map(Scores::samples).orElse(null));
    json.set("val-loss", Json.number(val.map(Scores::loss).orElse(Double.NaN)));
    json.set("val-top1", Json.number(val.map(Scores::top1).orElse(Double.NaN)));
    json.set("val-top5", Json.number(val.map(Scores::top5).orElse(Double.NaN)));
    json.set("images-per-second", Json.number(imagesPerSecond));
    json.set("seconds", Json.number(seconds));
    return Json.line(json);
  }

  static EpochMetrics of(JsonNode json) {
    return new EpochMetrics(
        json.required("epoch").asInt(),
        json.required("step").asLong(),
        Json.number(json.path("learning-rate")),
        Json.number(json.path("train-loss")),
        json.path("val-samples").isNumber()
            ? Optional.of(
                new Scores(
                    json.path("val-samples").asLong(),
                    Json.number(json.path("val-top1")),
                    Json.number(json.path("val-top5")),
                    Json.number(json.path("val-loss"))))
            : Optional.empty(),
        Json.number(json.path("images-per-second")),
        Json.number(json.path("seconds")));
  }
}
