/**
 * A network on MKL-DNN. BigDL converts a graph to it; this package corrects the conversion's
 * faults, shares native memory between layers, and replaces layers by our own for attention,
 * minimal filtering and stored statistics.
 *
 * <p>Start at {@link org.finegrain.bigdl.mkldnn.MklDnnNetwork}, which lists the faults and the
 * class that corrects each. This is the only package that uses native memory and BigDL's internals.
 */
package org.finegrain.bigdl.mkldnn;
