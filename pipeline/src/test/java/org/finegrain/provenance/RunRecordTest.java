package org.finegrain.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunRecordTest {
  @Test
  void listsDifferences() throws Exception {
    RunRecord record =
        RunRecord.of(
            new JsonMapper()
                .readTree(
                    """
                    {"format": 1, "run-id": "abc", "replicas": 2, "data": "here", "attempts": [
                      {"start": "once", "command": "train", "spark": "3.5.7", "executors": 2},
                      {"start": "later", "command": "train", "spark": "3.5.9", "executors": 2}]}
                    """));
    assertThat(
            record.differences(
                new TreeMap<>(Map.of("run-id", "abc", "replicas", "2", "executors", "2"))))
        .isEmpty();
    assertThat(
            record.differences(
                new TreeMap<>(Map.of("replicas", "4", "spark", "3.5.9", "driver-cpu", "fast"))))
        .containsExactly(
            "driver-cpu: not recorded, now fast",
            "replicas: 2, now 4",
            "spark: 3.5.7; 3.5.9, now 3.5.9");
  }
}
