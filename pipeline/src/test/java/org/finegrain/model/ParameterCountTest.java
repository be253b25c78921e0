package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.LossConfig;
import org.junit.jupiter.api.Test;

class ParameterCountTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "k", "k",
          "r", "reduction",
          "spatial_kernel", "spatial-kernel",
          "spatial_merge", "spatial-merge",
          "bias", "bias");

  /** Counts every depth, module, placement and option of the reference's table. */
  @Test
  void isTheReferences() throws IOException {
    List<String> rows = rows();
    LossConfig loss = ExperimentConfig.load(List.of(), List.of("loss.kind=ce")).loss();
    assertThat(rows).hasSizeGreaterThan(100);
    for (String row : rows) {
      String[] fields = row.split(",");
      LayerGraph network = ResNet.of(config(fields).model(), Integer.parseInt(fields[4]), loss);
      assertThat(ParameterCount.of(network)).as(row).isEqualTo(Long.parseLong(fields[5]));
    }
  }

  private static ExperimentConfig config(String[] fields) {
    List<String> settings = new ArrayList<>();
    settings.add("model.depth=" + fields[0]);
    settings.add("model.attention.kind=" + fields[1]);
    if (!fields[2].equals("-")) {
      settings.add("model.attention.placement=" + fields[2]);
      for (String option : fields[3].split(";")) {
        String[] pair = option.split("=");
        settings.add(
            String.format(Locale.ROOT, "model.attention.%s=%s", KEYS.get(pair[0]), pair[1]));
      }
    }
    return ExperimentConfig.load(List.of(), settings);
  }

  private static List<String> rows() throws IOException {
    try (InputStream file = ParameterCountTest.class.getResourceAsStream("/model/params.csv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }
}
