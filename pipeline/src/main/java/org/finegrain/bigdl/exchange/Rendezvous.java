package org.finegrain.bigdl.exchange;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.JobWait;
import scala.Function1;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The place on the driver where the executors of a training wait for one another. Each executor
 * sends a message with its numbers, and gets an answer when all have sent theirs. BigDL starts a
 * Spark job for each part of a step instead, which takes tens of milliseconds to reach the
 * executors.
 *
 * <p>Within a step, executors get the numbers of all as soon as the last has arrived. At the end of
 * a step, they wait until the driver calls {@link #answer}.
 */
public final class Rendezvous implements ThreadSafeRpcEndpoint, AutoCloseable {
  private static final long POLL_MILLIS = 100;

  /** An executor that waits here for an answer, with the numbers that it sent. */
  private record WaitingExecutor(RpcCallContext caller, double[] numbers) {}

  private final RpcEnv rpc = SparkEnv.get().rpcEnv();
  private final WaitingExecutor[] arrived;
  private final BlockingQueue<WaitingExecutor[]> steps = new LinkedBlockingQueue<>();
  private int missing;
  private WaitingExecutor[] unanswered = {};

  private Rendezvous(int executors) {
    arrived = new WaitingExecutor[executors];
    missing = executors;
  }

  /** Opens the place where {@code executors} executors of a training meet. */
  public static Rendezvous open(String training, int executors) {
    Rendezvous rendezvous = new Rendezvous(executors);
    rendezvous.rpc.setupEndpoint(name(training), rendezvous);
    return rendezvous;
  }

  /** Returns the name of the endpoint that executors send their messages to. */
  static String name(String training) {
    return "finegrain-" + training;
  }

  /**
   * Waits until all executors have ended a step.
   *
   * @param job the job in which executors compute the step
   * @param obstacle returns why the step can no longer end; empty while it can
   * @return the numbers that each executor reports, in their order
   * @throws ExecutionException if the job fails, or is cancelled because of an obstacle
   */
  public double[][] awaitReports(JavaFutureAction<Void> job, Supplier<Optional<String>> obstacle)
      throws ExecutionException, InterruptedException {
    WaitingExecutor[] all = null;
    while (all == null) {
      all = steps.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (all == null && job.isDone()) {
        job.get();
        throw new IllegalStateException("The executors' tasks ended before the step did");
      }
      if (all == null) {
        JobWait.cancelIf(obstacle, job);
      }
    }
    unanswered = all;
    return numbers(all);
  }

  /**
   * Answers the executors that have ended a step.
   *
   * @param labels the labels of the next step's batch; empty if the executors are to end their
   *     tasks
   */
  public void answer(Optional<int[]> labels) {
    int[][] reply = labels.map(next -> new int[][] {next}).orElse(new int[0][]);
    for (WaitingExecutor executor : unanswered) {
      executor.caller().reply(reply);
    }
    unanswered = new WaitingExecutor[0];
  }

  /**
   * Receives a message of {@link RendezvousClient}: the executor's number, whether it ends a step,
   * and its numbers.
   */
  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext caller) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return message instanceof double[];
      }

      @Override
      public <A, B> B applyOrElse(A message, Function1<A, B> otherwise) {
        if (!(message instanceof double[] numbers)) {
          return otherwise.apply(message);
        }
        arrive(
            (int) numbers[0],
            numbers[1] != 0,
            new WaitingExecutor(caller, Arrays.copyOfRange(numbers, 2, numbers.length)));
        return BigDl.cast(BoxedUnit.UNIT);
      }
    };
  }

  private void arrive(int executor, boolean endsStep, WaitingExecutor waiting) {
    arrived[executor] = waiting;
    missing--;
    if (missing > 0) {
      return;
    }
    WaitingExecutor[] all = arrived.clone();
    missing = all.length;
    if (endsStep) {
      steps.add(all);
    } else {
      double[][] numbers = numbers(all);
      for (WaitingExecutor answered : all) {
        answered.caller().reply(numbers);
      }
    }
  }

  private static double[][] numbers(WaitingExecutor[] all) {
    return Arrays.stream(all).map(WaitingExecutor::numbers).toArray(double[][]::new);
  }

  @Override
  public RpcEnv rpcEnv() {
    return rpc;
  }

  @Override
  public void close() {
    stop();
  }
}
