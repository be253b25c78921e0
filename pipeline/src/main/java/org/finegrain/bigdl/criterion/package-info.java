/**
 * The loss of a training as a criterion of BigDL: the sum of the terms that the configuration asks
 * for, computed by the pure kernels of {@code loss} over one replica's part of a batch.
 *
 * <p>Start at {@link org.finegrain.bigdl.criterion.TotalLossCriterion}.
 */
package org.finegrain.bigdl.criterion;
