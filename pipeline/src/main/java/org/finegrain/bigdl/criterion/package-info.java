/**
 * The loss of a training as a criterion of BigDL. It is the sum of the terms that the configuration
 * asks for. The pure kernels of {@code loss} compute them over one replica's part of a batch.
 *
 * <p>Start at {@link org.finegrain.bigdl.criterion.TotalLossCriterion}.
 */
package org.finegrain.bigdl.criterion;
