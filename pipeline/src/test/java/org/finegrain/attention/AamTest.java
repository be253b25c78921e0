package org.finegrain.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.finegrain.attention.AamOptions.Branches;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;
import org.finegrain.parallel.ParallelLoop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AamTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1, PRODUCT, CONCAT, false, BOTH",
    "2, 3, 1, 1, 5, 7, SUM, ADD, true, BOTH",
    "1, 4, 5, 3, 9, 3, PRODUCT, CONCAT, true, BOTH",
    "2, 5, 3, 4, 3, 7, SUM, CONCAT, false, BOTH",
    "3, 2, 2, 9, 5, 5, PRODUCT, ADD, false, BOTH",
    "1, 9, 9, 1, 21, 3, SUM, CONCAT, true, BOTH",
    "2, 1, 4, 4, 3, 9, PRODUCT, ADD, true, BOTH",
    "1, 19, 7, 5, 3, 3, PRODUCT, CONCAT, false, BOTH",
    "1, 19, 5, 7, 15, 3, SUM, CONCAT, false, BOTH",
    "2, 9, 3, 5, 5, 3, SUM, CONCAT, true, CHANNEL",
    "2, 9, 3, 5, 5, 3, SUM, CONCAT, true, SPATIAL",
    "1, 17, 3, 3, 7, 7, PRODUCT, ADD, false, CHANNEL",
    "1, 17, 3, 3, 7, 7, PRODUCT, ADD, false, SPATIAL",
  })
  void matchesPlainLoopsAndCentralDifferences(
      int batch,
      int channels,
      int height,
      int width,
      int k,
      int spatialKernel,
      Combine combine,
      Merge merge,
      boolean bias,
      Branches branches) {
    AamOptions options = new AamOptions(k, spatialKernel, combine, merge, bias, branches);
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass pass = new AttentionPass(options, batch, channels, height, width, 1);
      pass.run(options.kernel(channels), layout);
      check(options, pass);
    }
  }

  private static void check(AamOptions options, AttentionPass pass) {
    pass.check((x, parameters) -> new PlainAam(pass, options, x, parameters));
  }

  @ParameterizedTest
  @EnumSource(MemoryLayout.class)
  void resultsDoNotDependOnTheNumberOfThreads(MemoryLayout layout) {
    AttentionPass one = new AttentionPass(AamOptions.DEFAULTS, 7, 40, 13, 11, 1);
    one.run(AamOptions.DEFAULTS.kernel(40, new ParallelLoop(1)), layout);
    for (int threads : new int[] {2, 3, 8}) {
      AttentionPass many = new AttentionPass(AamOptions.DEFAULTS, 7, 40, 13, 11, 1);
      many.run(AamOptions.DEFAULTS.kernel(40, new ParallelLoop(threads)), layout);

      assertThat(many.y).isEqualTo(one.y);
      assertThat(many.dx).isEqualTo(one.dx);
      assertThat(many.gradients).isDeepEqualTo(one.gradients);
    }
  }

  @ParameterizedTest
  @EnumSource(MemoryLayout.class)
  void anInstanceServesOtherShapesAndRepeatedBackwardPasses(MemoryLayout layout) {
    AttentionKernel used = AamOptions.DEFAULTS.kernel(6);
    new AttentionPass(AamOptions.DEFAULTS, 4, 6, 9, 9, 1).run(used, layout);
    new AttentionPass(AamOptions.DEFAULTS, 2, 6, 1, 1, 2).run(used, layout);
    AttentionPass second = new AttentionPass(AamOptions.DEFAULTS, 3, 6, 5, 4, 3);
    second.run(used, layout);
    float[] dx = second.dx.clone();
    second.backward(used, layout);

    AttentionPass fresh = new AttentionPass(AamOptions.DEFAULTS, 3, 6, 5, 4, 3);
    fresh.run(AamOptions.DEFAULTS.kernel(6), layout);
    assertThat(second.y).isEqualTo(fresh.y);
    assertThat(dx).isEqualTo(fresh.dx);
    assertThat(second.dx).isEqualTo(fresh.dx);
    for (int j = 0; j < 5; j++) {
      assertThat(second.gradients[0][j]).isEqualTo(2 * fresh.gradients[0][j]);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1, -3, 1e-40f, 1e20f, 1e38f, -1e38f, Float.MAX_VALUE})
  void constantMapsOfAnySizeStayFinite(float value) {
    for (Combine combine : Combine.values()) {
      for (Merge merge : Merge.values()) {
        AamOptions options = new AamOptions(3, 7, combine, merge, true, Branches.BOTH);
        for (MemoryLayout layout : MemoryLayout.values()) {
          AttentionPass pass = new AttentionPass(options, 2, 16, 5, 5, 4);
          Arrays.fill(pass.x, value);
          pass.run(options.kernel(16), layout);

          pass.checkFinite();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MemoryLayout.class)
  void largeValuesOfBothSignsGiveNoNan(MemoryLayout layout) {
    AttentionPass pass = new AttentionPass(AamOptions.DEFAULTS, 2, 16, 5, 5, 5);
    for (int i = 0; i < pass.x.length; i++) {
      pass.x[i] *= 1.5e38f;
    }
    pass.run(AamOptions.DEFAULTS.kernel(16), layout);

    pass.checkFinite();
  }

  @ParameterizedTest
  @EnumSource(MemoryLayout.class)
  void theFirstOfEqualMaximaTakesTheWholeGradient(MemoryLayout layout) {
    // Two channels of two equal positions. With k = 1 only the maxima carry a gradient beyond the
    // gate itself, which is the same at every position here.
    AamOptions options = new AamOptions(1, 1, Combine.PRODUCT, Merge.CONCAT, false, Branches.BOTH);
    AttentionPass pass = new AttentionPass(options, 1, 2, 1, 2, 1);
    Arrays.fill(pass.x, 1);
    Arrays.fill(pass.dy, 1);
    pass.parameters[0][0] = 1;
    pass.parameters[1][0] = 0;
    pass.parameters[1][1] = 1;

    pass.run(options.kernel(2), layout);

    float s = (float) (1 / (1 + Math.exp(-1)));
    float gate = s * s;
    float through = 2 * s * s * (1 - s);
    float[] expected = {gate + 2 * through, gate + through, gate + through, gate};
    assertThat(pass.dx).containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 4})
  void refusesAnEvenKernel(int size) {
    assertThatThrownBy(
            () -> new AamOptions(size, 7, Combine.PRODUCT, Merge.CONCAT, false, Branches.BOTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid channel kernel k: %d (must be odd and at least 1)", size);
    assertThatThrownBy(
            () -> new AamOptions(5, size, Combine.PRODUCT, Merge.CONCAT, false, Branches.BOTH))
        .hasMessage("Invalid spatial kernel: %d (must be odd and at least 1)", size);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "16, 3", "64, 3", "127, 3", "128, 5", "256, 5", "1024, 5", "2048, 7"})
  void adaptiveKernelFollowsTheChannels(int channels, int k) {
    assertThat(KernelSize.adaptive(channels)).isEqualTo(k);
  }
}
