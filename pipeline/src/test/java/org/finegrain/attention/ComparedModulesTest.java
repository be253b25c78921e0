package org.finegrain.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.finegrain.gradient.GradientCheck;
import org.finegrain.parallel.ParallelLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests SE, ECA and CBAM, and the properties that every attention module has. */
class ComparedModulesTest {
  private static final CbamOptions CBAM = new CbamOptions(4, 3);

  @ParameterizedTest
  @CsvSource({"1,1,1,1,16", "2,5,3,4,2", "3,17,2,3,4", "1,19,1,7,1", "2,9,7,5,3"})
  void seMatchesPlainLoopsAndCentralDifferences(
      int images, int channels, int height, int width, int reduction) {
    SeOptions options = new SeOptions(reduction);
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass pass = new AttentionPass(options, images, channels, height, width, 3);
      pass.run(options.kernel(channels), layout);
      pass.check((x, parameters) -> PlainCbam.se(pass, x, parameters));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1,3", "2,5,3,4,1", "3,17,2,3,5", "1,3,1,7,9", "2,9,7,5,3"})
  void ecaMatchesPlainLoopsAndCentralDifferences(
      int images, int channels, int height, int width, int k) {
    EcaOptions options = new EcaOptions(k);
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass pass = new AttentionPass(options, images, channels, height, width, 3);
      pass.run(options.kernel(channels), layout);
      pass.check((x, parameters) -> new PlainEca(pass, x, parameters));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4,3,1,1,16,7,true",
    "2,5,3,4,2,3,true",
    "3,17,2,3,4,7,true",
    "1,18,5,7,3,5,true",
    "2,9,7,5,3,3,false",
    "1,3,1,1,1,7,false"
  })
  void cbamMatchesPlainLoopsAndCentralDifferences(
      int images,
      int channels,
      int height,
      int width,
      int reduction,
      int spatialKernel,
      boolean training) {
    CbamOptions options = new CbamOptions(reduction, spatialKernel);
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass pass = new AttentionPass(options, images, channels, height, width, 3);
      pass.training = training;
      PlainMaps[] before = new PlainMaps[1];
      pass.check(
          (x, parameters) -> {
            before[0] = PlainCbam.of(pass, options, x, parameters);
            pass.run(options.kernel(channels), layout);
            return before[0];
          });
    }
  }

  @Test
  void cbamKeepsRunningEstimates() {
    AttentionPass pass = new AttentionPass(CBAM, 2, 8, 3, 3, 1);
    AttentionKernel kernel = CBAM.kernel(8);
    pass.statistics[0][0] = 5;
    pass.statistics[1][0] = 1e6f;
    pass.forward(kernel, MemoryLayout.ROWS);

    assertThat(pass.statistics[0][0]).isCloseTo(5 * 0.99f, within(0.05f));
    assertThat(pass.statistics[1][0]).isCloseTo(0.99e6f, within(1f));
    float[] kept = {pass.statistics[0][0], pass.statistics[1][0]};
    pass.training = false;
    pass.forward(kernel, MemoryLayout.ROWS);
    assertThat(pass.statistics[0][0]).isEqualTo(kept[0]);
    assertThat(pass.statistics[1][0]).isEqualTo(kept[1]);
  }

  @Test
  void everyPermittedModuleIsTested() {
    assertThat(everyModule().map(Object::getClass))
        .containsExactlyInAnyOrder(AttentionOptions.class.getPermittedSubclasses());
  }

  static Stream<AttentionOptions> everyModule() {
    return Stream.of(AamOptions.DEFAULTS, new SeOptions(4), new EcaOptions(3), CBAM);
  }

  @ParameterizedTest
  @MethodSource("everyModule")
  void resultsDoNotDependOnTheNumberOfThreads(AttentionOptions options) {
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass one = new AttentionPass(options, 7, 40, 13, 11, 1);
      one.run(options.kernel(40, new ParallelLoop(1)), layout);
      for (int threads : new int[] {2, 5}) {
        AttentionPass many = new AttentionPass(options, 7, 40, 13, 11, 1);
        many.run(options.kernel(40, new ParallelLoop(threads)), layout);

        assertThat(many.y).isEqualTo(one.y);
        assertThat(many.dx).isEqualTo(one.dx);
        assertThat(many.gradients).isDeepEqualTo(one.gradients);
        assertThat(many.statistics).isDeepEqualTo(one.statistics);
      }
    }
  }

  /** The input has few distinct values, as after a ReLU, so that most maxima are tied. */
  @ParameterizedTest
  @MethodSource("everyModule")
  void allLayoutsAgreeWhereMaximaAreTied(AttentionOptions options) {
    AttentionPass rows = tied(options, MemoryLayout.ROWS);
    for (MemoryLayout layout : List.of(MemoryLayout.BLOCKS_OF_8, MemoryLayout.BLOCKS_OF_16)) {
      AttentionPass blocks = tied(options, layout);

      assertThat(blocks.y).usingComparatorWithPrecision(1e-5f).containsExactly(rows.y);
      assertThat(blocks.dx).usingComparatorWithPrecision(1e-4f).containsExactly(rows.dx);
    }
  }

  private static AttentionPass tied(AttentionOptions options, MemoryLayout layout) {
    AttentionPass pass = new AttentionPass(options, 2, 37, 9, 7, 1);
    Random random = new Random(1);
    for (int i = 0; i < pass.x.length; i++) {
      pass.x[i] = Math.max(0, random.nextInt(5) - 2) / 2f;
    }
    pass.run(options.kernel(37), layout);
    return pass;
  }

  static Stream<AttentionOptions> everyModuleAndSum() {
    return Stream.concat(
        everyModule(),
        Stream.of(
            new AamOptions(
                3,
                3,
                AamOptions.Combine.SUM,
                AamOptions.Merge.ADD,
                true,
                AamOptions.Branches.BOTH)));
  }

  /** The result has the bits of attention, addition and ReLU one after the other. */
  @ParameterizedTest
  @MethodSource("everyModuleAndSum")
  void aResidualIsAddedAndTheSumRectified(AttentionOptions options) {
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass pass = new AttentionPass(options, 3, 21, 9, 7, 1);
      pass.run(options.kernel(21), layout);
      float[] residual = GradientCheck.numbers(pass.y.length, 2, 9);
      float[] expected = new float[pass.y.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Math.max(0, pass.y[i] + residual[i]);
      }
      float[] gradient = pass.dx.clone();

      AttentionPass fused = new AttentionPass(options, 3, 21, 9, 7, 1);
      AttentionKernel kernel = options.kernel(21);
      assertThat(fused.forward(kernel, residual, layout)).isEqualTo(expected);
      fused.backward(kernel, layout);
      assertThat(fused.dx).isEqualTo(gradient);
      assertThat(fused.gradients).isDeepEqualTo(pass.gradients);
      assertThat(fused.statistics).isDeepEqualTo(pass.statistics);
    }
  }

  @ParameterizedTest
  @MethodSource("everyModule")
  void anInstanceServesOtherShapesAndRepeatedBackwardPasses(AttentionOptions options) {
    AttentionKernel used = options.kernel(6);
    new AttentionPass(options, 4, 6, 9, 9, 1).run(used, MemoryLayout.BLOCKS_OF_8);
    new AttentionPass(options, 2, 6, 1, 1, 2).run(used, MemoryLayout.ROWS);
    AttentionPass second = new AttentionPass(options, 3, 6, 5, 4, 3);
    second.run(used, MemoryLayout.BLOCKS_OF_16);
    float[] dx = second.dx.clone();
    second.backward(used, MemoryLayout.BLOCKS_OF_16);

    AttentionPass fresh = new AttentionPass(options, 3, 6, 5, 4, 3);
    fresh.run(options.kernel(6), MemoryLayout.BLOCKS_OF_16);
    assertThat(second.y).isEqualTo(fresh.y);
    assertThat(dx).isEqualTo(fresh.dx);
    assertThat(second.dx).isEqualTo(fresh.dx);
    for (int i = 0; i < fresh.gradients.length; i++) {
      for (int j = 0; j < fresh.gradients[i].length; j++) {
        float twice = 2 * fresh.gradients[i][j];
        assertThat(second.gradients[i][j]).isCloseTo(twice, within(1e-5f + Math.abs(twice) / 1e5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1, -3, 1e-40f, 1e20f, 1e38f, -1e38f, Float.MAX_VALUE})
  void constantMapsOfAnySizeStayFinite(float value) {
    everyModule()
        .forEach(
            options -> {
              for (MemoryLayout layout : MemoryLayout.values()) {
                AttentionPass pass = new AttentionPass(options, 2, 20, 5, 5, 4);
                Arrays.fill(pass.x, value);
                pass.run(options.kernel(20), layout);
                pass.checkFinite();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("everyModule")
  void largeValuesOfBothSignsGiveNoNan(AttentionOptions options) {
    for (MemoryLayout layout : MemoryLayout.values()) {
      AttentionPass pass = new AttentionPass(options, 2, 20, 5, 5, 5);
      for (int i = 0; i < pass.x.length; i++) {
        pass.x[i] *= 1.5e38f;
      }
      pass.run(options.kernel(20), layout);
      pass.checkFinite();
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new SeOptions(0))
        .hasMessage("Invalid reduction: 0 (must be at least 1)");
    assertThatThrownBy(() -> new CbamOptions(16, 4))
        .hasMessage("Invalid spatial kernel: 4 (must be odd and at least 1)");
    AttentionPass pass = new AttentionPass(CBAM, 1, 8, 2, 2, 1);
    assertThatThrownBy(() -> pass.forward(CBAM.kernel(9), MemoryLayout.BLOCKS_OF_8))
        .hasMessage(
            "Invalid feature maps: (1,8,2,2) in blocks of 8 channels (the attention module has 9"
                + " channels)");
    FeatureMaps rows = FeatureMaps.rows(pass.x, 0, 1, 8, 2, 2);
    FeatureMaps blocks = MemoryLayout.BLOCKS_OF_8.maps(pass.x, 1, 8, 2, 2);
    assertThatThrownBy(
            () -> CBAM.kernel(8).forward(rows, blocks, pass.parameters, pass.statistics, true))
        .hasMessage(
            "Cannot use feature maps of different shape or layout together: (1,8,2,2) in rows and"
                + " (1,8,2,2) in blocks of 8 channels");
  }
}
