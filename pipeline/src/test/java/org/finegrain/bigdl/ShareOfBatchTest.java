package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.Arrays;
import org.finegrain.config.LossConfig;
import org.junit.jupiter.api.Test;

class ShareOfBatchTest {
  private static final float[] LOGITS = {1, 0, -1, 2, 0.5f, 0, 3, -2, 1, 0, 0, 1, 2, 2, 2};
  private static final float[] LABELS = {0, 2, 1, 1, 0};
  private static final int CLASSES = 3;

  @Test
  void theMeanOverUnequalPartsIsTheMeanOverTheBatch() {
    ShareOfBatch whole = new ShareOfBatch(crossEntropy(), 1, 5);
    float loss = loss(whole, 0, 5);
    float[] gradient = BigDl.copy(BigDl.cast(whole.gradInput()));

    ShareOfBatch first = new ShareOfBatch(crossEntropy(), 2, 5);
    ShareOfBatch second = new ShareOfBatch(crossEntropy(), 2, 5);
    float mean = (loss(first, 0, 3) + loss(second, 3, 5)) / 2;
    assertThat(mean).isCloseTo(loss, within(1e-6f));
    for (int i = 0; i < LOGITS.length; i++) {
      float part =
          i < 9
              ? BigDl.array(BigDl.cast(first.gradInput()))[i]
              : BigDl.array(BigDl.cast(second.gradInput()))[i - 9];
      assertThat(part / 2).isCloseTo(gradient[i], within(1e-7f));
    }
  }

  private static float loss(ShareOfBatch criterion, int from, int to) {
    float[] logits = Arrays.copyOfRange(LOGITS, from * CLASSES, to * CLASSES);
    float[] target = new float[(to - from) * TrainingTarget.COLUMNS];
    for (int row = 0; row < to - from; row++) {
      TrainingTarget.write(target, row, (int) LABELS[from + row], 0);
    }
    Tensor<Object> input = BigDl.tensor(logits, to - from, CLASSES);
    Tensor<Object> targets = BigDl.tensor(target, to - from, TrainingTarget.COLUMNS);
    float loss = (Float) criterion.forward(input, targets);
    criterion.backward(input, targets);
    return loss;
  }

  private static TotalLossCriterion crossEntropy() {
    LossConfig defaults = LossConfig.DEFAULTS;
    return TotalLossCriterion.of(
        new LossConfig(LossConfig.Kind.CE, defaults.mu(), defaults.eta(), defaults.lambda()), 1);
  }
}
