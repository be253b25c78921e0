package org.finegrain.bigdl.exchange;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.util.RpcUtils;
import org.apache.spark.util.ThreadUtils;
import org.finegrain.bigdl.interop.TaskWait;
import scala.concurrent.Future;
import scala.concurrent.duration.Duration;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.util.Try;

/** An executor's connection to the {@link Rendezvous} of its training. */
public final class RendezvousClient {
  /** A limit that is never reached: the driver cancels tasks that wait in vain. */
  private static final RpcTimeout LIMIT =
      new RpcTimeout(Duration.create(1000, TimeUnit.DAYS), "train.recovery.step-timeout");

  private final RpcEndpointRef driver;
  private final int executor;
  private final int executors;

  private RendezvousClient(RpcEndpointRef driver, int executor, int executors) {
    this.driver = driver;
    this.executor = executor;
    this.executors = executors;
  }

  /**
   * Connects this executor to the rendezvous of a training on the driver.
   *
   * @param training the id of the training
   * @param executor the number of this executor, from 0
   * @param executors the number of executors
   */
  public static RendezvousClient of(String training, int executor, int executors) {
    SparkEnv spark = SparkEnv.get();
    return new RendezvousClient(
        RpcUtils.makeDriverRef(Rendezvous.name(training), spark.conf(), spark.rpcEnv()),
        executor,
        executors);
  }

  /**
   * Sends this executor's numbers, and waits until all executors have sent theirs.
   *
   * @return the numbers of each executor, in their order
   */
  public double[][] gather(double... numbers) {
    return executors == 1 ? new double[][] {numbers} : (double[][]) ask(false, numbers);
  }

  /**
   * Sends this executor's report of a step. Waits until all executors have ended the step and the
   * driver says what follows.
   *
   * @return the labels of the next step's batch; empty if this executor is to end its task
   */
  public Optional<int[]> endStep(double... report) {
    return Arrays.stream((int[][]) ask(true, report)).findFirst();
  }

  /**
   * Sends a message and waits for the answer. Messages are arrays of Java, because Spark reads them
   * with a class loader that does not know our classes.
   */
  private Object ask(boolean endsStep, double[] numbers) {
    double[] message = new double[numbers.length + 2];
    message[0] = executor;
    message[1] = endsStep ? 1 : 0;
    System.arraycopy(numbers, 0, message, 2, numbers.length);
    try {
      return TaskWait.await(
          java(driver.ask(message, LIMIT, ClassTag$.MODULE$.apply(Object.class))),
          "the other executors");
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "Cannot wait for the other executors at the driver: " + e.getCause(), e.getCause());
    }
  }

  private static CompletableFuture<Object> java(Future<Object> scala) {
    CompletableFuture<Object> java = new CompletableFuture<>();
    scala.onComplete(
        new AbstractFunction1<Try<Object>, Object>() {
          @Override
          public Object apply(Try<Object> result) {
            return result.isSuccess()
                ? java.complete(result.get())
                : java.completeExceptionally(result.failed().get());
          }
        },
        ThreadUtils.sameThread());
    return java;
  }
}
