/**
 * The network of BigDL that computes a layer graph, the places of its parameters in the flat
 * vectors of weights, gradients and momentum, and the update rule of each parameter.
 *
 * <p>Start at {@link org.finegrain.bigdl.network.NetworkBuilder} and at {@link
 * org.finegrain.bigdl.network.ParameterLayout}.
 */
package org.finegrain.bigdl.network;
