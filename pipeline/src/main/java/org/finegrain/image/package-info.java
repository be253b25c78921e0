/**
 * Pure pixel functions: decode, crop, resize, augment, normalise. Start at {@link
 * org.finegrain.image.TrainingTransform} and {@link org.finegrain.image.ImageDecoder}.
 *
 * <p>Depends on the JDK and on {@code config} for its settings; knows no Spark and no BigDL.
 * Promise: the same bytes and the same random numbers give the same pixels, on any machine and in
 * any thread; nothing is written to disk.
 */
package org.finegrain.image;
