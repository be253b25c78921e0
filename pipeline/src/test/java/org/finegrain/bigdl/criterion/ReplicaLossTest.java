package org.finegrain.bigdl.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.Arrays;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.LossConfig;
import org.junit.jupiter.api.Test;

class ReplicaLossTest {
  private static final float[] LOGITS = {1, 0, -1, 2, 0.5f, 0, 3, -2, 1, 0, 0, 1, 2, 2, 2};
  private static final float[] LABELS = {0, 2, 1, 1, 0};
  private static final int CLASSES = 3;

  @Test
  void theMeanOverUnequalPartsIsTheMeanOverTheBatch() {
    Part whole = Part.of(1, 0, 5);
    Part first = Part.of(2, 0, 3);
    Part second = Part.of(2, 3, 5);
    assertThat((first.loss + second.loss) / 2).isCloseTo(whole.loss, within(1e-6f));
    for (int i = 0; i < LOGITS.length; i++) {
      float part = i < 9 ? first.gradient[i] : second.gradient[i - 9];
      assertThat(part / 2).isCloseTo(whole.gradient[i], within(1e-7f));
    }
  }

  private record Part(float loss, float[] gradient) {
    static Part of(int replicas, int from, int to) {
      ReplicaLoss loss = new ReplicaLoss(crossEntropy(), replicas, 5);
      float[] logits = Arrays.copyOfRange(LOGITS, from * CLASSES, to * CLASSES);
      float[] target = new float[(to - from) * TrainingTarget.COLUMNS];
      for (int row = 0; row < to - from; row++) {
        TrainingTarget.write(target, row, (int) LABELS[from + row], 0);
      }
      Tensor<Object> input = BigDl.tensor(logits, to - from, CLASSES);
      Tensor<Object> targets = BigDl.tensor(target, to - from, TrainingTarget.COLUMNS);
      float value = loss.value(input, targets);
      return new Part(value, BigDl.copy(BigDl.cast(loss.gradients(input, targets))));
    }
  }

  private static TotalLossCriterion crossEntropy() {
    LossConfig defaults = LossConfig.DEFAULTS;
    return TotalLossCriterion.of(
        new LossConfig(LossConfig.Kind.CE, defaults.mu(), defaults.eta(), defaults.lambda()), 1);
  }
}
