package org.finegrain.train;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.bigdl.Inference;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.EvaluationConfig.TestTimeAugmentation;
import org.finegrain.dataset.Split;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.image.EvaluationView;
import org.finegrain.ingest.LoadSample;
import org.finegrain.model.NamedTensors;

/** Computes the predictions of a network on a split, with the transform of evaluation. */
final class SplitScorer {
  private final TrainingEngine engine;
  private final RunPlan plan;

  SplitScorer(TrainingEngine engine, RunPlan plan) {
    this.engine = engine;
    this.plan = plan;
  }

  boolean hasSamples(Split split) {
    return plan.dataset().count(split) > 0;
  }

  /**
   * Returns the predictions in the order of the image ids, whatever the partitions are.
   *
   * @param augmentation the views of each sample to average over
   * @throws SampleLoadingException if a sample cannot be loaded
   * @throws TrainingFailedException if the engine or the cluster fails
   */
  List<Prediction> predict(Split split, NamedTensors weights, TestTimeAugmentation augmentation) {
    List<LoadSample> views =
        EvaluationView.of(augmentation).stream()
            .map(view -> LoadSample.forEvaluation(plan.config().augmentation(), view))
            .toList();
    int count = views.size();
    JavaRDD<SampleView> samples =
        engine
            .samples(
                plan.dataset().identity(), split.toString(), () -> plan.dataset().samples(split))
            .flatMap(
                sample ->
                    IntStream.range(0, count)
                        .mapToObj(view -> new SampleView(sample, view))
                        .iterator());
    return Inference.score(
            engine,
            plan.network(),
            weights,
            samples,
            new LoadView(views),
            plan.config().train().evaluationBatchSize(),
            plan.config().train().interruption().recovery().executorTimeout(),
            new Predict(count))
        .stream()
        .sorted(Comparator.comparing(Prediction::id))
        .toList();
  }
}
