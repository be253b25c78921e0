package org.finegrain.engine;

import java.io.Serializable;

/**
 * What a training is spread over.
 *
 * <p>An executor is a process that the cluster has; a replica is a copy of the network that sees
 * its own part of each batch and whose gradients are averaged. MKL-DNN keeps one replica an
 * executor and gives it all threads; MKL-BLAS keeps one a core.
 */
public record Topology(EngineKind engine, int executors, int coresPerExecutor)
    implements Serializable {
  public int replicas() {
    return executors * replicasPerExecutor();
  }

  public int replicasPerExecutor() {
    return engine == EngineKind.MKL_DNN ? 1 : coresPerExecutor;
  }

  public int coresPerReplica() {
    return coresPerExecutor / replicasPerExecutor();
  }
}
