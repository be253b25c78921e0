package org.finegrain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.finegrain.config.AugmentationConfig;
import org.finegrain.config.EvaluationConfig.TestTimeAugmentation;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static final AugmentationConfig CONFIG =
      new AugmentationConfig(
          8, 0.08, 1, 0.75, 1.34, 0.5, 10, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.25, 0.125));

  private final RgbImage image = gradient(40, 30);

  @Test
  void trainingDependsOnTheRandomNumbersAlone() {
    TrainingTransform transform = TrainingTransform.of(CONFIG);
    float[] first = new float[192];
    float[] second = new float[192];
    float[] other = new float[192];
    transform.apply(image, new SplittableRandom(1), first, 0);
    transform.apply(image, new SplittableRandom(1), second, 0);
    transform.apply(image, new SplittableRandom(2), other, 0);
    assertThat(second).containsExactly(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void trainingWritesAtItsOffsetOnly() {
    float[] batch = new float[3 * 192];
    TrainingTransform.of(CONFIG).apply(image, new SplittableRandom(1), batch, 192);
    float[] alone = new float[192];
    TrainingTransform.of(CONFIG).apply(image, new SplittableRandom(1), alone, 0);
    for (int i = 0; i < batch.length; i++) {
      assertThat(batch[i]).isEqualTo(i >= 192 && i < 384 ? alone[i - 192] : 0);
    }
  }

  @Test
  void aVariantIsTheTrainingInputToLookAt() {
    TrainingTransform transform = TrainingTransform.of(CONFIG);
    for (int seed = 0; seed < 20; seed++) {
      float[] input = new float[192];
      transform.apply(image, new SplittableRandom(seed), input, 0);
      RgbImage variant = transform.variant(image, new SplittableRandom(seed));
      for (int i = 0; i < 64; i++) {
        for (int channel = 0; channel < 3; channel++) {
          double level =
              (input[64 * channel + i] * CONFIG.std().get(channel) + CONFIG.mean().get(channel))
                  * 255;
          assertThat((double) (variant.pixels()[3 * i + channel] & 0xff))
              .isEqualTo(level, offset(0.51));
        }
      }
    }
  }

  @Test
  void flipsAsOftenAsItIsTold() {
    assertThat(flipped(0)).isZero();
    assertThat(flipped(1)).isEqualTo(400);
    assertThat(flipped(0.25)).isBetween(70, 130);
  }

  /**
   * Returns how many of 400 draws are mirrored. The red level of the picture rises to the right.
   */
  private int flipped(double probability) {
    TrainingTransform transform =
        new TrainingTransform(
            8,
            new RandomResizedCrop(0.5, 1, 0.75, 1.34),
            probability,
            new Normalisation(CONFIG.mean(), CONFIG.std()));
    int flipped = 0;
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 400; i++) {
      byte[] pixels = transform.variant(image, random).pixels();
      flipped += (pixels[0] & 0xff) > (pixels[21] & 0xff) ? 1 : 0;
    }
    return flipped;
  }

  @Test
  void theTenCropsAreCentreAndCornersAndTheirMirrorImages() {
    EvaluationTransform evaluation = EvaluationTransform.of(CONFIG);
    List<EvaluationView> views = EvaluationView.of(TestTimeAugmentation.TEN_CROP);
    assertThat(views).hasSize(10).doesNotHaveDuplicates();
    assertThat(views.get(0)).isEqualTo(EvaluationView.CENTRE);
    for (int i = 0; i < 5; i++) {
      float[] plain = new float[192];
      float[] mirrored = new float[192];
      evaluation.apply(image, views.get(i), plain, 0);
      evaluation.apply(image, views.get(i + 5), mirrored, 0);
      for (int at = 0; at < 192; at++) {
        assertThat(mirrored[at]).isEqualTo(plain[at - at % 8 + 7 - at % 8]);
      }
    }
  }

  @Test
  void cornersAreThoseOfTheResizedImage() {
    assertThat(EvaluationView.Place.TOP_LEFT.box(10, 13, 8)).isEqualTo(new CropBox(0, 0, 8, 8));
    assertThat(EvaluationView.Place.TOP_RIGHT.box(10, 13, 8)).isEqualTo(new CropBox(0, 5, 8, 8));
    assertThat(EvaluationView.Place.BOTTOM_LEFT.box(10, 13, 8)).isEqualTo(new CropBox(2, 0, 8, 8));
    assertThat(EvaluationView.Place.BOTTOM_RIGHT.box(10, 13, 8)).isEqualTo(new CropBox(2, 5, 8, 8));
  }

  @Test
  void bothTransformsTravelToExecutors() throws Exception {
    TrainingTransform training = TrainingTransform.of(CONFIG);
    EvaluationTransform evaluation = EvaluationTransform.of(CONFIG);
    assertThat(sent(training)).isEqualTo(training);
    assertThat(sent(evaluation)).isEqualTo(evaluation);
  }

  @Test
  void evaluationSaysWhenTheCentreIsLargerThanTheImage() {
    assertThatThrownBy(
            () -> new EvaluationTransform(12, 10, new Normalisation(CONFIG.mean(), CONFIG.std())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot cut 12 pixels out of a short side of 10: augmentation.evaluation-short-side"
                + " must be at least augmentation.image-size");
  }

  @Test
  void cutsTheBannerOff() {
    RgbImage cut = Crop.withoutBottom(image, 20);
    assertThat(cut.width()).isEqualTo(40);
    assertThat(cut.height()).isEqualTo(10);
    assertThat(image.pixels()).startsWith(cut.pixels());
    assertThatThrownBy(() -> Crop.withoutBottom(image, 30))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("image of 30 rows; nothing is left without the lowest 30");
  }

  @Test
  void boxesStayWithinTheImage() {
    RandomResizedCrop crop = new RandomResizedCrop(0.08, 1, 0.75, 4.0 / 3);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2_000; i++) {
      int height = 1 + random.nextInt(40);
      int width = 1 + random.nextInt(40);
      crop.box(height, width, random).checkWithin(height, width);
    }
  }

  private static RgbImage gradient(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      pixels[3 * i] = (byte) (6 * (i % width));
      pixels[3 * i + 1] = (byte) (8 * (i / width));
      pixels[3 * i + 2] = (byte) i;
    }
    return new RgbImage(width, height, pixels);
  }

  private static Object sent(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
