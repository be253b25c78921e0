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
 * Where the executors of a training meet, on the driver: each says its numbers, and goes on when
 * all have, which takes a message each way. A Spark job for each part of a step, as BigDL has it,
 * takes tens of milliseconds to reach the executors.
 *
 * <p>Within a step that concerns executors only, and is answered at once. At the end of a step they
 * wait for the driver's {@link #answer}.
 */
public final class Rendezvous implements ThreadSafeRpcEndpoint, AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private record Arrival(RpcCallContext caller, double[] numbers) {}

  private final RpcEnv rpc = SparkEnv.get().rpcEnv();
  private final Arrival[] arrived;
  private final BlockingQueue<Arrival[]> steps = new LinkedBlockingQueue<>();
  private int missing;
  private Arrival[] unanswered = {};

  private Rendezvous(int executors) {
    arrived = new Arrival[executors];
    missing = executors;
  }

  public static Rendezvous open(String training, int executors) {
    Rendezvous rendezvous = new Rendezvous(executors);
    rendezvous.rpc.setupEndpoint(name(training), rendezvous);
    return rendezvous;
  }

  static String name(String training) {
    return "finegrain-" + training;
  }

  /**
   * Waits for the end of a step.
   *
   * @param job in which it is computed
   * @param obstacle says why the step cannot end any more
   * @return what each executor reports, in their order
   * @throws ExecutionException if the job fails or is cancelled
   */
  public double[][] stepEnded(JavaFutureAction<Void> job, Supplier<Optional<String>> obstacle)
      throws ExecutionException, InterruptedException {
    Arrival[] all = null;
    while (all == null) {
      all = steps.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (all == null && job.isDone()) {
        job.get();
        throw new IllegalStateException("Executors ended before the step did");
      }
      if (all == null) {
        JobWait.cancelIf(obstacle, job);
      }
    }
    unanswered = all;
    return numbers(all);
  }

  /**
   * Ends what {@link #stepEnded} began.
   *
   * @param labels of the next step's batch; empty: executors are to do no more steps
   */
  public void answer(Optional<int[]> labels) {
    int[][] reply = labels.map(it -> new int[][] {it}).orElse(new int[0][]);
    for (Arrival arrival : unanswered) {
      arrival.caller().reply(reply);
    }
    unanswered = new Arrival[0];
  }

  /**
   * A message is one of {@link RendezvousClient}: the executor, whether a step ends, and numbers.
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
        if (!(message instanceof double[] said)) {
          return otherwise.apply(message);
        }
        arrive(
            (int) said[0],
            said[1] != 0,
            new Arrival(caller, Arrays.copyOfRange(said, 2, said.length)));
        return BigDl.cast(BoxedUnit.UNIT);
      }
    };
  }

  private void arrive(int executor, boolean endsStep, Arrival arrival) {
    arrived[executor] = arrival;
    missing--;
    if (missing > 0) {
      return;
    }
    Arrival[] all = arrived.clone();
    missing = all.length;
    if (endsStep) {
      steps.add(all);
    } else {
      double[][] numbers = numbers(all);
      for (Arrival each : all) {
        each.caller().reply(numbers);
      }
    }
  }

  private static double[][] numbers(Arrival[] all) {
    return Arrays.stream(all).map(Arrival::numbers).toArray(double[][]::new);
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
