package org.finegrain.bigdl.executor;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.finegrain.bigdl.exchange.ExecutorAddress;
import org.finegrain.bigdl.exchange.Parameters;
import org.finegrain.bigdl.exchange.RendezvousClient;
import org.finegrain.bigdl.feed.Batch;
import org.finegrain.bigdl.feed.BatchFeed;
import org.finegrain.bigdl.feed.SampleShare;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.EnginePool;
import org.finegrain.bigdl.interop.TaskWait;
import org.finegrain.engine.OptimizerState;
import org.finegrain.engine.StepPosition;
import org.finegrain.engine.StepReport;
import org.finegrain.optimizer.UpdateRule;
import scala.Function0;

/**
 * An executor's part in a training: replicas that share their weights, a slice of the flat vector,
 * and the executor's part of each batch. It stays in the process from before the first step until
 * after the last. The executor does its steps in lockstep with the others, many of them in one
 * task.
 *
 * @param <S> the type of a sample
 */
public final class Participant<S> {
  /** The key of a participant in its process. */
  private record Key(String training, int executor) {}

  private static final Map<Key, Participant<?>> PARTICIPANTS = new ConcurrentHashMap<>();
  private static final double NANOS = 1e9;

  private final ParticipantSpec<S> spec;
  private final int executor;
  private final List<Replica> replicas;
  private final Parameters parameters;
  private final SliceOptimizer optimizer;
  private final BatchFeed<S> feed;

  /** Completes when the last call of {@link #run} returns. */
  private volatile CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

  private Throwable failure;

  private Participant(
      ParticipantSpec<S> spec,
      int executor,
      List<Replica> replicas,
      Parameters parameters,
      SliceOptimizer optimizer,
      BatchFeed<S> feed) {
    this.spec = spec;
    this.executor = executor;
    this.replicas = replicas;
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.feed = feed;
  }

  /**
   * Creates the participant of this executor.
   *
   * @param executor the number of this executor, from 0
   * @param share the samples that it holds
   * @return the address at which the other executors fetch; empty if there are none
   */
  public static <S> Optional<ExecutorAddress> begin(
      ParticipantSpec<S> spec, int executor, SampleShare<S> share) {
    List<Replica> replicas = spec.replicas();
    Parameters parameters = spec.parameters(executor, replicas.get(0));
    boolean begun = false;
    try {
      Participant<S> participant =
          new Participant<>(
              spec,
              executor,
              replicas,
              parameters,
              spec.optimizer(parameters),
              new BatchFeed<>(spec.batches(), executor, share, spec.topology().coresPerExecutor()));
      if (!spec.soFar().isEmpty()) {
        participant.restore(spec.soFar());
      }
      PARTICIPANTS.put(new Key(spec.training(), executor), participant);
      begun = true;
    } finally {
      if (!begun) {
        parameters.close();
      }
    }
    return parameters.address();
  }

  /**
   * Returns the participant of this executor.
   *
   * @throws IllegalStateException if it was lost with the process that held it
   */
  public static <S> Participant<S> of(String training, int executor) {
    Participant<?> participant = PARTICIPANTS.get(new Key(training, executor));
    if (participant == null) {
      throw new IllegalStateException(
          "Cannot continue: the executor that held this part of the training is lost; resume from"
              + " the last checkpoint");
    }
    return BigDl.cast(participant);
  }

  /** Closes the participants of a training in this process, once they have ended their steps. */
  public static void close(String training) {
    PARTICIPANTS
        .entrySet()
        .removeIf(
            entry -> {
              boolean mine = entry.getKey().training().equals(training);
              if (mine) {
                entry.getValue().close();
              }
              return mine;
            });
  }

  private void close() {
    feed.close();
    TaskWait.await(ended, "steps to end");
    parameters.close();
  }

