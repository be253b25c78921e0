package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.finegrain.bigdl.ScoredSample;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void countsTheLargestAndTheFiveLargestLogits() {
    Scores scores =
        Evaluation.of(
            List.of(
                scored(2, 0, 1, 9, 3, 4, 5, 6), // first
                scored(1, 0, 5, 9, 8, 7, 6, 4), // fifth
                scored(0, 0, 1, 2, 3, 4, 5, 6), // last
                scored(6, 0, 1, 2, 3, 4, 5, 6))); // first
    assertThat(scores.samples()).isEqualTo(4);
    assertThat(scores.top1()).isEqualTo(0.5);
    assertThat(scores.top5()).isEqualTo(0.75);
  }

  @Test
  void lossIsTheMeanCrossEntropy() {
    // log(e^0 + e^0) − 0 = log 2, and log(1 + e^−ln 3) = log(4/3)
    Scores scores = Evaluation.of(List.of(scored(0, 0, 0), scored(1, 0, (float) Math.log(3))));
    assertThat(scores.loss()).isCloseTo((Math.log(2) + Math.log(4.0 / 3)) / 2, within(1e-7));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    assertThat(Evaluation.of(List.of(scored(1, 1e4f, 0))).loss()).isEqualTo(1e4);
  }

  @Test
  void ofEqualLogitsTheSmallerClassIsFirst() {
    assertThat(Evaluation.of(List.of(scored(0, 1, 1))).top1()).isEqualTo(1);
    assertThat(Evaluation.of(List.of(scored(1, 1, 1))).top1()).isZero();
  }

  @Test
  void whatIsNoNumberIsNoHit() {
    assertThat(Evaluation.of(List.of(scored(0, Float.NaN, Float.NaN))).top1()).isZero();
    assertThat(Evaluation.of(List.of(scored(1, Float.NaN, 1))).top1()).isZero();
  }

  @Test
  void aSplitWithoutSamplesHasNoScores() {
    assertThatThrownBy(() -> Evaluation.of(List.of()))
        .hasMessage("Cannot score a split without samples");
  }

  private static ScoredSample scored(int label, float... logits) {
    return new ScoredSample("image", label, logits);
  }
}
