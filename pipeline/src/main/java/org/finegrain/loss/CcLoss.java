package org.finegrain.loss;

/** The cross-channel loss. */
public final class CcLoss {
  private CcLoss() {}
}
