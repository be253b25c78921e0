package org.finegrain.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.finegrain.report.statistics.ImageHits;

/**
 * The predictions of one or several seeds of a row on the same images, as tasks reduce them. Sums
 * of whole numbers are taken at once; sums of fractions only at the end in the order of the seeds,
 * so that they do not depend on the order of tasks.
 */
final class SeedPredictions implements Serializable {
  private static final long serialVersionUID = 1;

  private final int images;
  private final TreeMap<Long, OfSeed> seeds;
  private final ConfusionCounts confusion;

  /**
   * The part that is held for each seed.
   *
   * @param run the number of the run among those that are read
   * @param hits a bit for each image, sorted by id
   * @param classNames the names in label order; empty if they are not known
   */
  private record OfSeed(int run, BitSet hits, List<ReliabilityBin> bins, List<String> classNames)
      implements Serializable {}

  private SeedPredictions(int images, TreeMap<Long, OfSeed> seeds, ConfusionCounts confusion) {
    this.images = images;
    this.seeds = seeds;
    this.confusion = confusion;
  }

  /**
   * Reduces the predictions of one seed.
   *
   * @param run the number of the run
   * @param predictions sorted by image
   */
  static SeedPredictions of(
      int run,
      long seed,
      List<PredictionsFile.Prediction> predictions,
      ConfusionCounts confusion,
      List<String> classNames) {
    BitSet hits = new BitSet(predictions.size());
    List<ReliabilityBin> bins = emptyBins();
    for (int image = 0; image < predictions.size(); image++) {
      PredictionsFile.Prediction prediction = predictions.get(image);
      boolean hit = prediction.isHit();
      hits.set(image, hit);
      if (!Double.isNaN(prediction.confidence())) {
        add(bins, prediction.confidence(), hit);
      }
    }
    TreeMap<Long, OfSeed> seeds = new TreeMap<>();
    seeds.put(seed, new OfSeed(run, hits, List.copyOf(bins), classNames));
    return new SeedPredictions(predictions.size(), seeds, confusion);
  }

  private static List<ReliabilityBin> emptyBins() {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int bin = 0; bin < ReliabilityBin.BINS; bin++) {
      bins.add(ReliabilityBin.EMPTY);
    }
    return bins;
  }

  private static void add(List<ReliabilityBin> bins, double confidence, boolean hit) {
    int bin = ReliabilityBin.of(confidence);
    bins.set(bin, bins.get(bin).plus(new ReliabilityBin(1, confidence, hit ? 1 : 0)));
  }

  /** Returns these seeds and those of {@code other}, which are of the same row and images. */
  SeedPredictions plus(SeedPredictions other) {
    TreeMap<Long, OfSeed> all = new TreeMap<>(seeds);
    all.putAll(other.seeds);
    return new SeedPredictions(images, all, confusion.plus(other.confusion));
  }

  /** Returns the number of seeds. */
  int count() {
    return seeds.size();
  }

  /** Returns the numbers of the runs, by seed. */
  List<Integer> runs() {
    return seeds.values().stream().map(OfSeed::run).toList();
  }

  /**
   * Returns the row.
   *
   * @param hash the hash of the images
   * @param classCount the number of classes
   */
  RowPredictions row(String hash, int classCount) {
    List<ReliabilityBin> bins = emptyBins();
    for (OfSeed seed : seeds.values()) {
      for (int bin = 0; bin < ReliabilityBin.BINS; bin++) {
        bins.set(bin, bins.get(bin).plus(seed.bins().get(bin)));
      }
    }
    return new RowPredictions(
        List.copyOf(seeds.keySet()),
        ImageHits.of(images, seeds.values().stream().map(OfSeed::hits).toList()),
        hash,
        confusion,
        classes(classCount),
        List.copyOf(bins));
  }

  private List<RowPredictions.ClassHits> classes(int classCount) {
    List<String> names =
        seeds.values().stream()
            .map(OfSeed::classNames)
            .filter(known -> !known.isEmpty())
            .findFirst()
            .orElse(List.of());
    long[] counts = new long[classCount];
    confusion.cells().forEach(cell -> counts[cell.label()] += cell.count());
    List<RowPredictions.ClassHits> classes = new ArrayList<>();
    for (int label = 0; label < classCount; label++) {
      classes.add(
          new RowPredictions.ClassHits(
              names.isEmpty() ? Integer.toString(label) : names.get(label),
              counts[label] / seeds.size(),
              confusion.count(label, label)));
    }
    return classes;
  }
}
