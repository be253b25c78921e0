package org.finegrain.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.finegrain.config.AugmentationConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.image.EvaluationTransform;
import org.finegrain.image.EvaluationView;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.ImageException;
import org.finegrain.image.RgbImage;
import org.finegrain.image.TrainingTransform;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * Turns a stored sample into network input, on executors and in several threads at once: the one
 * path from shard to pixels, for training, for evaluation and for the augmentation job.
 */
public sealed interface LoadSample extends Serializable {
  /** As training sees it: another random crop and flip in every epoch. */
  static LoadSample forTraining(AugmentationConfig config, long seed) {
    return new ForTraining(TrainingTransform.of(config), seed);
  }

  /** As validation and test see it: the centre, the same in every epoch. */
  static LoadSample forEvaluation(AugmentationConfig config) {
    return forEvaluation(config, EvaluationView.CENTRE);
  }

  /** As test-time augmentation sees it: one of its views. */
  static LoadSample forEvaluation(AugmentationConfig config, EvaluationView view) {
    return new ForEvaluation(EvaluationTransform.of(config), view);
  }

  /** Height and width of the network's input, in pixels. */
  int imageSize();

  /**
   * Writes the (3,H,W) input of {@code sample} in {@code epoch} (from 0) at {@code offset}.
   *
   * @throws DataException if the image does not decode
   */
  void load(StoredSample sample, int epoch, float[] pixels, int offset);

  /**
   * @param seed of the run
   */
  record ForTraining(TrainingTransform transform, long seed) implements LoadSample {
    @Override
    public int imageSize() {
      return transform.size();
    }

    @Override
    public void load(StoredSample sample, int epoch, float[] pixels, int offset) {
      transform.apply(decode(sample), random(sample, epoch), pixels, offset);
    }

    /** What {@link #load} writes in the epochs before {@code epochs}, as images to store. */
    List<RgbImage> variants(StoredSample sample, int epochs) {
      RgbImage image = decode(sample);
      List<RgbImage> variants = new ArrayList<>(epochs);
      for (int epoch = 0; epoch < epochs; epoch++) {
        variants.add(transform.variant(image, random(sample, epoch)));
      }
      return variants;
    }

    /** From what the sample is, not from the thread that loads it: a retried task sees the same. */
    private SplittableRandom random(StoredSample sample, int epoch) {
      return Seeds.random(seed, Purpose.AUGMENT, sample.imageId(), epoch);
    }
  }

  /** Draws nothing. */
  record ForEvaluation(EvaluationTransform transform, EvaluationView view) implements LoadSample {
    @Override
    public int imageSize() {
      return transform.size();
    }

    @Override
    public void load(StoredSample sample, int epoch, float[] pixels, int offset) {
      transform.apply(decode(sample), view, pixels, offset);
    }
  }

  private static RgbImage decode(StoredSample sample) {
    try {
      return ImageDecoder.decode(sample.jpeg(), Integer.MAX_VALUE); // ingest held the limit
    } catch (ImageException e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot decode image %s of class %s: %s; ingest the dataset again",
              sample.imageId(),
              sample.className(),
              e.getMessage()),
          e);
    }
  }
}
