/**
 * The layers that BigDL lacks, written as layers of BigDL around the pure kernels of {@code
 * attention} and {@code model}: attention, batch norm with PyTorch's estimates, class centers, and
 * convolutions that are dilated or have no bias. They work on arrays of the JVM's heap.
 *
 * <p>Start at {@link org.finegrain.bigdl.layer.AttentionLayer}. These layers know nothing of the
 * graph that they stand in.
 */
package org.finegrain.bigdl.layer;