  /**
   * Does steps from {@code first} on until the driver says to stop.
   *
   * @param labels the labels of the first step's batch
   * @param addresses the addresses of all executors, in their order
   */
  public void run(StepPosition first, int[] labels, List<ExecutorAddress> addresses) {
    requireFirstAttempt();
    CompletableFuture<Void> end = new CompletableFuture<>();
    ended = end;
    try {
      parameters.connect(addresses);
      RendezvousClient rendezvous =
          RendezvousClient.of(spec.training(), executor, spec.topology().executors());
      StepPosition position = first;
      Optional<int[]> next = Optional.of(labels);
      while (next.isPresent()) {
        StepReport report = step(position, next.get(), rendezvous);
        position = position.next(spec.batches().plan().steps());
        next = rendezvous.endStep(report.numbers());
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      end.complete(null);
    }
  }

  /** Fails if Spark retries a failed task, because a part of its steps has been done. */
  private void requireFirstAttempt() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (TaskContext.get().attemptNumber() > 0) {
      throw new IllegalStateException(
          "Cannot retry the steps of a training: a part of them has been done");
    }
  }

  private StepReport step(StepPosition position, int[] labels, RendezvousClient rendezvous) {
    long begin = System.nanoTime();
    Batch batch = feed.take(position).withBatchLabels(labels);
    long loaded = System.nanoTime();
    parameters.receiveWeights();
    long received = System.nanoTime();
    double loss = pass(batch);
    long computed = System.nanoTime();
    parameters.giveGradients();
    rendezvous.gather();
    long met = System.nanoTime();
    float[] gradient = parameters.meanGradient(spec.topology().replicas());
    double norm = 0;
    double scale = 1;
    if (spec.step().optimizer().clipNorm() > 0) {
      norm = GradientClipping.norm(rendezvous.gather(optimizer.sumOfSquares(gradient)));
      scale = GradientClipping.scale(norm, spec.step().optimizer().clipNorm());
    }
    long step = position.index(spec.batches().plan().steps());
    optimizer.update(
        parameters.slice(),
        gradient,
        new UpdateRule.Step(step + 1, spec.learningRate().at(step), scale));
    parameters.giveWeights();
    return new StepReport(
        loss,
        norm,
        (loaded - begin) / NANOS,
        (computed - received) / NANOS,
        (met - computed) / NANOS);
  }

  /**
   * Does the forward and backward passes of all replicas at once. Leaves the sum of their gradients
   * in the first replica's.
   *
   * @return the sum of the replicas' losses
   */
  private double pass(Batch batch) {
    int samples = batch.images().size(1);
    List<Function0<Float>> passes = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      Replica replica = replicas.get(i);
      int from = (int) ((long) samples * i / replicas.size());
      int to = (int) ((long) samples * (i + 1) / replicas.size());
      Tensor<Object> images = batch.images().narrow(1, from + 1, to - from);
      Tensor<Object> target = batch.target().narrow(1, from + 1, to - from);
      passes.add(() -> replica.pass(images, target));
    }
    double loss = 0;
    for (float replicaLoss : EnginePool.invokeAll(passes)) {
      loss += replicaLoss;
    }
    float[] sum = replicas.get(0).gradients();
    for (Replica replica : replicas.subList(1, replicas.size())) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += replica.gradients()[i];
      }
    }
    return loss;
  }

  /** Returns the sizes of {@link #vectors} and the progress of the replicas. */
  public SliceOutline outline() {
    OptimizerState remembered = optimizer.remembered();
    return new SliceOutline(
        parameters.slice().length,
        remembered.memory().length,
        remembered.average().length > 0,
        replicas.stream().map(Replica::progress).toList());
  }

  /** Returns the slice's weights and what the optimizer remembers of them, without a copy. */
  public SliceVectors vectors() {
    float[] slice = parameters.slice();
    return new SliceVectors(optimizer.remembered().vectorsWith(slice), 0, slice.length);
  }

  /**
   * Makes this executor's replicas continue from their progress.
   *
   * @param all the progress of all replicas of the training, in their order
   */
  public void restore(List<ReplicaProgress> all) {
    for (int i = 0; i < replicas.size(); i++) {
      replicas.get(i).restore(all.get(executor * replicas.size() + i));
    }
  }
}
