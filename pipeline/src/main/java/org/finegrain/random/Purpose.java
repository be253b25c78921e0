package org.finegrain.random;

/**
 * What a random number is drawn for; part of the seed, so that two purposes never share a stream.
 */
public enum Purpose {
  AUGMENT,
  INITIAL_WEIGHTS,
  LOSS_MASK,
  ORDER,
  SPLIT,
  SYNTHESIZE
}
