package org.finegrain.random;

/**
 * The purpose of a random number. It is part of the seed, so that two purposes never share a
 * stream.
 */
public enum Purpose {
  AUGMENT,
  INITIAL_WEIGHTS,
  LOSS_MASK,
  ORDER,
  SPLIT,
  SWEEP_DRAWS,
  SYNTHESIZE
}
