/**
 * Reads the lists of the four original layouts, describes the published datasets, and draws
 * synthetic ones.
 *
 * <p>Start at {@link org.finegrain.dataset.DatasetReader}. The package may use {@code storage},
 * {@code random}, {@code config} and a library for MAT files. It knows no Spark, and its readers
 * open no image.
 *
 * <p>Promise: a reader returns what the lists say, or throws an exception that names file, row and
 * remedy. Samples are sorted by image id, and no listed path leads out of the dataset's folder.
 */
package org.finegrain.dataset;
