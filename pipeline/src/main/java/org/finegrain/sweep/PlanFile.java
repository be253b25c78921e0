package org.finegrain.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;

/** {@code plan.json}, as specified in {@code docs/formats.md}. */
public final class PlanFile {
  public static final String NAME = "plan.json";
  private static final int FORMAT = 1;

  private PlanFile() {}

  /** Replaces the plan in {@code sweep}; equal plans give equal bytes. */
  public static void write(Plan plan, Folder sweep) throws IOException {
    sweep.write(NAME, text(plan));
  }

  /**
   * The plan in {@code sweep}; empty if there is none.
   *
   * @throws SweepException if it is none of a known format
   */
  public static Optional<Plan> read(Folder sweep) throws IOException {
    if (!sweep.exists(NAME)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(sweep.text(NAME)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new SweepException("Cannot read " + sweep.location(NAME) + ": " + e.getMessage(), e);
    }
  }

  static String text(Plan plan) {
    ObjectNode json = SweepJson.object();
    json.put("format", FORMAT);
    json.put("name", plan.name());
    ObjectNode axes = json.putObject("axes");
    plan.axes().forEach((key, values) -> values.forEach(axes.putArray(key)::add));
    put(json.putObject("base"), plan.base());
    ArrayNode trials = json.putArray("trials");
    for (Trial trial : plan.trials()) {
      ObjectNode node = trials.addObject();
      node.put("id", trial.id());
      node.put("dataset", trial.dataset());
      node.put("seed", trial.seed());
      put(node.putObject("overrides"), trial.overrides());
      put(node.putObject("changes"), trial.changes());
    }
    return SweepJson.text(json);
  }

  private static Plan parse(String text) throws JsonProcessingException {
    JsonNode json = SweepJson.parse(text);
    if (json.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "format %s, this version reads %d", json.path("format"), FORMAT));
    }
    SortedMap<String, List<String>> axes = new TreeMap<>();
    json.required("axes")
        .fields()
        .forEachRemaining(axis -> axes.put(axis.getKey(), list(axis.getValue())));
    List<Trial> trials = new ArrayList<>();
    for (JsonNode node : json.required("trials")) {
      trials.add(
          new Trial(
              node.required("id").asText(),
              node.required("dataset").asText(),
              node.required("seed").asLong(),
              map(node.required("overrides")),
              map(node.required("changes"))));
    }
    return new Plan(json.required("name").asText(), axes, map(json.required("base")), trials);
  }

  private static void put(ObjectNode object, SortedMap<String, String> values) {
    values.forEach(object::put);
  }

  private static SortedMap<String, String> map(JsonNode object) {
    SortedMap<String, String> map = new TreeMap<>();
    object.fields().forEachRemaining(field -> map.put(field.getKey(), field.getValue().asText()));
    return map;
  }

  private static List<String> list(JsonNode array) {
    List<String> list = new ArrayList<>();
    array.forEach(value -> list.add(value.asText()));
    return list;
  }
}
