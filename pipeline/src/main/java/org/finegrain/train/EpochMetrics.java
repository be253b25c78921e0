package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.EpochLoss;

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
 */
record EpochMetrics(
    int epoch,
    long step,
    double learningRate,
    EpochLoss train,
    Optional<Scores> val,
    double imagesPerSecond,
    double seconds) {

  String toJson() {
    ObjectNode json = Json.object();
    json.put("epoch", epoch);
    json.put("step", step);
    json.set("learning-rate", Json.number(learningRate));
    json.set("train-loss", Json.number(train.total()));
    ObjectNode parts = json.putObject("train-losses");
    train.parts().forEach((term, loss) -> parts.set(term, Json.number(loss)));
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
        new EpochLoss(Json.number(json.path("train-loss")), parts(json.path("train-losses"))),
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

  private static Map<String, Double> parts(JsonNode json) {
    Map<String, Double> parts = new LinkedHashMap<>();
    json.fields().forEachRemaining(it -> parts.put(it.getKey(), Json.number(it.getValue())));
    return parts;
  }
}
