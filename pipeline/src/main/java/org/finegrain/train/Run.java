package org.finegrain.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.DataParallelTraining;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.Split;
import org.finegrain.engine.DivergedException;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.environment.Interruption;
import org.finegrain.ingest.LoadSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run, from its newest checkpoint to its result. If the cluster fails, for example by losing an
 * executor, the run is attempted again from the newest checkpoint, in the same application.
 */
final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  /** A state comes from the executors as vectors, and stays by names; its weights are sent out. */
  private static final int COPIES_OF_STATE = 3;

  private final SparkSession spark;
  private final TrainingEngine engine;
  private final RunPlan plan;
  private final ExperimentConfig config;
  private final Recovery recovery;
  private final JobDescription description;
  private final RunScoring scoring;

  Run(SparkSession spark, TrainingEngine engine, RunPlan plan) {
    this.spark = spark;
    this.engine = engine;
    this.plan = plan;
    this.config = plan.config();
    this.recovery = new Recovery(engine, config.train().interruption().recovery(), runId());
    this.description = new JobDescription(spark.sparkContext(), runId());
    this.scoring = new RunScoring(engine, plan, recovery, description, hadoop());
  }

  /**
   * Carries out the run, or returns its result if it is complete.
   *
   * @param others further listeners, in addition to those that every run has
   */
  RunResult carryOut(RunOptions options, RunListener... others) throws IOException {
    Optional<RunResult> complete = plan.folder().result();
    if (complete.isPresent()) {
      return complete.get();
    }
    plan.folder().requireMayGoOn(options.existing());
    try (RunLog log = RunLog.open(plan.folder().folder(), runId(), options.command())) {
      try {
        return attempts(options, others);
      } catch (PausedException | InterruptedRunException e) {
        log.ended(e.getMessage());
        throw e;
      } catch (Throwable e) { // Errors too, such as of memory that ran out
        log.failed(e);
        throw e;
      }
    }
  }

  private RunResult attempts(RunOptions options, RunListener... others) throws IOException {
    TimeBudget budget =
        options
            .budget()
            .orElseGet(() -> TimeBudget.ofRun(config.train().interruption().maxDuration()));
    RunOptions attempt = options;
    while (true) {
      try {
        return attempt(attempt, budget, others);
      } catch (TrainingFailedException e) {
        recovery.await(e);
        attempt = options.resuming();
      }
    }
  }

  private RunResult attempt(RunOptions options, TimeBudget budget, RunListener... others)
      throws IOException {
    if (Interruption.isRequested()) {
      throw new InterruptedRunException("Run " + runId() + " was interrupted before it began");
    }
    Optional<Checkpoint> checkpoint = plan.folder().checkpointToResume(plan.stepsPerEpoch());
    TrainingState start =
        checkpoint.map(Checkpoint::state).orElseGet(() -> plan.initialState(hadoop()));
    checkpoint.ifPresent(c -> LOG.info("run {} resumes after {}", runId(), c.name().text()));

    plan.folder().deleteUnfinished();
    plan.folder().writeConfig(config);
    MetricsFile metrics = MetricsFile.openAfter(checkpoint, plan.folder().folder());
    Circumstances circumstances = Circumstances.now(spark, engine);
    Provenance provenance =
        Provenance.begin(
            plan.folder().folder(),
            plan.run(),
            config.model().weights(),
            plan.dataset().location(),
            circumstances,
            plan.effectiveLearningRate(),
            start,
            options.command());
    TrackedRun run =
        new TrackedRun(
            plan.run(), config, plan.folder().folder().location(), circumstances.texts());
    TrackedAttempt tracked = TrackedAttempt.begin(options.tracker(), run, metrics);
    List<RunListener> told = new ArrayList<>(List.of(others));
    told.add(tracked);
    try {
      RunResult result =
          carryOut(
              start,
              checkpoint,
              metrics,
              budget,
              options.pauseAfter(),
              told.toArray(RunListener[]::new));
      provenance.end(result.state().text());
      result.write(plan.folder().folder()); // makes the run complete
      tracked.completed(result);
      LOG.info("{}", RunSummary.of(result, metrics.epochs(), plan.folder().folder()));
      return result;
    } catch (PausedException e) {
      end("paused", provenance, tracked);
      throw e;
    } catch (InterruptedRunException e) {
      end("interrupted", provenance, tracked);
      throw e;
    } catch (Throwable e) { // Spark also throws checked exceptions that it does not declare
      if (engine.isEnding()) {
        end("interrupted", provenance, tracked);
        throw new InterruptedRunException("Run " + runId() + " was interrupted", e);
      }
      end("failed: " + e.getMessage(), provenance, tracked);
      throw e;
    } finally {
      description.clear();
    }
  }

  private static void end(String outcome, Provenance provenance, TrackedAttempt tracked) {
    provenance.end(outcome);
    tracked.ended(outcome);
  }

  private RunResult carryOut(
      TrainingState start,
      Optional<Checkpoint> checkpoint,
      MetricsFile metrics,
      TimeBudget budget,
      OptionalInt pauseAfter,
      RunListener... others)
      throws IOException {
    RunClock wholeAttempt = new RunClock(System::nanoTime);
    EpochTime before = checkpoint.map(Checkpoint::time).orElse(EpochTime.NONE);
    double earlier =
        metrics.epochs().stream().mapToDouble(EpochMetrics::seconds).sum() + before.seconds();
    StoppingRule stopping =
        new StoppingRule(config.train(), checkpoint, budget, Interruption::isRequested, pauseAfter);
    Optional<String> divergence = train(start, before, metrics, stopping, others);
    if (divergence.isEmpty() && stopping.last() == StoppingRule.Verdict.PAUSE) {
      throw Interruption.isRequested() ? interrupted() : paused(budget);
    }
    Selection selection = Selection.among(metrics.epochs(), plan.folder().checkpoints());
    Optional<EpochMetrics> best = selection.best(metrics.epochs());
    Optional<Scores> test = divergence.isEmpty() ? scoring.test(best) : Optional.empty();
    return new RunResult(
        plan.run(),
        config.dataset(),
        divergence.isEmpty() ? RunResult.State.COMPLETED : RunResult.State.DIVERGED,
        divergence.or(() -> selection.lossNotice(metrics.epochs())),
        new RunResult.Length(
            metrics.epochs().size(),
            best.isPresent() ? OptionalInt.of(best.get().epoch()) : OptionalInt.empty(),
            stopping.last() == StoppingRule.Verdict.STOP_EARLY),
        best.flatMap(EpochMetrics::val),
        test,
        new RunResult.Network(
            plan.dataset().classNames().size(),
            plan.parameters(),
            OptionalLong.of(plan.multiplyAdds())),
        new RunResult.Speed(metrics.medianImagesPerSecond(), earlier + wholeAttempt.seconds()),
        config.identity());
  }

  /** Trains; returns why the training diverged, or empty if it did not. */
  private Optional<String> train(
      TrainingState start,
      EpochTime before,
      MetricsFile metrics,
      StoppingRule stopping,
      RunListener... others)
      throws IOException {
    if (start.epoch() >= config.train().epochs() || stopping.last() != StoppingRule.Verdict.GO_ON) {
      return Optional.empty();
    }
    TrainingRequest request =
        new TrainingRequest(config.loss(), config.train(), plan.schedule(), config.seed());
    TrainingData<?> data =
        new TrainingData<>(
            plan.dataset().samples(Split.TRAIN),
            new LoadForNetwork(LoadSample.forTraining(config.augmentation(), config.seed())),
            Optional.of(plan.dataset().identity()));
    try (RunListeners listeners = listeners(start, others);
        Interruption.Attention attention = new Interruption.Attention();
        CheckpointWriter checkpoints = checkpointWriter()) { // closed while there is attention
      description.set(String.format(Locale.ROOT, "epoch %d: training", start.epoch() + 1));
      Optional<String> divergence =
          train(
              request,
              data,
              start,
              new EpochRecorder(
                  plan,
                  metrics,
                  Selection.among(metrics.epochs(), plan.folder().checkpoints()),
                  scoring::validate,
                  listeners,
                  new RunClock(System::nanoTime, before),
                  stopping,
                  checkpoints,
                  new CheckpointTimer(config.train().interruption().checkpoint(), System::nanoTime),
                  attention));
      checkpoints.await(); // a checkpoint that could not be written fails what has diverged, too
      return divergence;
    } catch (UncheckedIOException e) { // thrown by EpochRecorder
      throw e.getCause();
    }
  }

  private Optional<String> train(
      TrainingRequest request, TrainingData<?> data, TrainingState start, EpochRecorder recorder) {
    try {
      new DataParallelTraining(engine).train(plan.network(), request, data, start, recorder);
      return Optional.empty();
    } catch (DivergedException e) {
      LOG.warn("run {} diverged: {}", runId(), e.getMessage());
      return Optional.of(e.getMessage());
    }
  }

  private CheckpointWriter checkpointWriter() {
    return new CheckpointWriter(
        plan.folder().checkpoints(),
        config.train().interruption().keepCheckpoints(),
        StateRoom.OF_THIS_PROCESS,
        COPIES_OF_STATE * CheckpointSize.of(plan.network(), config.train()).bytes());
  }

  private InterruptedRunException interrupted() throws IOException {
    return new InterruptedRunException(
        String.format(
            Locale.ROOT,
            "Run %s was interrupted after %s, of %d epochs, in %s",
            runId(),
            plan.folder().checkpoints().names().get(0).text(),
            config.train().epochs(),
            plan.folder().folder()));
  }

  private PausedException paused(TimeBudget budget) throws IOException {
    String paused =
        String.format(
            Locale.ROOT,
            "Run %s is paused after %s, of %d epochs, in %s",
            runId(),
            plan.folder().checkpoints().names().get(0).text(),
            config.train().epochs(),
            plan.folder().folder());
    return budget
        .usedUp()
        .map(limit -> new PausedException(paused + ": " + limit + " ran out"))
        .orElseGet(() -> new EpochReachedException(paused + ", as its sweep wants it to"));
  }

  private RunListeners listeners(TrainingState start, RunListener... others) throws IOException {
    List<RunListener> listeners = new ArrayList<>();
    listeners.add(
        new Progress(
            runId(),
            config.train().epochs(),
            plan.stepsPerEpoch(),
            start.step(),
            Progress.terminal(),
            System::nanoTime));
    listeners.add(TensorBoardLog.create(plan.folder().folder()));
    listeners.addAll(List.of(others));
    return new RunListeners(listeners);
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private String runId() {
    return plan.run().runId();
  }
}
