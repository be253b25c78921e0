package org.finegrain.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The predictions of a run on made-up images of ten classes, written as {@code docs/formats.md}
 * specifies them and as Spark names their parts.
 *
 * @param images the number of images
 * @param hits the number of right predictions: those of the first images are right
 * @param firstImage the number of the first image
 */
record FakePredictions(int images, int hits, int firstImage) {
  static final int CLASSES = 10;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            required binary image_id (STRING);
            required int32 label;
            required group classes (LIST) { repeated group list { required int32 element; } }
            required group probabilities (LIST) { repeated group list { required double element; } }
          }""");

  static FakePredictions of(int images, long hits) {
    return new FakePredictions(images, (int) hits, 0);
  }

  static int label(int image) {
    return image % CLASSES;
  }

  private int predicted(int image) {
    return image < hits ? label(image) : (label(image) + 1) % CLASSES;
  }

  private static double confidence(int image) {
    return 0.3 + 0.7 * (image % 7) / 7;
  }

  /** Writes {@code predictions.parquet} and {@code confusion.csv} into a run folder. */
  void write(Path run) throws IOException {
    Path folder = run.resolve("predictions.parquet");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Path part = folder.resolve("part-00000-0.snappy.parquet");
    Files.deleteIfExists(part);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(part.toUri()))
            .withType(SCHEMA)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (int image = 0; image < images; image++) {
        writer.write(row(image));
      }
    }
    Files.writeString(run.resolve("confusion.csv"), confusion());
  }

  private Group row(int image) {
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.add("image_id", String.format(Locale.ROOT, "image-%05d", firstImage + image));
    row.add("label", label(image));
    Group classes = row.addGroup("classes");
    classes.addGroup("list").add("element", predicted(image));
    classes.addGroup("list").add("element", (predicted(image) + 2) % CLASSES);
    Group probabilities = row.addGroup("probabilities");
    probabilities.addGroup("list").add("element", confidence(image));
    probabilities.addGroup("list").add("element", (1 - confidence(image)) / 2);
    return row;
  }

  private String confusion() {
    long[][] counts = new long[CLASSES][CLASSES];
    for (int image = 0; image < images; image++) {
      counts[label(image)][predicted(image)]++;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "class,"
            + IntStream.range(0, CLASSES)
                .mapToObj(FakePredictions::name)
                .collect(Collectors.joining(",")));
    for (int label = 0; label < CLASSES; label++) {
      lines.add(
          name(label)
              + ","
              + LongStream.of(counts[label])
                  .mapToObj(Long::toString)
                  .collect(Collectors.joining(",")));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Returns the name of a class; the first one needs quotes, and the second a guard. */
  private static String name(int label) {
    return switch (label) {
      case 0 -> "\"Gull, \"\"grey\"\" <b>\"";
      case 1 -> "'=Albatross";
      default -> "Bird " + label;
    };
  }
}
