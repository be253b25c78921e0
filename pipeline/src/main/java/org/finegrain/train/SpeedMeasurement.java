package org.finegrain.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.DataParallelTraining;
import org.finegrain.bigdl.Inference;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.ingest.IngestedDataset;
import org.finegrain.ingest.LoadSample;
import org.finegrain.ingest.StoredSample;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;

/**
 * Measures the speed of a training by a few of its steps, and by scoring a few images. Both go the
 * way that a run goes. The weights do not change, and are thrown away.
 */
public final class SpeedMeasurement {
  private static final double NANOS = 1e9;
  private static final int DIFFERENT_IMAGES = 32;
  private static final int STEPS_PER_EPOCH = 4;
  private static final int EPOCHS = 10_000; // the watch ends the training long before
  private static final int MOST_BATCHES_TO_SCORE = 3;

  private final SparkSession spark;
  private final ExperimentConfig config;
  private final LayerGraph network;
  private final Broadcast<List<StoredSample>> images;

  private SpeedMeasurement(
      SparkSession spark, ExperimentConfig config, int classes, List<StoredSample> images) {
    this.spark = spark;
    this.config = config;
    this.images = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(images);
    network = ResNet.of(config.model(), classes, config.loss());
  }

  /**
   * Prepares to measure on some train images of an ingested dataset.
   *
   * @param data the location of the dataset, a Hadoop path
   * @throws DataException if there is no ingested dataset, or it is damaged
   */
  public static SpeedMeasurement on(SparkSession spark, ExperimentConfig config, String data)
      throws IOException {
    IngestedDataset dataset = IngestedDataset.open(spark, data);
    List<StoredSample> images = dataset.samples(Split.TRAIN).take(DIFFERENT_IMAGES);
    return new SpeedMeasurement(spark, config, dataset.classNames().size(), images);
  }

  /**
   * Prepares to measure on synthetic images, which are as large as {@code config} needs them.
   *
   * @param classes the number of classes
   */
  public static SpeedMeasurement onSyntheticImages(
      SparkSession spark, ExperimentConfig config, int classes) {
    SyntheticSamples synthetic =
        new SyntheticSamples(config.augmentation().evaluationShortSide(), classes, config.seed());
    return new SpeedMeasurement(spark, config, classes, synthetic.draw(DIFFERENT_IMAGES));
  }

  /**
   * Measures on all executors of the application.
   *
   * @param scored the number of images that a run scores at once, or 0 if it scores none. A few
   *     batches stand for more images
   */
  public TrainingSpeed measure(long scored) {
    TrainingEngine engine = Trainer.engine(spark);
    NamedTensors weights = InitialWeights.of(network, config.seed());
    spark.sparkContext().setJobDescription("measure the speed of a training");
    try {
      StepWatch steps = train(engine, weights);
      return new TrainingSpeed(
          steps.secondsPerImage(),
          engine.topology().executors() * steps.passSecondsPerImage(),
          scored == 0 ? 0 : scoringSeconds(engine, weights, scored));
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }

  private StepWatch train(TrainingEngine engine, NamedTensors weights) {
    int batch = config.train().step().batchSize();
    TrainingRequest request =
        new TrainingRequest(
            config.loss(), config.train().withEpochs(EPOCHS), step -> 0, config.seed());
    TrainingData<StoredSample> data =
        new TrainingData<>(
            samples((long) STEPS_PER_EPOCH * batch),
            new LoadForNetwork(LoadSample.forTraining(config.augmentation(), config.seed())));
    TrainingState start = new TrainingState(0, 0, weights, NamedTensors.of(Map.of()));
    StepWatch watch = new StepWatch(batch, System::nanoTime);
    new DataParallelTraining(engine).train(network, request, data, start, watch);
    return watch;
  }

  /**
   * Returns the time for each image when {@code scored} images are scored at once. A part of the
   * time does not depend on the number of images; a smaller and a larger number of them tell it.
   */
  private double scoringSeconds(TrainingEngine engine, NamedTensors weights, long scored) {
    long atOnce = (long) config.train().evaluationBatchSize() * engine.topology().replicas();
    long few = Math.min(scored, atOnce);
    long many = Math.min(scored, MOST_BATCHES_TO_SCORE * atOnce);
    secondsToScore(engine, weights, few); // code is still being compiled
    double ofFew = secondsToScore(engine, weights, few);
    if (many == few) {
      return ofFew / scored;
    }
    double more = Math.max(0, secondsToScore(engine, weights, many) - ofFew) / (many - few);
    return (ofFew + (scored - few) * more) / scored;
  }

  private double secondsToScore(TrainingEngine engine, NamedTensors weights, long count) {
    long start = System.nanoTime();
    Inference.score(
        engine,
        network,
        weights,
        samples(count),
        new LoadForNetwork(LoadSample.forEvaluation(config.augmentation())),
        config.train().evaluationBatchSize(),
        config.train().interruption().recovery().executorTimeout(),
        new Predict(1));
    return (System.nanoTime() - start) / NANOS;
  }

  /** Returns so many samples, which repeat the images under names of their own. */
  private JavaRDD<StoredSample> samples(long count) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Long> numbers = LongStream.range(0, count).boxed().toList();
    return context.parallelize(numbers).map(new RepeatedImage(images));
  }
}
