package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.finegrain.engine.ScoredSample;
import org.junit.jupiter.api.Test;

class PredictTest {
  @Test
  void aSingleViewIsUnchanged() {
    List<Prediction> predictions = predict(1, scored("a", 0, 1, 2), scored("b", 1, 5, 6));
    assertThat(predictions)
        .containsExactly(Prediction.of("a", 0, 1, 2), Prediction.of("b", 1, 5, 6));
  }

  @Test
  void severalViewsAreAveragedInTheirProbabilities() {
    // class 0 has 0.75 and 0.25 in the first sample, 0.8 twice in the second
    float three = (float) Math.log(3);
    float four = (float) Math.log(4);
    List<Prediction> predictions =
        predict(
            2,
            scored("a", 0, three, 0),
            scored("a", 0, 0, three),
            scored("b", 0, four, 0),
            scored("b", 0, four + 7, 7));
    assertThat(predictions).extracting(Prediction::id).containsExactly("a", "b");
    assertThat(predictions.get(0).confidence()).isCloseTo(0.5, within(1e-7));
    assertThat(predictions.get(0).loss()).isCloseTo(Math.log(2), within(1e-7));
    assertThat(predictions.get(1).confidence()).isCloseTo(0.8, within(1e-7));
  }

  @Test
  void allViewsHaveTheSameWeight() {
    List<Prediction> predictions =
        predict(3, scored("a", 1, 1000, 0), scored("a", 1, 0, 3), scored("a", 1, 0, 3));
    assertThat(predictions.get(0).isHit()).isTrue();
    assertThat(predictions.get(0).loss()).isFinite();
  }

  private static List<Prediction> predict(int views, ScoredSample... scored) {
    Iterator<Prediction> predictions = new Predict(views).call(List.of(scored).iterator());
    List<Prediction> all = new ArrayList<>();
    predictions.forEachRemaining(all::add);
    return all;
  }

  private static ScoredSample scored(String id, int label, float... logits) {
    return new ScoredSample(id, label, logits);
  }
}
