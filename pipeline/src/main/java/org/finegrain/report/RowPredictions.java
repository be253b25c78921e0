package org.finegrain.report;

import java.util.List;
import org.finegrain.report.statistics.ImageHits;

/**
 * The predictions of the nets of one row on the test images of one column, as far as a report needs
 * them. The row's seeds whose predictions could not be read, or are of other images than those of
 * most seeds, are left out; the page names them.
 *
 * @param seeds the seeds, ascending
 * @param hits for each seed, in the order of {@code seeds}, which images were predicted right; the
 *     images are sorted by their id
 * @param images a hash of the ids and labels of all images: only rows of equal hashes were scored
 *     on the same images, in the same order
 * @param confusion how often images of one class were taken for another, summed over the seeds
 * @param classes the classes in label order
 * @param reliability the {@link ReliabilityBin#BINS} bins of confidence, summed over the seeds
 */
record RowPredictions(
    List<Long> seeds,
    ImageHits hits,
    String images,
    ConfusionCounts confusion,
    List<ClassHits> classes,
    List<ReliabilityBin> reliability) {

  /**
   * The hits of one class.
   *
   * @param name the name of the class as the dataset has it, not escaped; its number where no run
   *     folder of the row has readable names
   * @param images the number of test images of the class
   * @param hits how often one of them was predicted right, over all seeds: at most {@code images ·
   *     seeds}
   */
  record ClassHits(String name, long images, long hits) {}
}
