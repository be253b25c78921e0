package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * How large a dataset is, as ingested and as published.
 *
 * @param train without the validation split that was carved from it
 * @param official empty where no manifest was at hand
 */
record DatasetFacts(
    String name, String fingerprint, long classes, long train, long val, long test, Size official) {

  /**
   * Counts of a published dataset; {@code train} is before a validation split is carved from it.
   */
  record Size(OptionalLong classes, OptionalLong train, OptionalLong test) {}

  /** From an ingested dataset's {@code _manifest.json}, or its extract in {@code datasets.json}. */
  static DatasetFacts of(JsonNode manifest) {
    JsonNode counts = manifest.path("counts");
    JsonNode official = manifest.path("official-counts");
    return new DatasetFacts(
        manifest.path("dataset").asText(),
        manifest.path("fingerprint").asText(),
        manifest.path("classes").isArray()
            ? manifest.path("classes").size()
            : manifest.path("classes").asLong(),
        counts.path("train").path("images").asLong(),
        counts.path("val").path("images").asLong(),
        counts.path("test").path("images").asLong(),
        new Size(number(official, "classes"), number(official, "train"), number(official, "test")));
  }

  /** Whether these are the published counts: only then a result is one on the benchmark. */
  boolean isFull() {
    return official.classes().equals(OptionalLong.of(classes))
        && official.train().equals(OptionalLong.of(train + val))
        && official.test().equals(OptionalLong.of(test));
  }

  private static OptionalLong number(JsonNode json, String field) {
    return json.path(field).isNumber()
        ? OptionalLong.of(json.path(field).asLong())
        : OptionalLong.empty();
  }
}
