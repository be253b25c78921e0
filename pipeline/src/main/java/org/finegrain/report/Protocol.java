package org.finegrain.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The protocol of the results: how data were split, what was selected on which split, and what the
 * networks saw. It is what a reader must know before comparing a number with another paper's.
 */
final class Protocol {
  private final Results results;

  private Protocol(Results results) {
    this.results = results;
  }

  /** Returns subject → what holds for it, in the order of a paper's section on experiments. */
  static Map<String, List<String>> of(Results results) {
    return new Protocol(results).facts();
  }

  private Map<String, List<String>> facts() {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    facts.put(
        "split",
        List.of(
            "The official test split is scored once, at the end of a run. For validation, a share of"
                + " the official train split is set aside, the same images for all seeds: "
                + values("ingest.validation-fraction")
                + "."));
    facts.put(
        "selection",
        List.of(
            "The epoch with the best top-1 on validation, or the last one without a validation split."
                + " Nothing is selected on the test split."));
    facts.put(
        "input",
        List.of(
            values("augmentation.image-size")
                + " px, cropped from the centre of an image whose shorter side is "
                + values("augmentation.evaluation-short-side")
                + " px; views of a test image: "
                + values("evaluation.test-time-augmentation")
                + "."));
    facts.put("start", List.of(start()));
    facts.put(
        "schedule",
        List.of(
            values("train.epochs")
                + " epochs, batch "
                + values("train.batch-size")
                + ", "
                + values("train.optimizer.kind")
                + " with a learning rate of "
                + values("train.optimizer.learning-rate")
                + " ("
                + values("train.schedule.kind")
                + ")."));
    facts.put("seeds", List.of(joined(trial -> Long.toString(trial.seed()))));
    facts.put(
        "tests",
        List.of(
            "Seeds are repetitions within a row and are not paired. Bold and underlined need every"
                + " comparison to hold, so they need no correction; differences are corrected by Holm's"
                + " method over the table in which they stand."));
    return facts;
  }

  private String start() {
    return "Initial weights: " + values("model.weights.sha256") + ".";
  }

  /** Returns the values of a setting over all trials. */
  private String values(String key) {
    return joined(
        trial ->
            trial.settings().containsKey(key)
                ? PublishedNames.ofValue(key, trial.settings().get(key))
                : "not known");
  }

  private String joined(Function<Trial, String> value) {
    SortedSet<String> values = new TreeSet<>(PublishedNames.BY_VALUE);
    results.trials().forEach(trial -> values.add(value.apply(trial)));
    return values.stream().collect(Collectors.joining(" or "));
  }
}
