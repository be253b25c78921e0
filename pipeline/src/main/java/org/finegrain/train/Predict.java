package org.finegrain.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.finegrain.engine.ScoredSample;

/**
 * Turns the logits of a partition into predictions; runs on executors, so that logits are not sent
 * to the driver.
 *
 * <p>The probabilities of several views of a sample, which follow each other, are averaged. The
 * mean of distributions is a distribution, and a view with large logits counts no more than the
 * others. Source: Krizhevsky et al., ImageNet classification with deep convolutional neural
 * networks, 2012.
 *
 * <pre>
 *     z_j = log (1/V) Σ_v softmax(z_v)_j        with one view, its logits unchanged
 * </pre>
 *
 * @param views V, the number of views of each sample
 */
record Predict(int views) implements FlatMapFunction<Iterator<ScoredSample>, Prediction> {
  @Override
  public Iterator<Prediction> call(Iterator<ScoredSample> scored) {
    List<Prediction> predictions = new ArrayList<>();
    while (scored.hasNext()) {
      ScoredSample first = scored.next();
      List<float[]> logits = new ArrayList<>(List.of(first.logits()));
      while (logits.size() < views) {
        logits.add(scored.next().logits());
      }
      predictions.add(Prediction.of(first.id(), first.label(), average(logits)));
    }
    return predictions.iterator();
  }

  /** Returns the logits z of a sample, from the logits of its views. */
  static double[] average(List<float[]> views) {
    int classes = views.get(0).length;
    double[][] logits = new double[views.size()][classes];
    for (int v = 0; v < logits.length; v++) {
      for (int j = 0; j < classes; j++) {
        logits[v][j] = views.get(v)[j];
      }
    }
    if (logits.length == 1) {
      return logits[0];
    }
    double[] normalisers = new double[logits.length];
    for (int v = 0; v < logits.length; v++) {
      normalisers[v] = Softmax.logSumExp(logits[v]);
    }
    double[] mean = new double[classes];
    double[] ofClass = new double[logits.length];
    for (int j = 0; j < classes; j++) {
      for (int v = 0; v < logits.length; v++) {
        ofClass[v] = logits[v][j] - normalisers[v];
      }
      mean[j] = Softmax.logSumExp(ofClass) - Math.log(logits.length);
    }
    return mean;
  }
}
