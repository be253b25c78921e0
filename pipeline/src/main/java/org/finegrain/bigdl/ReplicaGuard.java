package org.finegrain.bigdl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows, in an executor, the replicas that its trainings began with. Where an executor is replaced,
 * or Spark drops a replica for lack of memory, Spark makes the replica anew, as it was before the
 * first step: the training would go on with part of its weights set back, and say nothing.
 */
final class ReplicaGuard {
  private record Key(String training, int partition) {}

  private static final Map<Key, Object> REPLICAS = new ConcurrentHashMap<>();

  private ReplicaGuard() {}

  /** In the first step of a training. */
  static void begin(String training, int partition, Object replica) {
    REPLICAS.put(new Key(training, partition), replica);
  }

  /**
   * In all that follows.
   *
   * @throws IllegalStateException if {@code replica} is not the one that the training began with
   */
  static void require(String training, int partition, Object replica) {
    if (REPLICAS.get(new Key(training, partition)) != replica) {
      throw new IllegalStateException(
          "Cannot go on with a replica that was lost with its executor, or for lack of memory: resume from the last checkpoint, with more spark.executor.memory if it happens again");
    }
  }

  static void end(String training) {
    REPLICAS.keySet().removeIf(key -> key.training().equals(training));
  }
}
