/**
 * Pure pixel functions: decode, crop, resize, augment, normalise. Start at {@link
 * org.finegrain.image.RgbImage}. Knows no Spark and no BigDL.
 */
package org.finegrain.image;
