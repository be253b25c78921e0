package org.finegrain.config;

/** What batch norms normalise with in training: the batch's statistics, or the stored ones. */
public enum BatchNormStatistics {
  BATCH,
  STORED
}
