package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.model.ParameterCount;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the model to the figures of {@code docs/performance.md}, which reads them by eye. */
class StepModelTest {
  /** The network, or nothing where the row above names it; executors; seconds a step. */
  private static final Pattern ROW =
      Pattern.compile("\\| (ResNet-\\d+, \\d+ px|) *\\| (4|16|64) \\| ([0-9.]+) \\| \\d+ \\|.*");

  /** The seconds of computing that the document states for each network. */
  private static final Map<String, Double> COMPUTE =
      Map.of("ResNet-18, 160 px", 0.55, "ResNet-50, 224 px", 2.93);

  private static String page;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(Path.of(System.getProperty("finegrain.root"), "docs/performance.md"));
  }

  @Test
  void predictsTheTableOfThePerformancePage() {
    List<Double> differences = new ArrayList<>();
    String network = "";
    for (String line : page.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        network = row.group(1).isEmpty() ? network : row.group(1);
        int depth = Integer.parseInt(network.replaceAll("ResNet-(\\d+).*", "$1"));
        double seconds =
            StepModel.seconds(
                COMPUTE.get(network), Integer.parseInt(row.group(2)), 8.0 * parameters(depth));
        differences.add(seconds - Double.parseDouble(row.group(3)));
      }
    }
    assertThat(differences).hasSize(6).allSatisfy(it -> assertThat(it).isCloseTo(0, within(0.01)));
  }

  /** Returns the parameters of the measured networks, whose synthetic dataset has four classes. */
  private static long parameters(int depth) {
    ExperimentConfig config =
        ExperimentConfig.DEFAULTS.withOverrides(
            Map.of("model.depth", "" + depth, "loss.kind", "ce", "model.attention.kind", "none"));
    assertThat(config.model().attention().kind()).isEqualTo(AttentionConfig.Kind.NONE);
    return ParameterCount.of(ResNet.of(config.model(), 4, config.loss()));
  }

  @Test
  void hasTheConstantsOfThePerformancePage() {
    assertThat(page.replaceAll("\\s+", " "))
        .contains(
            String.format(
                Locale.ROOT,
                "a = %.0f ms, t = %.2f ms, 1/c = %.2f GB/s",
                1e3 * StepModel.CONSTANT_SECONDS,
                1e3 * StepModel.MEETING_SECONDS,
                1e-9 * StepModel.BYTES_PER_SECOND));
  }

  @Test
  void anExecutorAloneExchangesNothing() {
    assertThat(StepModel.seconds(0.5, 1, 1e9)).isEqualTo(0.5);
  }
}
