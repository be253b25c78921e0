package org.finegrain.attention;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenOptions;
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
    int[] shape = golden.tensor("inputs", "x").shape();
    Aam aam = new Aam(shape[1], GoldenOptions.aam(golden.json("options"), shape[1]));
    float[] x = golden.tensor("inputs", "x").floats();
    float[] y = new float[x.length];
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (AttentionKernel.Parameter parameter : aam.parameters()) {
      gradients.put(parameter.name(), new float[parameter.size()]);
    }
    float[][] parameters =
        gradients.keySet().stream()
            .map(name -> golden.tensor("params", name).floats())
            .toArray(float[][]::new);

    aam.forward(x, 0, y, 0, shape[0], shape[2], shape[3], parameters);

    golden.checkForward(y, "outputs", "y");
    golden.checkForward(aam.channelMaps(), "outputs", "mc");
    golden.checkForward(aam.spatialMaps(), "outputs", "ms");

    float[] dy = golden.tensor("upstream", "y").floats();
    float[] dx = new float[x.length];
    aam.backward(x, 0, dy, 0, dx, 0, parameters, gradients.values().toArray(float[][]::new));

    golden.checkGradient(dx, "grads", "x");
    gradients.forEach((name, gradient) -> golden.checkGradient(gradient, "grads", name));
  }
}
