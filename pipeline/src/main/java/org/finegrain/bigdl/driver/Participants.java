package org.finegrain.bigdl.driver;

import com.intel.analytics.bigdl.dllib.models.utils.CachedModels;
import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction;
import org.finegrain.bigdl.exchange.ExecutorAddress;
import org.finegrain.bigdl.exchange.Rendezvous;
import org.finegrain.bigdl.executor.Participant;
import org.finegrain.bigdl.executor.ParticipantSpec;
import org.finegrain.bigdl.executor.ReplicaProgress;
import org.finegrain.bigdl.feed.SampleShare;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.JobWait;
import org.finegrain.engine.StepPosition;
import org.finegrain.engine.StepReport;
import org.finegrain.environment.Interruption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executors that take part in a training, seen from the driver. */
final class Participants<S> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Participants.class);
  private static final Duration CLEANING = Duration.ofMinutes(1);

  private static final long PIECE_BYTES = 1L << 26;

  private final JavaRDD<SampleShare<S>> shares;
  private final ParticipantSpec<S> spec;
  private final LostExecutors lost;
  private final int lostBefore;
  private final Rendezvous rendezvous;
  private final List<ExecutorAddress> addresses;

  /**
   * Sets them up.
   *
   * @param lost the executors that are lost meanwhile; none of them can be done without
   */
  Participants(JavaRDD<SampleShare<S>> shares, ParticipantSpec<S> spec, LostExecutors lost) {
    this.shares = shares;
    this.spec = spec;
    this.lost = lost;
    this.lostBefore = lost.count();
    this.rendezvous = Rendezvous.open(spec.training(), spec.topology().executors());
    List<ExecutorAddress> begun = null;
    try {
      begun = begin();
    } finally {
      if (begun == null) {
        close();
      }
    }
    this.addresses = begun;
  }

  private List<ExecutorAddress> begin() {
    ParticipantSpec<S> sent = spec;
    return shares
        .flatMap(
            share ->
                Participant.begin(sent, TaskContext.getPartitionId(), share).stream().iterator())
        .collect();
  }

  /** What is asked of each. */
  @FunctionalInterface
  interface Question<S, A> extends Serializable {
    A ask(Participant<S> participant);
  }

  /**
   * Returns the answers in the order of the executors.
   *
   * @throws ExecutionException if an executor fails, or is lost
   */
  <A> List<A> ask(Question<S, A> question) throws ExecutionException, InterruptedException {
    String training = spec.training();
    return JobWait.await(
        shares
            .mapPartitions(
                share ->
                    List.of(question.ask(Participant.<S>of(training, TaskContext.getPartitionId())))
                        .iterator())
            .collectAsync(),
        this::loss);
  }

  /**
   * How many numbers each executor may send the driver in one job: together a part of what Spark
   * lets a job return.
   */
  int numbersAtOnce() {
    long limit = shares.context().getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    long bytes = limit == 0 ? PIECE_BYTES : Math.min(PIECE_BYTES, limit / 4);
    return (int) Math.max(1, bytes / Float.BYTES / spec.topology().executors());
  }

  /**
   * Has each of all replicas, in their order, go on from its own.
   *
   * @throws ExecutionException if an executor fails, or is lost
   */
  void give(List<ReplicaProgress> all) throws ExecutionException, InterruptedException {
    String training = spec.training();
    JobWait.await(
        shares.foreachPartitionAsync(
            share -> Participant.of(training, TaskContext.getPartitionId()).give(all)),
        this::loss);
  }

  private Optional<String> loss() {
    return lost.moreThan(lostBefore);
  }

  /** What the driver does between two steps. */
  interface BetweenSteps {
    /**
     * Ends a step, and returns the labels of the next step's batch; empty to do no more steps for
     * now.
     *
     * @param reports the reports of the executors, in their order
     */
    Optional<int[]> stepEnded(List<StepReport> reports);
  }

  /**
   * Does steps, all in one Spark job, until {@code between} wants no more.
   *
   * @param labels of the first step's batch
   * @throws ExecutionException if an executor fails, or is lost
   */
  void steps(StepPosition first, int[] labels, BetweenSteps between)
      throws ExecutionException, InterruptedException {
    JavaFutureAction<Void> job =
        shares.foreachPartitionAsync(new Steps<>(spec.training(), first, labels, addresses));
    try {
      Optional<int[]> next = Optional.of(labels);
      while (next.isPresent()) {
        List<StepReport> reports =
            List.of(rendezvous.stepEnded(job, this::loss)).stream().map(StepReport::of).toList();
        next = Optional.empty(); // unless all goes well
        try {
          next = between.stepEnded(reports);
        } finally {
          rendezvous.answer(next);
        }
      }
      JobWait.await(job, this::loss);
    } finally {
      job.cancel(true); // nothing, once it is done
    }
  }

  private record Steps<S>(
      String training, StepPosition first, int[] labels, List<ExecutorAddress> addresses)
      implements VoidFunction<Iterator<SampleShare<S>>> {
    @Override
    public void call(Iterator<SampleShare<S>> share) {
      Participant.of(training, TaskContext.getPartitionId()).run(first, labels, addresses);
    }
  }

  /** Frees the native memory; what a lost executor held is gone with it. */
  @Override
  public void close() {
    rendezvous.close();
    if (Interruption.isUnderWay()) {
      return; // the executors end too
    }
    String training = spec.training();
    String network = spec.network().uuid();
    SparkContext spark = shares.context();
    String group = spark.getLocalProperty(StepDeadline.GROUP);
    spark.setLocalProperty(StepDeadline.GROUP, null); // what is cancelled is the training
    JavaFutureAction<Void> cleaned =
        shares.foreachPartitionAsync(
            ignored -> {
              Participant.close(training);
              CachedModels.deleteKey(network, BigDl.FLOAT, BigDl.NUMERIC);
            });
    spark.setLocalProperty(StepDeadline.GROUP, group);
    try {
      cleaned.get(CLEANING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      LOG.warn("Cannot clean up after training {}: {}", training, e.getCause().getMessage());
    } catch (TimeoutException e) {
      LOG.warn(
          "Cannot clean up after training {}: waited {} s for executors",
          training,
          CLEANING.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cleaned.cancel(true); // nothing, once it is done
    }
  }
}
