package org.finegrain.bigdl.executor;

import java.io.Serializable;
import java.util.List;

/**
 * The sizes of the vectors that an executor holds of a training, which it tells the driver before
 * the driver fetches them, and the progress of its replicas.
 *
 * @param length the number of weights in the executor's slice
 * @param memories how many numbers the optimizer remembers of each weight
 * @param averages whether an average of the weights is kept
 * @param replicas the progress of the executor's replicas, in their order
 */
public record SliceOutline(
    int length, int memories, boolean averages, List<ReplicaProgress> replicas)
    implements Serializable {}
