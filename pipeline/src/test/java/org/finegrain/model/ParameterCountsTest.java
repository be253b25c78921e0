package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the parameters of networks with a table that was counted in PyTorch, {@code params.csv}.
 */
class ParameterCountsTest {
  private static final Set<String> BUILT =
      Set.copyOf(
          Stream.of(AttentionConfig.Kind.values())
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .toList());

  @TestFactory
  Stream<DynamicTest> everyRow() throws IOException {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                ParameterCountsTest.class.getResourceAsStream("/model/params.csv"),
                StandardCharsets.UTF_8))) {
      List<String> rows = table.lines().toList();
      assertThat(rows.get(0))
          .isEqualTo("depth,attention,placement,options,classes,parameters,extra_over_plain");
      return rows.stream()
          .skip(1)
          .map(row -> DynamicTest.dynamicTest(row, () -> check(row.split(","))));
    }
  }

  private static void check(String[] row) {
    assumeTrue(BUILT.contains(row[1]), "skipped: attention " + row[1] + " is not built yet");
    int classes = Integer.parseInt(row[4]);
    long parameters = count(settings(row), classes);
    assertThat(parameters).isEqualTo(Long.parseLong(row[5]));
    long plain = count(List.of("model.depth=" + row[0], "model.attention.kind=none"), classes);
    assertThat(parameters - plain).isEqualTo(Long.parseLong(row[6]));
  }

  private static List<String> settings(String[] row) {
    List<String> settings =
        new ArrayList<>(List.of("model.depth=" + row[0], "model.attention.kind=" + row[1]));
    if (!row[2].equals("-")) {
      settings.add("model.attention.placement=" + row[2]);
    }
    for (String option : row[3].split(";")) {
      if (option.startsWith("r=")) {
        settings.add("model.attention.reduction=" + option.substring(2));
      } else if (!option.isEmpty()) {
        settings.add("model.attention." + option.replace('_', '-'));
      }
    }
    return settings;
  }

  private static long count(List<String> settings, int classes) {
    ExperimentConfig config = ExperimentConfig.load(List.of(), settings);
    return ParameterCount.of(ResNet.of(config.model(), classes, config.loss()));
  }
}
