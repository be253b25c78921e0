package org.finegrain.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.config.AugmentationConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares decoding and transforms with the reference implementation and with Pillow. */
class ImageGoldenTest {
  /** The tolerance of operators on floats, in levels. */
  private static final double LEVELS = 1e-3;

  /** The tolerance of normalised values: {@link #LEVELS} divided by the smallest deviation. */
  private static final double NORMALISED = LEVELS / (255 * 0.224);

  private static final Normalisation NORMALISATION =
      new Normalisation(AugmentationConfig.DEFAULTS.mean(), AugmentationConfig.DEFAULTS.std());

  @TestFactory
  Stream<DynamicTest> image() {
    return GoldenFile.open("image")
        .tests(
            Set.of(
                "decode",
                "resize",
                "resize_short",
                "center_crop",
                "flip",
                "to_input",
                "resized_crop",
                "eval_pipeline",
                "train_pipeline",
                "sample_box"),
            this::check);
  }

  private void check(GoldenCase golden) throws IOException {
    if (golden.kind().equals("sample_box")) {
      checkSampledBox(golden);
      return;
    }
    RgbImage image =
        ImageDecoder.decode(
            Files.readAllBytes(GoldenFile.folder().resolve(golden.text("file"))), 1_000_000);
    int height = image.height();
    int width = image.width();
    switch (golden.kind()) {
      case "decode" -> checkDecoded(image, golden);
      case "resize" -> {
        int[] size = golden.integers("size");
        checkResized(image, CropBox.ofImage(image), size[0], size[1], golden);
      }
      case "resize_short" -> {
        int shortSide = golden.integer("short");
        checkResized(
            image,
            CropBox.ofImage(image),
            Resize.shortSideHeight(height, width, shortSide),
            Resize.shortSideHeight(width, height, shortSide),
            golden);
      }
      case "center_crop" -> {
        int[] size = golden.integers("size");
        RgbImage cut = Crop.cut(image, CropBox.centre(height, width, size[0], size[1]));
        checkLevels(levels(cut), cut.height(), cut.width(), golden);
      }
      case "flip" -> checkLevels(levels(Flip.horizontal(image)), height, width, golden);
      case "to_input" -> {
        float[] out = new float[3 * height * width];
        for (int y = 0; y < height; y++) {
          float[] row = new float[3 * width];
          for (int i = 0; i < row.length; i++) {
            row[i] = image.pixels()[3 * y * width + i] & 0xff;
          }
          NORMALISATION.into(out, 0, height, width, false).row(y, row);
        }
        checkNormalised(out, golden);
      }
      case "resized_crop" -> {
        int target = golden.integer("target");
        checkResized(image, box(golden.json("box")), target, target, golden);
      }
      case "eval_pipeline" -> checkEvaluation(image, golden);
      case "train_pipeline" -> checkTraining(image, golden);
      default -> throw new AssertionError(golden.kind());
    }
  }

  private static void checkEvaluation(RgbImage image, GoldenCase golden) {
    int[] size = golden.integers("size");
    int shortSide = golden.integer("short");
    int height = Resize.shortSideHeight(image.height(), image.width(), shortSide);
    int width = Resize.shortSideHeight(image.width(), image.height(), shortSide);
    CropBox window = CropBox.centre(height, width, size[0], size[1]);
    float[] out = new float[3 * size[0] * size[1]];
    Resize.RowSink sink = NORMALISATION.into(out, 0, size[0], size[1], false);
    Resize.window(image, CropBox.ofImage(image), height, width, window, resampling(golden), sink);
    checkNormalised(out, golden);
    if (size[0] == size[1] && resampling(golden) == Resampling.ANTIALIASED) {
      float[] transformed = new float[out.length];
      new EvaluationTransform(size[0], shortSide, NORMALISATION).apply(image, transformed, 0);
      assertThat(transformed).containsExactly(out);
    }
  }

