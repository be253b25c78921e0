package org.finegrain.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.report.statistics.Summary;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The results on full datasets in the form of a model card's metadata. Model hubs read it under the
 * key <a href="https://huggingface.co/docs/hub/model-cards#evaluation-results">model-index</a>.
 */
final class ModelIndex {
  static final String FILE = "model-index.yaml";
  private static final String HOME = "https://github.com/finegrain/finegrain";

  private final Results results;

  /** The trials of the results so far: a result that several tables show stands once. */
  private final Set<Set<String>> taken = new HashSet<>();

  private ModelIndex(Results results) {
    this.results = results;
  }

  /** Returns the document: a model for each row of the comparisons, a result for each dataset. */
  static String of(List<Comparison> comparisons, Results results) {
    ModelIndex index = new ModelIndex(results);
    List<Map<String, Object>> models = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      for (Comparison.Part part : comparison.parts()) {
        for (Comparison.Row row : part.rows()) {
          index.model(comparison, part, row).ifPresent(models::add);
        }
      }
    }
    return index.comment() + yaml().dump(Map.of("model-index", models));
  }

  private static Yaml yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX); // the same on every system
    options.setSplitLines(false);
    return new Yaml(options);
  }

  private String comment() {
    Map<Column, DatasetFacts> facts = results.datasets();
    String out =
        results.columns().stream()
            .filter(column -> !isFull(column))
            .map(
                column ->
                    column.title()
                        + (facts.containsKey(column)
                            ? " (not the full dataset)"
                            : " (not known whether it is the full dataset)"))
            .collect(Collectors.joining(", "));
    return "# Metadata for the model card of one of these models: copy its entry.\n"
        + (out.isEmpty() ? "" : "# Left out: " + ResultTable.printable(out) + ".\n");
  }

  private boolean isFull(Column column) {
    return Optional.ofNullable(results.datasets().get(column))
        .filter(DatasetFacts::isFull)
        .isPresent();
  }

  private Optional<Map<String, Object>> model(
      Comparison comparison, Comparison.Part part, Comparison.Row row) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Column column : results.columns(row.trials())) {
      SeedGroup group = SeedGroup.of(row.trials(), column, results);
      Optional<Summary> summary = group.summary().filter(it -> isFull(column));
      if (summary.isPresent() && taken.add(ids(group))) {
        found.add(result(column, group, summary.get()));
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, String> settings = new TreeMap<>(part.settings());
    settings.putAll(row.settings());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put(
        "name",
        Stream.of("finegrain " + comparison.name(), PublishedNames.assignments(settings))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", ")));
    model.put("results", found);
    return Optional.of(model);
  }

  private static Set<String> ids(SeedGroup group) {
    return group.trials().stream()
        .map(trial -> trial.id() + trial.fingerprint())
        .collect(Collectors.toSet());
  }

  private Map<String, Object> result(Column column, SeedGroup group, Summary summary) {
    DatasetFacts facts = results.datasets().get(column);
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("type", column.dataset());
    dataset.put("name", column.title());
    dataset.put("split", "test");
    dataset.put("args", map("images", facts.test(), "fingerprint", facts.fingerprint()));
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("type", "accuracy");
    metric.put("value", summary.mean());
    metric.put(
        "name",
        String.format(
            Locale.ROOT,
            "top-1 accuracy (%s)",
            summary.n() == 1 ? "one seed" : "mean over " + summary.n() + " seeds"));
    if (summary.hasSpread()) {
      metric.put("args", map("seeds", summary.n(), "std", summary.std()));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", map("type", "image-classification", "name", "Image Classification"));
    result.put("dataset", dataset);
    result.put("metrics", List.of(metric));
    result.put("source", map("name", source(group.trials()), "url", HOME));
    return result;
  }

  /** Returns the versions of finegrain that trained the trials. */
  private static String source(Collection<Trial> trials) {
    return Stream.concat(
            Stream.of("finegrain"),
            trials.stream()
                .flatMap(trial -> Stream.ofNullable(trial.provenance().get("code-version")))
                .distinct()
                .sorted())
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Object> map(String one, Object first, String two, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, first);
    map.put(two, second);
    return map;
  }
}
