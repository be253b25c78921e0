/**
 * Checks of analytic gradients against central differences. Start at {@link
 * org.finegrain.gradient.GradientCheck}.
 */
package org.finegrain.gradient;
