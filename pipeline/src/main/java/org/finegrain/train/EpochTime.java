package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.JsonFields;

/**
 * The time that an epoch has taken so far.
 *
 * @param seconds the whole time
 * @param images the number of images trained on
 * @param stepSeconds the time of the steps, without validation and checkpoints
 * @param times the parts of the steps' time, in seconds
 */
record EpochTime(double seconds, long images, double stepSeconds, StepTimes times) {
  static final EpochTime NONE = new EpochTime(0, 0, 0, StepTimes.NONE);

  EpochTime plusStep(int batchSize, double imagesPerSecond) {
    return new EpochTime(
        seconds, images + batchSize, stepSeconds + batchSize / imagesPerSecond, times);
  }

  EpochTime plusTimes(StepTimes step) {
    return new EpochTime(seconds, images, stepSeconds, times.plus(step));
  }

  EpochTime plusSeconds(double more) {
    return new EpochTime(seconds + more, images, stepSeconds, times);
  }

  double imagesPerSecond() {
    return images / stepSeconds;
  }

  void putInto(ObjectNode json) {
    json.set("seconds", Json.number(seconds));
    json.put("images", images);
    json.set("seconds-of-steps", Json.number(stepSeconds));
    put(times, json);
  }

  static void put(StepTimes times, ObjectNode json) {
    json.set("seconds-waiting", Json.number(times.waiting()));
    json.set("seconds-computing", Json.number(times.computing()));
    json.set("seconds-straggling", Json.number(times.straggling()));
    json.set("seconds-exchanging", Json.number(times.exchanging()));
  }

  static EpochTime of(JsonFields json) {
    return new EpochTime(
        json.amount("seconds"), json.count("images"), json.amount("seconds-of-steps"), times(json));
  }

  /** Reads the times that {@link #put} has written; NaN where they are missing. */
  static StepTimes times(JsonFields json) {
    return new StepTimes(
        json.amount("seconds-waiting"),
        json.amount("seconds-computing"),
        json.amount("seconds-straggling"),
        json.amount("seconds-exchanging"));
  }
}
