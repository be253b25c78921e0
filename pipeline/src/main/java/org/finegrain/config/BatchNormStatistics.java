package org.finegrain.config;

/** The statistics that batch norms use in training: those of the batch, or the stored ones. */
public enum BatchNormStatistics {
  BATCH,
  STORED
}
