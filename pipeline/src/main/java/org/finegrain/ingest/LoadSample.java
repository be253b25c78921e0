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
 * The function that turns a stored sample into network input. It runs on executors, in several
 * threads at once. Training, evaluation and the augmentation job all use it to get from shards to
 * pixels.
 */
public sealed interface LoadSample extends Serializable {
  /**
   * Returns the function for training. In every epoch it draws another crop and flip.
   *
   * @param seed the seed of the run
   */
  static LoadSample forTraining(AugmentationConfig config, long seed) {
    return new ForTraining(TrainingTransform.of(config), seed);
  }

  /**
   * Returns the function for validation and test. It takes the centre of the image in every epoch.
   */
  static LoadSample forEvaluation(AugmentationConfig config) {
    return forEvaluation(config, EvaluationView.CENTRE);
  }

  /** Returns the function for one view of test-time augmentation. */
  static LoadSample forEvaluation(AugmentationConfig config, EvaluationView view) {
    return new ForEvaluation(EvaluationTransform.of(config), view);
  }

  /** Returns the height and width of the network's input in pixels. */
  int imageSize();

  /**
   * Writes the input (3,H,W) for a sample in an epoch at {@code offset}.
   *
   * @param epoch the epoch, from 0
   * @throws DataException if the image cannot be decoded
   */
  void load(StoredSample sample, int epoch, float[] pixels, int offset);

  /**
   * The function for training.
   *
   * @param seed the seed of the run
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

    /**
     * Returns what {@link #load} writes in the first {@code epochs} epochs, as images to be stored.
     */
    List<RgbImage> variants(StoredSample sample, int epochs) {
      RgbImage image = decode(sample);
      List<RgbImage> variants = new ArrayList<>(epochs);
      for (int epoch = 0; epoch < epochs; epoch++) {
        variants.add(transform.variant(image, random(sample, epoch)));
      }
      return variants;
    }

    /**
     * Returns the random numbers for a sample. They depend on the sample and the epoch, and not on
     * the thread that loads it, so that a retried task sees the same.
     */
    private SplittableRandom random(StoredSample sample, int epoch) {
      return Seeds.random(seed, Purpose.AUGMENT, sample.imageId(), epoch);
    }
  }

  /** The function for validation and test. It draws no random number. */
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
      return ImageDecoder.decode(sample.jpeg(), Integer.MAX_VALUE); // ingestion checks the size
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
