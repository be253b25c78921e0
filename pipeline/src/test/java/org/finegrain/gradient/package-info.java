/**
 * Checks analytic gradients against central differences.
 *
 * <p>Start at {@link org.finegrain.gradient.GradientCheck}. The package knows arrays alone.
 *
 * <p>Promise: every element of a gradient is checked, and a NaN never passes.
 */
package org.finegrain.gradient;
