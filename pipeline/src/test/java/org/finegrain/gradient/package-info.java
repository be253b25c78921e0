/**
 * Checks analytic gradients against central differences.
 *
 * <p>Start at {@link org.finegrain.gradient.GradientCheck}.
 */
package org.finegrain.gradient;
