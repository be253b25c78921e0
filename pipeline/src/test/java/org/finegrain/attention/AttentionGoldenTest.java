package org.finegrain.attention;

import java.util.List;
import java.util.stream.Stream;
import org.finegrain.attention.AttentionKernel.Parameter;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenOptions;
import org.finegrain.golden.GoldenTensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AttentionGoldenTest {
  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenOptions.ATTENTION.stream()
        .sorted()
        .flatMap(file -> GoldenFile.open(file).tests(GoldenOptions.ATTENTION, this::check));
  }

  private void check(GoldenCase golden) {
    for (MemoryLayout layout : MemoryLayout.values()) {
      check(golden, layout);
    }
  }

  private static void check(GoldenCase golden, MemoryLayout layout) {
    int[] shape = golden.tensor("inputs", "x").shape();
    AttentionOptions options = GoldenOptions.attention(golden, shape[1]);
    AttentionKernel kernel = options.kernel(shape[1]);
    AttentionPass pass = new AttentionPass(options, shape[0], shape[1], shape[2], shape[3], 1);
    copy(golden.tensor("inputs", "x"), pass.x);
    copy(golden.tensor("upstream", "y"), pass.dy);
    pass.training = !golden.has("train") || golden.json("train").asBoolean(true);
    copyAll(golden, "params", kernel.parameters(), pass.parameters);
    copyAll(golden, "buffers", kernel.statistics(), pass.statistics);

    pass.run(kernel, layout);

    golden.checkForward(pass.y, "outputs", "y");
    if (kernel instanceof Aam aam) {
      golden.checkForward(aam.channelMaps(), "outputs", "mc");
      golden.checkForward(aam.spatialMaps(), "outputs", "ms");
    }
    golden.checkGradient(pass.dx, "grads", "x");
    for (int i = 0; i < pass.parameters.length; i++) {
      golden.checkGradient(pass.gradients[i], "grads", kernel.parameters().get(i).name());
    }
    for (int i = 0; pass.training && i < pass.statistics.length; i++) {
      golden.checkForward(pass.statistics[i], "buffers_after", kernel.statistics().get(i).name());
    }
  }

  private static void copyAll(
      GoldenCase golden, String part, List<Parameter> tensors, float[][] values) {
    for (int i = 0; i < values.length; i++) {
      copy(golden.tensor(part, tensors.get(i).name()), values[i]);
    }
  }

  private static void copy(GoldenTensor from, float[] to) {
    System.arraycopy(from.floats(), 0, to, 0, to.length);
  }
}
