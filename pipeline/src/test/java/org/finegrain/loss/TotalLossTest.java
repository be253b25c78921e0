package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.numbers;

import java.util.List;
import org.junit.jupiter.api.Test;

class TotalLossTest {
  @Test
  void isTheWeightedSumOfItsParts() {
    LossTarget target = LossTarget.ofWholeBatch(new int[] {1, 0}, 5);
    List<TensorView> outputs =
        List.of(
            TensorView.of(numbers(4, 1, 1)),
            new TensorView(numbers(2 * 5 * 4 + 3, 1, 2), 3, 40),
            TensorView.of(numbers((2 + 2) * 3, 1, 3)));
    List<LossTerm> terms =
        List.of(
            new CrossEntropy(2, 0.1),
            new MaskedCcLoss(new int[] {2, 3}, 10, (sizes, step) -> LossMask.draw(sizes, 1, step)),
            new CenterLoss(2));
    double[] weights = {1, 0.5, 0.25};
    TotalLoss total =
        new TotalLoss(
            List.of(
                new TotalLoss.Part(weights[0], terms.get(0)),
                new TotalLoss.Part(weights[1], terms.get(1)),
                new TotalLoss.Part(weights[2], terms.get(2))));
    List<TensorView> gradients =
        outputs.stream().map(output -> TensorView.of(new float[output.size()])).toList();
    double value = total.valueAndGradients(outputs, target, gradients);

    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      float[] gradient = new float[outputs.get(i).size()];
      double part =
          terms
              .get(i)
              .valueAndGradient(outputs.get(i), target, weights[i], TensorView.of(gradient));
      assertThat(total.values()[i]).isEqualTo(part);
      assertThat(gradients.get(i).data()).isEqualTo(gradient);
      sum += weights[i] * part;
    }
    assertThat(value).isCloseTo(sum, within(1e-15));
  }
}
