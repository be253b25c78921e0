/**
 * A network on MKL-DNN: BigDL's conversion of a graph, with its faults mended, its native memory
 * shared between layers, and our own layers for attention, minimal filtering and stored statistics
 * put in the place of BigDL's.
 *
 * <p>Start at {@link org.finegrain.bigdl.mkldnn.SlimIrGraph}, which lists the faults and who mends
 * each. This is the one package that works on native memory and on BigDL's internals.
 */
package org.finegrain.bigdl.mkldnn;
