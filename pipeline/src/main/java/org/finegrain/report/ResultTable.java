package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finegrain.report.table.Table;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.StoredFile;

/**
 * The results of a table of accuracies, as programs read them: means over seeds, and what each is
 * the mean of.
 *
 * @param name the name of the table
 * @param results setting → mean, in the order of the table
 */
public record ResultTable(String name, Map<Setting, Mean> results) {
  private static final int FORMAT = 1;
  private static final String DATASET = "dataset";
  private static final String MEAN = "top1-mean";

  /**
   * The place of a result in its table.
   *
   * @param values configuration key or axis → value, of the row and of the panel
   * @param dataset the dataset, as the table names it
   */
  public record Setting(SortedMap<String, String> values, String dataset) {
    /** Returns the setting in one line, such as {@code loss.eta = 2, cub}. */
    public String text() {
      String settings =
          values.entrySet().stream()
              .map(value -> value.getKey() + " = " + value.getValue() + ", ")
              .collect(Collectors.joining());
      return printable(settings + dataset);
    }
  }

  /**
   * The mean of top-1 on the test split over seeds.
   *
   * @param n the number of seeds that have a score
   * @param top1 the mean, from 0 to 1; NaN if no seed has a score
   * @param std the sample standard deviation; NaN with fewer than two seeds
   */
  public record Mean(int n, double top1, double std) {
    /** Returns whether there is a result. */
    public boolean isKnown() {
      return !Double.isNaN(top1);
    }

    /** Returns the mean in percent, its spread and its seeds, or that there is no result. */
    String text() {
      if (!isKnown()) {
        return "no result";
      }
      String mean = Percent.of(top1);
      return String.format(
          Locale.ROOT,
          "%s%s %% (n = %d)",
          mean,
          Double.isNaN(std) ? "" : " ± " + Percent.of(std),
          n);
    }
  }

  /** Returns the results of a table; empty if it holds none, as the table of datasets. */
  static Optional<ResultTable> of(Table table) {
    if (!table.recordKeys().contains(MEAN)) {
      return Optional.empty();
    }
    Map<Setting, Mean> results = new LinkedHashMap<>();
    for (Map<String, Object> record : table.records()) {
      SortedMap<String, String> values = new TreeMap<>();
      table.recordKeys().stream()
          .takeWhile(key -> !key.equals(DATASET))
          .forEach(key -> values.put(key, String.valueOf(record.get(key))));
      results.put(
          new Setting(values, String.valueOf(record.get(DATASET))),
          new Mean(
              ((Number) record.get("n")).intValue(),
              number(record.get(MEAN)),
              number(record.get("top1-std"))));
    }
    return Optional.of(new ResultTable(table.name(), results));
  }

  /**
   * Reads the results of a table from the JSON file that a report wrote. Fields that later versions
   * add are passed over.
   *
   * @throws ReportException if there is no such file
   * @throws org.finegrain.storage.UnreadableFileException if the file is damaged, of a later
   *     format, or of a table without means
   */
  public static ResultTable read(StoredFile file) throws IOException {
    return JsonFile.read(file.folder(), file.name(), FORMAT, ResultTable::of)
        .orElseThrow(
            () ->
                new ReportException(
                    "Cannot find "
                        + file.location()
                        + ": name a file tables/NAME.json that finegrain report has written"));
  }

  /** Reads the results of all tables of accuracies in a report folder. */
  public static List<ResultTable> all(Folder report) throws IOException {
    Folder tables = report.folder("tables");
    List<ResultTable> all = new ArrayList<>();
    for (String file : tables.list()) {
      if (file.endsWith(".json")) {
        JsonFile.read(tables, file, FORMAT, ResultTable::ofAny)
            .flatMap(table -> table)
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<ResultTable> ofAny(JsonFields document) {
    return document.array("records").path(0).has(MEAN)
        ? Optional.of(of(document))
        : Optional.empty();
  }

  private static ResultTable of(JsonFields document) {
    String name = document.text("name");
    Map<Setting, Mean> results = new LinkedHashMap<>();
    for (JsonNode record : document.array("records")) {
      if (!record.has(MEAN) || !record.has(DATASET)) {
        throw new IllegalArgumentException(
            "its records hold no " + MEAN + "; name a table of accuracies, such as eta.json");
      }
      JsonFields fields = new JsonFields(record);
      double mean = fields.fraction(MEAN);
      Setting setting = new Setting(values(record), fields.text(DATASET));
      Mean read = new Mean(fields.integer("n"), mean, fields.amount("top1-std"));
      if (results.put(setting, read) != null) {
        throw new IllegalArgumentException("it holds two records of " + setting.text());
      }
    }
    return new ResultTable(name, results);
  }

  /** Returns the fields that stand before the dataset: those of the row and of the panel. */
  private static SortedMap<String, String> values(JsonNode record) {
    SortedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      if (field.getKey().equals(DATASET)) {
        break;
      }
      values.put(field.getKey(), field.getValue().asText());
    }
    return values;
  }

  /** Returns the keys that the rows and panels of the table differ by. */
  List<String> keys() {
    return results.keySet().stream()
        .flatMap(setting -> setting.values().keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static double number(Object value) {
    return value == null ? Double.NaN : ((Number) value).doubleValue();
  }

  /** Returns a text without characters that move a terminal's cursor. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
