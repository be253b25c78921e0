package org.finegrain.attention;

import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenOptions;
import org.finegrain.golden.GoldenTensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AttentionGoldenTest {
  private static final Set<String> BUILT = Set.of("aam");

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return Stream.of("aam", "se", "eca", "cbam")
        .flatMap(file -> GoldenFile.open(file).tests(BUILT, this::check));
  }

  private void check(GoldenCase golden) {
    for (Layout layout : Layout.values()) {
      check(golden, layout);
    }
  }

  private static void check(GoldenCase golden, Layout layout) {
    int[] shape = golden.tensor("inputs", "x").shape();
    AttentionOptions options = GoldenOptions.aam(golden.json("options"), shape[1]);
    AttentionKernel kernel = options.kernel(shape[1]);
    Step step = new Step(options, shape[0], shape[1], shape[2], shape[3], 1);
    copy(golden.tensor("inputs", "x"), step.x);
    copy(golden.tensor("upstream", "y"), step.dy);
    for (int i = 0; i < step.parameters.length; i++) {
      copy(golden.tensor("params", kernel.parameters().get(i).name()), step.parameters[i]);
    }

    step.run(kernel, layout);

    golden.checkForward(step.y, "outputs", "y");
    if (kernel instanceof Aam aam) {
      golden.checkForward(aam.channelMaps(), "outputs", "mc");
      golden.checkForward(aam.spatialMaps(), "outputs", "ms");
    }
    golden.checkGradient(step.dx, "grads", "x");
    for (int i = 0; i < step.parameters.length; i++) {
      golden.checkGradient(step.gradients[i], "grads", kernel.parameters().get(i).name());
    }
  }

  private static void copy(GoldenTensor from, float[] to) {
    System.arraycopy(from.floats(), 0, to, 0, to.length);
  }
}
