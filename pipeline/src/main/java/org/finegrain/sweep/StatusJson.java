package org.finegrain.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.finegrain.storage.LeaseHolder;

/** The status of a sweep as one JSON object, for programs. Format: {@code docs/formats.md}. */
public final class StatusJson {
  private static final int FORMAT = 1;

  private final SweepStatus status;
  private final TimeLeft timeLeft;

  /** Makes the object of a status. */
  public StatusJson(SweepStatus status) {
    this.status = status;
    this.timeLeft = new TimeLeft(status);
  }

  /**
   * Returns the object as one line.
   *
   * @param listed chooses the trials that it lists, the retired ones among them
   */
  public String line(Predicate<TrialStatus> listed) {
    ObjectNode json = SweepJson.object();
    json.put("format", FORMAT);
    json.put("name", status.plan().name());
    json.put("over", status.isOver());
    json.put("attended", status.isAttended());
    json.put("seconds-left", timeLeft.ofAll().map(StatusJson::seconds).orElse(null));
    ObjectNode counts = json.putObject("counts");
    status.counts().forEach((state, count) -> counts.put(state.text(), count));
    ArrayNode trials = json.putArray("trials");
    List<TrialStatus> all = new ArrayList<>(status.trials());
    all.addAll(status.retired());
    all.stream().filter(listed).map(this::json).forEach(trials::add);
    return json.toString();
  }

  private ObjectNode json(TrialStatus trial) {
    ObjectNode json = SweepJson.object();
    json.put("id", trial.trial().id());
    json.put("dataset", trial.trial().dataset());
    json.put("seed", trial.trial().seed());
    json.put("settings", trial.trial().label());
    json.put("state", trial.state().text());
    json.put("attempts", trial.attempts());
    put(json, "epochs", trial.progress().epochs());
    put(json, "all-epochs", trial.progress().allEpochs());
    put(json, "best-val-top1", trial.progress().bestTop1());
    put(json, "test-top1", StatusTable.testTop1(trial));
    put(json, "images-per-second", trial.progress().imagesPerSecond());
    put(json, "seconds-per-epoch", trial.progress().secondsPerEpoch());
    json.put(
        "seconds-left",
        trial.state() == TrialState.RETIRED
            ? null
            : timeLeft.of(trial).map(StatusJson::seconds).orElse(null));
    json.set("process", trial.owner().map(StatusJson::json).orElse(null));
    json.put("cause", trial.reason().cause().orElse(null));
    json.put("message", trial.reason().message().orElse(null));
    json.put("since", trial.since().map(Instant::toString).orElse(null));
    json.put("log", trial.log().orElse(null));
    return json;
  }

  private static ObjectNode json(LeaseHolder owner) {
    ObjectNode json = SweepJson.object();
    json.put("host", owner.host());
    json.put("process", owner.process());
    json.put("application", owner.application());
    json.put("since", owner.since().toString());
    return json;
  }

  private static Double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static void put(ObjectNode json, String field, OptionalInt value) {
    json.put(field, value.isPresent() ? value.getAsInt() : null);
  }

  private static void put(ObjectNode json, String field, OptionalDouble value) {
    json.put(field, value.isPresent() ? value.getAsDouble() : null);
  }
}
