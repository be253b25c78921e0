package org.finegrain.engine;

import java.io.Serializable;

/**
 * The executors and replicas that a training is spread over.
 *
 * <p>An executor is a process of the cluster. A replica is a copy of the network that computes the
 * gradient of its part of every batch; the mean over the replicas updates the weights. With MKL-DNN
 * an executor holds one replica, which uses all its threads; with MKL-BLAS it holds one replica for
 * each core.
 *
 * @param engine the native library that computes
 * @param executors the number of executors
 * @param coresPerExecutor the number of cores of each executor
 */
public record Topology(EngineKind engine, int executors, int coresPerExecutor)
    implements Serializable {
  /** Returns the same with another number of executors. */
  public Topology withExecutors(int number) {
    return new Topology(engine, number, coresPerExecutor);
  }

  /** Returns the number of replicas over all executors. */
  public int replicas() {
    return executors * replicasPerExecutor();
  }

  /** Returns the number of replicas in each executor. */
  public int replicasPerExecutor() {
    return engine == EngineKind.MKL_DNN ? 1 : coresPerExecutor;
  }

  /** Returns the number of cores that each replica computes with. */
  public int coresPerReplica() {
    return coresPerExecutor / replicasPerExecutor();
  }
}
