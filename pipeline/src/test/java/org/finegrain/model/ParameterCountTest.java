package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the counts of the same networks in PyTorch. */
class ParameterCountTest {
  private static final LossConfig CROSS_ENTROPY =
      new LossConfig(LossConfig.Kind.CE, 0.01, OptionalInt.empty(), 10);

  record Row(ModelConfig model, int classes, long parameters) {
    static Row parse(String line) {
      String[] fields = line.split(",");
      Map<String, String> options = new LinkedHashMap<>();
      for (String option : fields[3].split(";")) {
        if (!option.isEmpty()) {
          String[] keyAndValue = option.split("=");
          options.put(keyAndValue[0], keyAndValue[1]);
        }
      }
      String k = options.getOrDefault("k", "5");
      AttentionConfig attention =
          new AttentionConfig(
              AttentionConfig.Kind.valueOf(fields[1].toUpperCase(Locale.ROOT)),
              fields[2].equals("block")
                  ? AttentionConfig.Placement.BLOCK
                  : AttentionConfig.Placement.STAGE,
              k.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(k)),
              AttentionConfig.Combine.PRODUCT,
              AttentionConfig.SpatialMerge.valueOf(
                  options.getOrDefault("spatial_merge", "concat").toUpperCase(Locale.ROOT)),
              Integer.parseInt(options.getOrDefault("spatial_kernel", "7")),
              Boolean.parseBoolean(options.getOrDefault("bias", "false")));
      return new Row(
          new ModelConfig(Integer.parseInt(fields[0]), 64, attention),
          Integer.parseInt(fields[4]),
          Long.parseLong(fields[5]));
    }
  }

  static Stream<Row> rows() throws IOException {
    try (InputStream csv = ParameterCountTest.class.getResourceAsStream("params.csv")) {
      return new String(csv.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(Row::parse);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void equalsThatOfPyTorch(Row row) {
    LayerGraph graph = ResNet.of(row.model(), row.classes(), CROSS_ENTROPY);

    assertThat(ParameterCount.of(graph)).isEqualTo(row.parameters());
  }

  @Test
  void countsTheProjectionOfTheLoss() {
    LossConfig projected = new LossConfig(LossConfig.Kind.CE_CC, 0.01, OptionalInt.of(3), 10);

    long with = ParameterCount.of(ResNet.of(ModelConfig.DEFAULTS, 200, projected));
    long without = ParameterCount.of(ResNet.of(ModelConfig.DEFAULTS, 200, CROSS_ENTROPY));

    assertThat(with - without).isEqualTo(200 * 3 * 2048);
  }
}
