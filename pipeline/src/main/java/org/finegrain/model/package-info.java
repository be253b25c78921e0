/**
 * Describes networks independently of any engine: layers, parameters under torchvision's names,
 * their counts and costs, initial and given weights, and the safetensors file format.
 *
 * <p>Start at {@link org.finegrain.model.ResNet} for networks, and at {@link
 * org.finegrain.model.NamedTensors} for weights. The package computes nothing itself. It may use
 * {@code attention}, {@code config} and {@code random}.
 *
 * <p>Promise: equal settings and seeds give equal layers, names and initial weights. A file that
 * does not fit the network is refused, and the message names every fault.
 */
package org.finegrain.model;
