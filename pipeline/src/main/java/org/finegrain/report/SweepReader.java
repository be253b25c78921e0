package org.finegrain.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a sweep folder by its format, as specified in {@code docs/formats.md}. */
final class SweepReader {
  private static final Logger LOG = LoggerFactory.getLogger(SweepReader.class);
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER = new JsonMapper();

  private SweepReader() {}

  /**
   * The trials of a sweep in the order of its plan.
   *
   * @throws ReportException if {@code folder} is no sweep folder of a known format
   */
  static Sweep read(Folder folder) throws IOException {
    if (!folder.exists("plan.json")) {
      throw new ReportException(
          String.format(
              Locale.ROOT,
              "Cannot find plan.json in %s: name the folder that finegrain sweep wrote",
              folder));
    }
    JsonNode plan = document(folder, "plan.json");
    String name = plan.path("name").asText(folder.name());
    SortedMap<String, String> base = texts(plan.path("base"));
    Map<String, JournalLine> journal = journal(folder);
    List<DatasetFacts> datasets = datasets(folder);
    List<Trial> trials = new ArrayList<>();
    for (JsonNode planned : plan.path("trials")) {
      String id = planned.path("id").asText();
      trials.add(
          trial(name, base, planned, journal.get(id), datasets, folder.folder("trials/" + id)));
    }
    SortedMap<String, List<String>> axes = new TreeMap<>();
    plan.path("axes")
        .fields()
        .forEachRemaining(
            axis -> {
              List<String> values = new ArrayList<>();
              axis.getValue().forEach(value -> values.add(value.asText()));
              axes.put(axis.getKey(), values);
            });
    return new Sweep(name, axes, trials, datasets);
  }

  private static Trial trial(
      String sweep,
      SortedMap<String, String> base,
      JsonNode planned,
      JournalLine line,
      List<DatasetFacts> datasets,
      Folder run)
      throws IOException {
    SortedMap<String, String> settings = new TreeMap<>(base);
    settings.putAll(texts(planned.path("changes")));
    settings.remove("dataset");
    settings.remove("seed");
    Optional<JsonNode> result =
        run.exists("result.json") ? Optional.of(document(run, "result.json")) : Optional.empty();
    TrialState state =
        result
            .map(json -> state(json.path("state").asText()))
            .orElse(line == null ? TrialState.PLANNED : line.state());
    Optional<String> message =
        result
            .map(json -> json.path("message").textValue())
            .or(() -> Optional.ofNullable(line).map(JournalLine::message));
    String dataset = planned.path("dataset").asText();
    String fingerprint =
        result
            .map(json -> json.path("data-fingerprint").asText())
            .orElse(
                datasets.stream()
                    .filter(facts -> facts.name().equals(dataset))
                    .map(DatasetFacts::fingerprint)
                    .findFirst()
                    .orElse(""));
    Optional<Hits> test =
        result.isPresent() ? hits(result.get().path("test"), run) : Optional.empty();
    return new Trial(
        planned.path("id").asText(),
        sweep,
        dataset,
        fingerprint,
        planned.path("seed").asLong(),
        settings,
        state,
        message,
        test,
        result.map(SweepReader::outcome),
        epochs(run),
        run.exists("provenance.json") ? flat(document(run, "provenance.json")) : new TreeMap<>());
  }

  /** Results of earlier versions tell the quotient alone. */
  private static Optional<Hits> hits(JsonNode scores, Folder run) {
    long samples = scores.path("samples").asLong();
    try {
      if (scores.path("hits").isIntegralNumber()) {
        return Optional.of(new Hits(scores.path("hits").asLong(), samples));
      }
      return scores.path("top1").isNumber()
          ? Optional.of(Hits.ofShare(scores.path("top1").asDouble(), samples))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new ReportException(
          "Cannot read " + run.location("result.json") + ": " + e.getMessage(), e);
    }
  }

  private static Trial.Outcome outcome(JsonNode result) {
    return new Trial.Outcome(
        result.path("classes").asInt(),
        result.path("test").path("samples").asLong(),
        result.path("parameters").asLong(),
        result.path("epochs").asInt(),
        result.path("seconds").asDouble(Double.NaN),
        result.path("images-per-second").asDouble(Double.NaN),
        result.path("replicas").asInt());
  }

