/**
 * The layers that BigDL lacks, as modules of BigDL: attention, batch norm with the running
 * estimates of PyTorch, the centers of center loss, and dilated convolution without bias. They
 * compute on arrays of the JVM's heap.
 *
 * <p>Start at {@link org.finegrain.bigdl.layer.AttentionLayer}. A layer knows nothing of the
 * network around it.
 */
package org.finegrain.bigdl.layer;
