package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * The sizes of an ingested dataset, beside those of the published one. All counts are images but
 * {@code classes}.
 *
 * @param name the dataset's short name, such as {@code cub}
 * @param fingerprint the fingerprint of the ingested rows
 * @param isSynthetic whether the images were drawn and not photographed
 * @param train the train split, without the validation split that was carved from it
 * @param official the published counts; each is empty if it is not known
 */
record DatasetFacts(
    String name,
    String fingerprint,
    boolean isSynthetic,
    long classes,
    long train,
    long val,
    long test,
    Size official) {

  /**
   * The counts of a published dataset.
   *
   * @param train the train split, before a validation split is carved from it
   */
  record Size(OptionalLong classes, OptionalLong train, OptionalLong test) {}

  /**
   * Reads the sizes from an ingested dataset's {@code _manifest.json}, or from its extract in
   * {@code datasets.json}.
   */
  static DatasetFacts of(JsonNode manifest) {
    JsonNode counts = manifest.path("counts");
    JsonNode official = manifest.path("official-counts");
    return new DatasetFacts(
        manifest.path("dataset").asText(),
        manifest.path("fingerprint").asText(),
        manifest.path("synthetic").asBoolean(false),
        manifest.path("classes").isArray()
            ? manifest.path("classes").size()
            : manifest.path("classes").asLong(),
        counts.path("train").path("images").asLong(),
        counts.path("val").path("images").asLong(),
        counts.path("test").path("images").asLong(),
        new Size(number(official, "classes"), number(official, "train"), number(official, "test")));
  }

  /**
   * Returns whether this is the whole published dataset, as the counts tell; only then is a result
   * a benchmark result.
   */
  boolean isFull() {
    return !isSynthetic
        && official.classes().equals(OptionalLong.of(classes))
        && official.train().equals(OptionalLong.of(train + val))
        && official.test().equals(OptionalLong.of(test));
  }

  private static OptionalLong number(JsonNode json, String field) {
    return json.path(field).isNumber()
        ? OptionalLong.of(json.path(field).asLong())
        : OptionalLong.empty();
  }
}
