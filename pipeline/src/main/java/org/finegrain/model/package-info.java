/**
 * What a network is, apart from any engine: its layers, its parameters under torchvision's names,
 * their counts and costs, initial and given values, and the safetensors file format. Start at
 * {@link org.finegrain.model.NamedTensors}. May use {@code attention}, {@code config} and {@code
 * random}.
 */
package org.finegrain.model;