  private static List<EpochMetrics> epochs(Folder run) throws IOException {
    // By epoch: a run that was interrupted may have written an epoch twice, and the later line
    // counts.
    SortedMap<Integer, EpochMetrics> epochs = new TreeMap<>();
    for (JsonNode line : lines(run, "metrics.jsonl")) {
      int epoch = line.path("epoch").asInt();
      epochs.put(
          epoch,
          new EpochMetrics(epoch, number(line.path("train-loss")), number(line.path("val-top1"))));
    }
    return List.copyOf(epochs.values());
  }

  private record JournalLine(int attempt, TrialState state, String message) {}

  /** Trial → its last state: the last line of its highest attempt, over all journals. */
  private static Map<String, JournalLine> journal(Folder folder) throws IOException {
    Map<String, JournalLine> last = new HashMap<>();
    for (String name : folder.list()) {
      if (name.startsWith("journal") && name.endsWith(".jsonl")) {
        for (JsonNode json : lines(folder, name)) {
          int attempt = json.path("attempt").asInt();
          JournalLine line =
              new JournalLine(
                  attempt, state(json.path("state").asText()), json.path("message").textValue());
          last.merge(
              json.path("trial").asText(),
              line,
              (old, next) -> next.attempt() >= old.attempt() ? next : old);
        }
      }
    }
    return last;
  }

  private static List<DatasetFacts> datasets(Folder folder) throws IOException {
    List<DatasetFacts> facts = new ArrayList<>();
    if (folder.exists("datasets.json")) {
      document(folder, "datasets.json")
          .path("datasets")
          .forEach(json -> facts.add(DatasetFacts.of(json)));
    }
    return facts;
  }

  static JsonNode document(Folder folder, String name) throws IOException {
    JsonNode json;
    try {
      json = MAPPER.readTree(folder.text(name));
    } catch (JsonProcessingException e) {
      throw new ReportException(
          String.format(
              Locale.ROOT, "Cannot read %s: %s", folder.location(name), e.getOriginalMessage()),
          e);
    }
    if (json.path("format").asInt(FORMAT) != FORMAT) {
      throw new ReportException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: format %s, this version reads %d",
              folder.location(name),
              json.path("format"),
              FORMAT));
    }
    return json;
  }

  /** The lines of a file that are JSON; one that a dying process tore is left out. */
  private static List<JsonNode> lines(Folder folder, String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (folder.exists(name)) {
      for (String line : folder.lines(name)) {
        try {
          JsonNode json = MAPPER.readTree(line);
          if (json.isObject()) {
            lines.add(json);
          }
        } catch (JsonProcessingException e) {
          LOG.warn("Left out a torn line of {}", folder.location(name));
        }
      }
    }
    return lines;
  }

  private static TrialState state(String text) {
    return switch (text) {
      case "completed" -> TrialState.COMPLETED;
      case "diverged" -> TrialState.DIVERGED;
      case "failed" -> TrialState.FAILED;
      case "started", "paused" -> TrialState.UNFINISHED;
      default ->
          throw new ReportException(
              "Unsupported state of a trial: " + text.toLowerCase(Locale.ROOT));
    };
  }

  private static double number(JsonNode json) {
    return json.isNumber() ? json.asDouble() : Double.NaN;
  }

  private static SortedMap<String, String> texts(JsonNode object) {
    SortedMap<String, String> texts = new TreeMap<>();
    object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  /**
   * Nested fields as {@code a.b → text}; a list is one text. A list of objects, the attempts at a
   * run, is its length and the fields of the last one.
   */
  private static SortedMap<String, String> flat(JsonNode object) {
    SortedMap<String, String> flat = new TreeMap<>();
    flatten("", object, flat);
    flat.remove("format");
    return flat;
  }

  private static void flatten(String prefix, JsonNode object, SortedMap<String, String> into) {
    object
        .fields()
        .forEachRemaining(
            field -> {
              String key = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(key + ".", value, into);
              } else if (value.path(0).isObject()) {
                into.put(key, Integer.toString(value.size()));
                flatten("", value.path(value.size() - 1), into);
              } else {
                into.put(key, value.isValueNode() ? value.asText() : value.toString());
              }
            });
  }
}
