package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.finegrain.storage.JsonFile;
import org.junit.jupiter.api.Test;

class DatasetFactsTest {
  private static final String WHOLE =
      """
      {"dataset": "cub", "fingerprint": "f1", "classes": 200,
       "counts": {"train": {"images": 5394}, "val": {"images": 600}, "test": {"images": 5794}},
       "official-counts": {"classes": 200, "train": 5994, "test": 5794}}""";

  @Test
  void drawnImagesAreNoBenchmarkEvenIfTheyAreAsMany() {
    assertThat(facts(WHOLE).isFull()).isTrue();
    DatasetFacts drawn = facts(WHOLE.replace("{\"dataset\"", "{\"synthetic\": true, \"dataset\""));
    assertThat(drawn.isSynthetic()).isTrue();
    assertThat(drawn.isFull()).isFalse();
  }

  private static DatasetFacts facts(String json) {
    return DatasetFacts.of(JsonFile.parse(json).json());
  }
}
