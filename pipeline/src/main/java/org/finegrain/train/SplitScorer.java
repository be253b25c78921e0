package org.finegrain.train;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.bigdl.Inference;
import org.finegrain.bigdl.SampleLoader;
import org.finegrain.bigdl.ScoredSample;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.dataset.Split;
import org.finegrain.ingest.LoadSample;
import org.finegrain.ingest.StoredSample;
import org.finegrain.model.NamedTensors;

/** Lets a network see a split as evaluation sees it. */
final class SplitScorer {
  private final TrainingEngine engine;
  private final RunPlan plan;
  private final SampleLoader<StoredSample> loader;

  SplitScorer(TrainingEngine engine, RunPlan plan) {
    this.engine = engine;
    this.plan = plan;
    this.loader = new LoadForNetwork(LoadSample.forEvaluation(plan.config().augmentation()));
  }

  boolean hasSamples(Split split) {
    return plan.dataset().count(split) > 0;
  }

  /** In the order of their ids, whatever the partitioning. */
  List<ScoredSample> score(Split split, NamedTensors weights) {
    JavaRDD<StoredSample> samples = plan.dataset().samples(split);
    return Inference.score(
            engine,
            plan.network(),
            weights,
            samples,
            loader,
            plan.config().train().evaluationBatchSize())
        .collect()
        .stream()
        .sorted(Comparator.comparing(ScoredSample::id))
        .toList();
  }
}
