/**
 * The four original layouts, their manifests, the split, and synthetic datasets. Start at {@link
 * org.finegrain.dataset.DatasetReader}. May use {@code storage}, {@code random}, {@code config} and
 * a MAT-file library; never Spark.
 */
package org.finegrain.dataset;
