package org.finegrain.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.train.RunResult;

/**
 * The ingested datasets in one folder, by short name: {@code DIR/cub}, {@code DIR/aircraft} …
 *
 * @param manifests short name → manifest, for the datasets that can be used
 * @param faults short name → why the dataset cannot be used, for the others
 */
public record IngestedDatasets(
    SortedMap<String, JsonNode> manifests, SortedMap<String, String> faults) {
  private static final String FILE = "datasets.json";
  private static final String MANIFEST = "_manifest.json";

  /** Reads the manifests of the datasets of these short names in the folder {@code data}. */
  public static IngestedDatasets of(Folder data, Collection<String> names) throws IOException {
    SortedMap<String, JsonNode> manifests = new TreeMap<>();
    SortedMap<String, String> faults = new TreeMap<>();
    for (String name : new TreeSet<>(names)) {
      Folder dataset = data.folder(name);
      if (!dataset.exists(MANIFEST)) {
        faults.put(
            name,
            String.format(
                Locale.ROOT,
                "Cannot find the ingested dataset in %s: run finegrain ingest --dataset %s --root"
                    + " ORIGINAL --out %s",
                dataset,
                name,
                dataset));
        continue;
      }
      try {
        JsonFields manifest = JsonFile.parse(dataset.text(MANIFEST));
        String found = manifest.text("dataset");
        manifest.text("fingerprint");
        if (found.equals(name)) {
          manifests.put(name, manifest.json());
        } else {
          faults.put(
              name,
              String.format(
                  Locale.ROOT,
                  "Cannot use %s as %s: its manifest says %s; ingest %s there with --overwrite",
                  dataset,
                  name,
                  found,
                  name));
        }
      } catch (IllegalArgumentException e) {
        faults.put(
            name,
            String.format(
                Locale.ROOT,
                "Cannot read %s: %s; ingest the dataset again with --overwrite",
                dataset.location(MANIFEST),
                e.getMessage()));
      }
    }
    return new IngestedDatasets(manifests, faults);
  }

  /** Returns the fingerprint of a dataset; empty if it cannot be used. */
  public Optional<String> fingerprint(String name) {
    return Optional.ofNullable(manifests.get(name))
        .map(manifest -> manifest.path("fingerprint").asText());
  }

  /**
   * Returns whether a result is of a trial's present dataset, or of one that cannot be used now.
   */
  boolean areThoseOf(Trial trial, RunResult result) {
    return fingerprint(trial.dataset())
        .map(it -> it.equals(result.run().dataFingerprint()))
        .orElse(true);
  }

  /** Writes {@code datasets.json} into a sweep folder. */
  void noteIn(Folder sweep) throws IOException {
    sweep.write(FILE, text());
  }

  /** Returns whether {@code datasets.json} in a sweep folder says the same. */
  boolean areNotedIn(Folder sweep) throws IOException {
    return sweep.exists(FILE) && sweep.text(FILE).equals(text());
  }

  /** Returns {@code datasets.json}, which holds the sizes of the datasets for reports. */
  String text() {
    ObjectNode json = SweepJson.object();
    json.put("format", 1);
    ArrayNode datasets = json.putArray("datasets");
    for (Map.Entry<String, JsonNode> entry : manifests.entrySet()) {
      JsonNode manifest = entry.getValue();
      ObjectNode dataset = datasets.addObject();
      dataset.put("dataset", entry.getKey());
      dataset.put("fingerprint", manifest.path("fingerprint").asText());
      dataset.put("synthetic", manifest.path("synthetic").asBoolean(false));
      dataset.put("classes", manifest.path("classes").size());
      ObjectNode counts = dataset.putObject("counts");
      manifest
          .path("counts")
          .fields()
          .forEachRemaining(
              split ->
                  counts.putObject(split.getKey()).set("images", split.getValue().path("images")));
      dataset.set("official-counts", manifest.path("official-counts"));
    }
    return SweepJson.text(json);
  }
}
