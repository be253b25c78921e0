package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void countsTheLargestAndTheFiveLargestLogits() {
    Scores scores =
        evaluate(
            scored(2, 0, 1, 9, 3, 4, 5, 6), // first
            scored(1, 0, 5, 9, 8, 7, 6, 4), // fifth
            scored(0, 0, 1, 2, 3, 4, 5, 6), // last
            scored(6, 0, 1, 2, 3, 4, 5, 6)); // first
    assertThat(scores.samples()).isEqualTo(4);
    assertThat(scores.top1()).isEqualTo(0.5);
    assertThat(scores.top5()).isEqualTo(0.75);
  }

  @Test
  void lossIsTheMeanCrossEntropy() {
    // log(e^0 + e^0) − 0 = log 2, and log(1 + e^−ln 3) = log(4/3)
    Scores scores = evaluate(scored(0, 0, 0), scored(1, 0, (float) Math.log(3)));
    assertThat(scores.loss()).isCloseTo((Math.log(2) + Math.log(4.0 / 3)) / 2, within(1e-7));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    assertThat(evaluate(scored(1, 1e4f, 0)).loss()).isEqualTo(1e4);
  }

  @Test
  void amongEqualLogitsTheSmallerClassIsFirst() {
    assertThat(evaluate(scored(0, 1, 1)).top1()).isEqualTo(1);
    assertThat(evaluate(scored(1, 1, 1)).top1()).isZero();
  }

  @Test
  void aNanLogitIsNeverAHit() {
    assertThat(evaluate(scored(0, Float.NaN, Float.NaN)).top1()).isZero();
    assertThat(evaluate(scored(1, Float.NaN, 1)).top1()).isZero();
  }

  @Test
  void aSplitWithoutSamplesHasNoScores() {
    assertThatThrownBy(() -> Evaluation.of(List.of(), 2))
        .hasMessage("Cannot score a split without samples");
  }

  @Test
  void meanClassAccuracyWeighsClassesEqually() {
    Scores scores = evaluate(scored(0, 9, 0, 0), scored(0, 9, 0, 0), scored(1, 9, 0, 0));
    assertThat(scores.top1()).isEqualTo(2.0 / 3);
    assertThat(scores.meanClassAccuracy()).as("the third class has no samples").isEqualTo(0.5);
  }

  @Test
  void calibrationErrorIsTheGapBetweenConfidenceAndAccuracyInEachBin() {
    // One bin holds two samples of confidence 0.75, one of them a hit; another holds a hit of 0.5.
    float three = (float) Math.log(3);
    Scores scores = evaluate(scored(0, three, 0), scored(1, three, 0), scored(0, 0, 0));
    assertThat(scores.calibrationError()).isCloseTo((1.5 - 1 + 0.5) / 3, within(1e-7));
  }

  @Test
  void aCertainHitIsCalibrated() {
    assertThat(evaluate(scored(0, 1000, 0)).calibrationError()).isZero();
    assertThat(evaluate(scored(1, 1000, 0)).calibrationError()).isEqualTo(1);
  }

  @Test
  void theConfusionMatrixCountsPredictionsByLabel() {
    List<Prediction> predictions =
        List.of(scored(0, 1, 0), scored(0, 0, 1), scored(0, 0, 1), scored(1, 0, 1));
    assertThat(ConfusionMatrix.of(predictions, 2).csv(List.of("=F-16A/B", "Ram \"1500\", 2012")))
        .isEqualTo(
            """
            class,'=F-16A/B,"Ram ""1500"", 2012"
            '=F-16A/B,1,2
            "Ram ""1500"", 2012",0,1
            """);
  }

  private static Scores evaluate(Prediction... predictions) {
    return Evaluation.of(List.of(predictions), 7);
  }

  private static Prediction scored(int label, double... logits) {
    return Prediction.of("image", label, logits);
  }
}
