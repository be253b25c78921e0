/**
 * Decodes, crops, resizes, augments and normalises images.
 *
 * <p>Start at {@link org.finegrain.image.ImageDecoder} for files, and at {@link
 * org.finegrain.image.TrainingTransform} for what the network sees. The package may use {@code
 * config} for its settings. It knows neither Spark nor BigDL.
 *
 * <p>Promise: the same bytes and the same random numbers give the same pixels, on any machine and
 * in any thread. Nothing is written to disk.
 */
package org.finegrain.image;