  private static void checkTraining(RgbImage image, GoldenCase golden) {
    int target = golden.integer("target");
    boolean flipped = golden.json("flip").asBoolean();
    CropBox box = box(golden.json("box"));
    float[] out = new float[3 * target * target];
    Resize.RowSink sink = NORMALISATION.into(out, 0, target, target, flipped);
    CropBox window = new CropBox(0, 0, target, target);
    Resize.window(image, box, target, target, window, resampling(golden), sink);
    checkNormalised(out, golden);
    if (resampling(golden) == Resampling.ANTIALIASED) {
      float[] transformed = new float[out.length];
      new TrainingTransform(target, new RandomResizedCrop(1, 1, 1, 1), 0, NORMALISATION)
          .apply(image, box, flipped, transformed, 0);
      assertThat(transformed).containsExactly(out);
    }
  }

  private static Resampling resampling(GoldenCase golden) {
    boolean antialias = !golden.has("antialias") || golden.json("antialias").asBoolean();
    return antialias ? Resampling.ANTIALIASED : Resampling.PLAIN;
  }

  private static void checkDecoded(RgbImage image, GoldenCase golden) {
    GoldenTensor expected = golden.tensor("outputs", "rgb");
    assertThat(expected.shape()).containsExactly(image.height(), image.width(), 3);
    float[] actual = levels(image);
    double sum = 0;
    double max = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected.data()[i]);
      sum += difference;
      max = Math.max(max, difference);
    }
    assertThat(max).as("largest").isLessThanOrEqualTo(golden.number("tolerance", "max_levels"));
    assertThat(sum / actual.length)
        .as("mean")
        .isLessThanOrEqualTo(golden.number("tolerance", "mean_levels"));
  }

  private static void checkResized(
      RgbImage image, CropBox box, int height, int width, GoldenCase golden) {
    CropBox window = new CropBox(0, 0, height, width);
    float[] floats = new float[3 * height * width];
    Resize.window(
        image,
        box,
        height,
        width,
        window,
        resampling(golden),
        (y, row) -> System.arraycopy(row, 0, floats, 3 * width * y, 3 * width));
    checkLevels(floats, height, width, golden);
    if (golden.has("outputs", "bytes")) {
      RgbImage rounded = Resize.to(Crop.cut(image, box), height, width);
      golden.tensor("outputs", "bytes").check("bytes", levels(rounded), 1, 0);
    }
  }

  private static void checkLevels(float[] actual, int height, int width, GoldenCase golden) {
    GoldenTensor expected = golden.tensor("outputs", "y");
    assertThat(expected.shape()).containsExactly(height, width, 3);
    expected.check("levels", actual, LEVELS, 0);
  }

  private static void checkNormalised(float[] actual, GoldenCase golden) {
    golden.tensor("outputs", "y").check("network input", actual, NORMALISED, 0);
  }

  private static void checkSampledBox(GoldenCase golden) {
    JsonNode inputs = golden.json("inputs");
    double[][] draws = new double[inputs.get("draws").size()][4];
    for (int i = 0; i < draws.length; i++) {
      for (int j = 0; j < 4; j++) {
        draws[i][j] = inputs.get("draws").get(i).get(j).asDouble();
      }
    }
    RandomResizedCrop crop =
        new RandomResizedCrop(
            inputs.get("scale").get(0).asDouble(),
            inputs.get("scale").get(1).asDouble(),
            inputs.get("ratio").get(0).asDouble(),
            inputs.get("ratio").get(1).asDouble());
    assertThat(crop.box(inputs.get("height").asInt(), inputs.get("width").asInt(), draws))
        .isEqualTo(box(golden.json("outputs", "box")));
  }

  private static CropBox box(JsonNode box) {
    return new CropBox(
        box.get(0).asInt(), box.get(1).asInt(), box.get(2).asInt(), box.get(3).asInt());
  }

  private static float[] levels(RgbImage image) {
    float[] levels = new float[image.pixels().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = image.pixels()[i] & 0xff;
    }
    return levels;
  }
}
