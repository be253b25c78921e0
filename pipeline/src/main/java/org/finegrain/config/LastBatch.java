package org.finegrain.config;

/** What becomes of the samples of an epoch that do not fill a last batch. */
public enum LastBatch {
  /** They are left out; others in each epoch. */
  DROP,
  /** The batch is filled up with the samples that the epoch began with. */
  WRAP
}
