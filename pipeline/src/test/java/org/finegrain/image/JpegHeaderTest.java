package org.finegrain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Decodes files with the headers and ends that cameras and editors write. Every file that Pillow
 * decodes completely is decoded.
 */
class JpegHeaderTest {
  private static final long MAX_PIXELS = 1_000_000;
  private static final byte[] JUNK = JpegParts.bytes(0x00, 0x41, 0xFF, 0x00, 0x42, 0xFF, 0x00);
  private static final byte[] VENDOR = "SEFT and more".getBytes(StandardCharsets.US_ASCII);

  @TestFactory
  Stream<DynamicTest> readsOddHeadersAndEnds() throws IOException {
    return Stream.of("three-components.jpg", "progressive.jpg")
        .flatMap(name -> oddHeaders(name, JpegParts.of(resource(name))));
  }

  private static Stream<DynamicTest> oddHeaders(String name, JpegParts parts) {
    RgbImage expected = ImageDecoder.decode(parts.jfif().file(), MAX_PIXELS);
    Map<String, JpegParts> files =
        Map.of(
            "junk behind the first segment", parts.first(JUNK).jfif(),
            "junk before the scan", parts.last(JUNK),
            "fill bytes", parts.last(JpegParts.bytes(0xFF, 0xFF, 0xFF)),
            "a restart marker", parts.first(JpegParts.bytes(0xFF, 0xD3)),
            "a segment shorter than its length", parts.last(JpegParts.bytes(0xFF, 0xE1, 0, 0)),
            "an empty segment", parts.last(JpegParts.bytes(0xFF, 0xE2, 0, 2)),
            "markers in a comment", parts.last(JpegParts.segment(0xFE, "\u00ff\u00d8\u00ff\u00da")),
            "junk before the end", parts.scans(scans -> ended(joined(unended(scans), JUNK))),
            "junk behind the end", parts.scans(scans -> joined(scans, JUNK)));
    return files.entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name + ": " + file.getKey(),
                    () ->
                        assertThat(ImageDecoder.decode(file.getValue().file(), MAX_PIXELS).pixels())
                            .isEqualTo(expected.pixels())));
  }

  @Test
  void readsAnImageWithDataOfAVendorInThePlaceOfItsEnd() throws IOException {
    JpegParts parts = JpegParts.of(resource("three-components.jpg"));
    assertThat(
            ImageDecoder.decode(
                    parts.scans(scans -> joined(unended(scans), VENDOR)).file(), MAX_PIXELS)
                .pixels())
        .isEqualTo(ImageDecoder.decode(parts.file(), MAX_PIXELS).pixels());
    // missing data before it, no data behind the image, and scans that may be missing
    refuses(parts.scans(scans -> joined(Arrays.copyOf(scans, scans.length - 20), VENDOR)));
    refuses(parts.scans(JpegHeaderTest::unended));
    refuses(parts.scans(scans -> Arrays.copyOf(scans, scans.length - 1)));
    refuses(
        JpegParts.of(resource("progressive.jpg")).scans(scans -> joined(unended(scans), VENDOR)));
  }

  private static void refuses(JpegParts parts) {
    assertThatThrownBy(() -> ImageDecoder.decode(parts.file(), MAX_PIXELS))
        .isInstanceOf(ImageException.class)
        .hasMessageMatching("(truncated|broken JPEG: Corrupt JPEG data: premature).*");
  }

  @Test
  void saysWhatIsWrongWithAHeader() throws IOException {
    JpegParts parts = JpegParts.of(resource("three-components.jpg"));
    assertThat(reason(parts.first(JpegParts.bytes(0xFF, 0xD8))))
        .isEqualTo("broken JPEG: another image begins inside its header");
    assertThat(reason(parts.first(JpegParts.bytes(0xFF, 0xD9))))
        .isEqualTo("broken JPEG: it ends before its image begins");
    assertThat(reason(parts.last(JpegParts.bytes(0xFF, 0xE1, 0xFF, 0xF0))))
        .isEqualTo("truncated: the JPEG file ends inside its header");
    assertThat(reason(parts.frame(frame -> new byte[0])))
        .isEqualTo("broken JPEG: no frame before the first scan");
  }

  @Test
  void namesTheKindsOfJpegThatItCannotRead() throws IOException {
    JpegParts parts = JpegParts.of(resource("three-components.jpg"));
    Map<Integer, String> kinds =
        Map.of(
            0xC3, "lossless JPEG",
            0xC9, "JPEG in arithmetic coding",
            0xCA, "JPEG in arithmetic coding",
            0xCB, "lossless JPEG",
            0xC6, "hierarchical JPEG",
            0xCF, "hierarchical JPEG");
    kinds.forEach(
        (marker, kind) -> assertThat(reason(parts.frame(set(1, marker)))).isEqualTo(only(kind)));
    assertThat(reason(parts.frame(set(4, 12)))).isEqualTo(only("JPEG of 12 bits a sample"));
  }

  private static String only(String kind) {
    return kind + "; only baseline and progressive JPEG of 8 bits can be read, so convert it";
  }

  private static UnaryOperator<byte[]> set(int index, int value) {
    return part -> {
      part[index] = (byte) value;
      return part;
    };
  }

  private static String reason(JpegParts parts) {
    try {
      ImageDecoder.decode(parts.file(), MAX_PIXELS);
    } catch (ImageException e) {
      return e.getMessage();
    }
    throw new AssertionError("the image was decoded");
  }

  private static byte[] unended(byte[] scans) {
    return Arrays.copyOf(scans, scans.length - 2);
  }

  private static byte[] ended(byte[] scans) {
    return joined(scans, JpegParts.bytes(0xFF, 0xD9));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return JpegParts.joined(first, second);
  }

  private static byte[] resource(String name) {
    try (InputStream in = JpegHeaderTest.class.getResourceAsStream("/image/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
