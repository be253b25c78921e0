package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.finegrain.bigdl.StepTimes;

/**
 * How long an epoch has taken so far.
 *
 * @param seconds in all
 * @param images trained on
 * @param secondsOfSteps without validation and checkpoints
 * @param times where those of the steps went
 */
record EpochTime(double seconds, long images, double secondsOfSteps, StepTimes times) {
  static final EpochTime NONE = new EpochTime(0, 0, 0, StepTimes.NONE);

  EpochTime plusStep(int batchSize, double imagesPerSecond) {
    return new EpochTime(
        seconds, images + batchSize, secondsOfSteps + batchSize / imagesPerSecond, times);
  }

  EpochTime plusTimes(StepTimes step) {
    return new EpochTime(seconds, images, secondsOfSteps, times.plus(step));
  }

  EpochTime plusSeconds(double more) {
    return new EpochTime(seconds + more, images, secondsOfSteps, times);
  }

  double imagesPerSecond() {
    return images / secondsOfSteps;
  }

  void putInto(ObjectNode json) {
    json.set("seconds", Json.number(seconds));
    json.put("images", images);
    json.set("seconds-of-steps", Json.number(secondsOfSteps));
    put(times, json);
  }

  static void put(StepTimes times, ObjectNode json) {
    json.set("seconds-waiting", Json.number(times.waiting()));
    json.set("seconds-computing", Json.number(times.computing()));
    json.set("seconds-straggling", Json.number(times.straggling()));
    json.set("seconds-exchanging", Json.number(times.exchanging()));
  }

  static EpochTime of(JsonNode json) {
    return new EpochTime(
        Json.number(json.path("seconds")),
        json.path("images").asLong(),
        Json.number(json.path("seconds-of-steps")),
        times(json));
  }

  /** As {@link #put} writes them; NaN where they are missing. */
  static StepTimes times(JsonNode json) {
    return new StepTimes(
        Json.number(json.path("seconds-waiting")),
        Json.number(json.path("seconds-computing")),
        Json.number(json.path("seconds-straggling")),
        Json.number(json.path("seconds-exchanging")));
  }
}
