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
import org.finegrain.bigdl.group.Members;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.JobWait;
import org.finegrain.engine.StepPosition;
import org.finegrain.engine.StepReport;
import org.finegrain.environment.Interruption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The participants of a training on all executors, as the driver sees them. */
final class Participants<S> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Participants.class);
  private static final Duration CLEANING = Duration.ofMinutes(1);

  private static final long PIECE_BYTES = 1L << 26;

  private final Members members;
  private final JavaRDD<SampleShare<S>> shares;
  private final ParticipantSpec<S> spec;
  private final LostExecutors lost;
  private final int lostBefore;
  private final Rendezvous rendezvous;
  private List<ExecutorAddress> addresses = List.of();
  private List<ReplicaProgress> beforeSteps = List.of();

  private Participants(
      Members members,
      JavaRDD<SampleShare<S>> shares,
      ParticipantSpec<S> spec,
      LostExecutors lost) {
    this.members = members;
    this.shares = shares;
    this.spec = spec;
    this.lost = lost;
    this.lostBefore = lost.count();
    this.rendezvous = Rendezvous.open(spec.training(), spec.topology().executors());
  }

  /**
   * Sets the participants up.
   *
   * @param members the executors of the training
   * @param shares one share of the samples in each partition
   * @param lost tells which executors are lost; one is enough to fail the training
   * @throws ExecutionException if that fails
   */
  static <S> Participants<S> begin(
      Members members, JavaRDD<SampleShare<S>> shares, ParticipantSpec<S> spec, LostExecutors lost)
      throws ExecutionException, InterruptedException {
    Participants<S> participants = new Participants<>(members, shares, spec, lost);
    boolean begun = false;
    try {
      participants.addresses =
          members.collect(
              shares.flatMap(
                  share ->
                      Participant.begin(spec, TaskContext.getPartitionId(), share).stream()
                          .iterator()));
      begun = true;
    } finally {
      if (!begun) {
        participants.close();
      }
    }
    return participants;
  }

  /** A question that the driver asks every executor of a training. */
  @FunctionalInterface
  interface Question<S, A> extends Serializable {
    A answer(Participant<S> participant);
  }

  /**
   * Asks all executors, and returns their answers in their order.
   *
   * @throws ExecutionException if an executor fails, or is lost
   */
  <A> List<A> ask(Question<S, A> question) throws ExecutionException, InterruptedException {
    String training = spec.training();
    return JobWait.await(
        shares
            .mapPartitions(
                share ->
                    List.of(
                            question.answer(
                                Participant.<S>of(training, TaskContext.getPartitionId())))
                        .iterator())
            .collectAsync(),
        this::obstacle);
  }

  /**
   * Returns how many numbers each executor may send to the driver in one job. Together they stay
   * well below Spark's limit on a job's results.
   */
  int numbersAtOnce() {
    long limit = shares.context().getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    long bytes = limit == 0 ? PIECE_BYTES : Math.min(PIECE_BYTES, limit / 4);
    return (int) Math.max(1, bytes / Float.BYTES / spec.topology().executors());
  }

  /**
   * Makes all replicas continue from their progress when they do their next steps.
   *
   * @param all the progress of all replicas, in their order
   */
  void restoreBeforeSteps(List<ReplicaProgress> all) {
    beforeSteps = List.copyOf(all);
  }

  /**
   * Returns why a running job can no longer succeed: an executor was lost since the training began.
   */
  private Optional<String> obstacle() {
    return lost.describeIfMoreThan(lostBefore);
  }

  /** The work of the driver between two steps. */
  interface BetweenSteps {
    /**
     * Handles the reports of a step, and says whether another follows.
     *
     * @param reports the executors' reports, in their order
     * @return the labels of the next step's batch; empty to do no more steps for now
     */
    Optional<int[]> stepEnded(List<StepReport> reports);
  }

  /**
   * Makes the executors do steps, all in one Spark job, until {@code between} wants no more.
   *
   * @param first the position of the first step
   * @param labels the labels of the first step's batch
   * @throws ExecutionException if an executor fails, or is lost
   */
  void steps(StepPosition first, int[] labels, BetweenSteps between)
      throws ExecutionException, InterruptedException {
    JavaFutureAction<Void> job =
        shares.foreachPartitionAsync(
            new Steps<>(spec.training(), beforeSteps, first, labels, addresses));
    beforeSteps = List.of();
    try {
      Optional<int[]> next = Optional.of(labels);
      while (next.isPresent()) {
        List<StepReport> reports =
            List.of(rendezvous.awaitReports(job, this::obstacle)).stream()
                .map(StepReport::of)
                .toList();
        next = Optional.empty(); // unless all goes well
        try {
          next = between.stepEnded(reports);
        } finally {
          rendezvous.answer(next);
        }
      }
      JobWait.await(job, this::obstacle);
    } finally {
      job.cancel(true); // does nothing once the job is done
    }
  }

  /**
   * The task of an executor: steps until the driver says to stop.
   *
   * @param before the progress of all replicas to continue from; empty to go on from their own
   */
  private record Steps<S>(
      String training,
      List<ReplicaProgress> before,
      StepPosition first,
      int[] labels,
      List<ExecutorAddress> addresses)
      implements VoidFunction<Iterator<SampleShare<S>>> {
    @Override
    public void call(Iterator<SampleShare<S>> share) {
      Participant<S> participant = Participant.of(training, TaskContext.getPartitionId());
      if (!before.isEmpty()) {
        participant.restore(before);
      }
      participant.run(first, labels, addresses);
    }
  }

  /** Frees the participants' memory. A lost executor has taken its own with it. */
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
    // The clean-up must run even where the training's jobs are cancelled.
    spark.setLocalProperty(StepDeadline.GROUP, null);
    JavaRDD<?> everywhere = members.areAll() ? shares : members.onEach();
    JavaFutureAction<Void> cleaned =
        everywhere.foreachPartitionAsync(
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
      cleaned.cancel(true); // does nothing once the job is done
    }
  }
}
