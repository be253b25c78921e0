/**
 * A layer graph turned into a network of BigDL, and the map between the parameters' names and their
 * places in the flat vectors of weights, gradients and running estimates.
 *
 * <p>Start at {@link org.finegrain.bigdl.network.NetworkBuilder} and at {@link
 * org.finegrain.bigdl.network.ParameterLayout}.
 */
package org.finegrain.bigdl.network;
