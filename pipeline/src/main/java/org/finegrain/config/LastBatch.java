package org.finegrain.config;

/** The treatment of the samples of an epoch that do not fill a last batch. */
public enum LastBatch {
  /** The samples are left out. They are other ones in each epoch. */
  DROP,
  /** The batch is filled up with the first samples of the epoch. */
  WRAP
}
