package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CcLossGoldenTest {
  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenFile.open("cc_loss").tests(Set.of("uneven", "projected"), this::check);
  }

  private void check(GoldenCase golden) {
    int[] shape = golden.tensor("inputs", "f").shape();
    int[] labels = golden.integers("inputs", "labels");
    int classes = golden.integer("classes");
    boolean projected = golden.kind().equals("projected");
    int[] sizes =
        projected
            ? GroupSizes.projected(classes, golden.integer("options", "eta"))
            : GroupSizes.uneven(shape[1], classes);
    assertThat(sizes).containsExactly(golden.integers("group_sizes"));

    int positions = shape[2] * shape[3];
    float[] f = golden.tensor("inputs", "f").floats();
    Projection projection =
        projected
            ? new Projection(golden.tensor("params", "projection").floats(), shape[1])
            : Projection.identity(shape[1]);
    float[] map = projection.forward(f, positions);
    LossMask mask = mask(golden, projection.outputs);
    double mu = golden.number("options", "mu");
    double lambda = golden.number("options", "lambda");

    float[] logits = golden.tensor("inputs", "logits").floats();
    float[] dLogits = new float[logits.length];
    float[] dMap = new float[map.length];
    TotalLoss loss =
        new TotalLoss(
            List.of(
                new TotalLoss.Part(1, new CrossEntropy(classes, 0)),
                new TotalLoss.Part(
                    mu, new MaskedCcLoss(sizes, lambda, (groupSizes, step) -> mask))));
    double total =
        loss.valueAndGradients(
            List.of(TensorView.of(logits), TensorView.of(map)),
            LossTarget.ofWholeBatch(labels, 0),
            List.of(TensorView.of(dLogits), TensorView.of(dMap)));

    golden.checkForward(total, "outputs", "total");
    golden.checkForward(loss.values()[0], "outputs", "ce");
    golden.checkForward(loss.values()[1], "outputs", "cc");
    golden.checkGradient(dLogits, "grads", "logits");
    checkFeatureGradient(golden, "", projection, f, dMap, positions);

    CcLoss cc = new CcLoss(sizes, lambda);
    CcLoss.Value value = cc.valueAndGradient(map, 0, positions, labels, mask, 1, 0, dMap, 0);
    golden.checkForward(value.discrimination(), "outputs", "l_dis");
    golden.checkForward(value.coverage(), "outputs", "h");
    golden.checkForward(floats(cc.logits()), "outputs", "cc_logits");
    checkFeatureGradient(golden, "l_dis/", projection, f, dMap, positions);
    cc.valueAndGradient(map, 0, positions, labels, mask, 0, 1, dMap, 0);
    checkFeatureGradient(golden, "h/", projection, f, dMap, positions);
  }

  private static void checkFeatureGradient(
      GoldenCase golden,
      String part,
      Projection projection,
      float[] f,
      float[] dMap,
      int positions) {
    golden.checkGradient(projection.inputGradient(dMap, positions), "grads", part + "f");
    if (golden.has("grads", part + "projection")) {
      golden.checkGradient(
          projection.weightGradient(f, dMap, positions), "grads", part + "projection");
    }
  }

  private static LossMask mask(GoldenCase golden, int channels) {
    if (!golden.has("inputs", "mask")) {
      return LossMask.none(channels);
    }
    int[] numbers = golden.integers("inputs", "mask");
    boolean[] kept = new boolean[numbers.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = numbers[i] != 0;
    }
    return LossMask.of(kept);
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /**
   * A 1×1 convolution without bias, weight (outputs, inputs). It is the part of CC-Loss that the
   * network computes.
   */
  private static final class Projection {
    private final float[] weight;
    private final int inputs;
    final int outputs;

    Projection(float[] weight, int inputs) {
      this.weight = weight;
      this.inputs = inputs;
      outputs = weight.length / inputs;
    }

    static Projection identity(int channels) {
      float[] weight = new float[channels * channels];
      for (int c = 0; c < channels; c++) {
        weight[c * channels + c] = 1;
      }
      return new Projection(weight, channels);
    }

    float[] forward(float[] f, int positions) {
      float[] map = new float[f.length / inputs * outputs];
      for (int i = 0; i < map.length; i++) {
        int output = i / positions % outputs;
        int image = i / positions / outputs;
        double sum = 0;
        for (int c = 0; c < inputs; c++) {
          sum +=
              (double) weight[output * inputs + c]
                  * f[(image * inputs + c) * positions + i % positions];
        }
        map[i] = (float) sum;
      }
      return map;
    }

    float[] inputGradient(float[] dMap, int positions) {
      float[] df = new float[dMap.length / outputs * inputs];
      for (int i = 0; i < df.length; i++) {
        int input = i / positions % inputs;
        int image = i / positions / inputs;
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum +=
              (double) weight[o * inputs + input]
                  * dMap[(image * outputs + o) * positions + i % positions];
        }
        df[i] = (float) sum;
      }
      return df;
    }

    float[] weightGradient(float[] f, float[] dMap, int positions) {
      double[] sums = new double[weight.length];
      for (int i = 0; i < dMap.length; i++) {
        int output = i / positions % outputs;
        int image = i / positions / outputs;
        for (int c = 0; c < inputs; c++) {
          sums[output * inputs + c] +=
              (double) dMap[i] * f[(image * inputs + c) * positions + i % positions];
        }
      }
      return floats(sums);
    }
  }
}
