package org.finegrain.report;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A top-1 accuracy that was read in a public source. {@code literature.csv} holds them, a line for
 * each.
 *
 * @param method the method, or the plain network with its loss
 * @param year the year of publication; may be empty
 * @param venue the venue; {@code repository} if there is no paper
 * @param backbone the network, or {@code not stated}
 * @param pretraining the dataset of the start, {@code "none"} for a random one, or {@code not
 *     stated}
 * @param inputSize the side of the images in pixels, or {@code not stated}
 * @param annotations the boxes or parts used in training, or {@code not stated}
 * @param dataset the short name of the dataset
 * @param top1 the accuracy in percent as printed, such as {@code 64.60}
 * @param source the address of the source
 * @param kind how the source knows the value
 * @param note what the value is exactly, and what speaks against it
 */
record PublishedResult(
    String method,
    String year,
    String venue,
    String backbone,
    String pretraining,
    String inputSize,
    String annotations,
    String dataset,
    String top1,
    String source,
    Kind kind,
    String note) {

  /** The ways in which a source knows a value. */
  enum Kind {
    /** The authors of the method publish it. */
    PRIMARY,
    /** Somebody else repeats what the authors published. */
    SECONDARY,
    /** Somebody else measured it with published code. */
    REIMPLEMENTATION;

    private static Kind parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** Returns all published results, in the order of the file. */
  static List<PublishedResult> all() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.setNullValue("");
    settings.setMaxCharsPerColumn(-1);
    try (InputStream in = PublishedResult.class.getResourceAsStream("literature.csv")) {
      return new CsvParser(settings)
          .parseAllRecords(in, StandardCharsets.UTF_8).stream()
              .map(
                  line ->
                      new PublishedResult(
                          line.getString("method"),
                          line.getString("year"),
                          line.getString("venue"),
                          line.getString("backbone"),
                          line.getString("pretraining"),
                          line.getString("input_size"),
                          line.getString("annotations"),
                          PublishedNames.shortNameOf(line.getString("dataset")),
                          line.getString("top1"),
                          line.getString("source"),
                          Kind.parse(line.getString("source_kind")),
                          line.getString("note")))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what decides whether two accuracies can stand in one column. */
  String setting() {
    String start =
        switch (pretraining) {
          case "none" -> "From random weights";
          case "not stated" -> "Start not stated";
          default -> "Pre-trained on " + pretraining;
        };
    return start
        + (inputSize.equals("not stated") ? ", input size not stated" : ", " + inputSize + " px");
  }
}
