package org.finegrain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Decodes the same levels under different markers. The result is that of Pillow, to the last bit.
 */
class JpegColourTest {
  private static final long MAX_PIXELS = 1_000_000;
  private static final String YCBCR = "three-components-as-ycbcr.png";
  private static final String RGB = "three-components-as-rgb.png";
  private static final String CMYK = "four-components-as-cmyk.png";
  private static final String YCCK = "four-components-as-ycck.png";

  @TestFactory
  Stream<DynamicTest> threeComponents() throws IOException {
    JpegParts parts = JpegParts.of(resource("three-components.jpg"));
    JpegParts numbered = parts.componentIds(0, 1, 2);
    JpegParts named = parts.componentIds('R', 'G', 'B');
    return Stream.of(
        shows(YCBCR, "ids 1 2 3", parts),
        shows(YCBCR, "ids 0 1 2", numbered),
        shows(YCBCR, "ids 1 34 35", parts.componentIds(1, 34, 35)),
        shows(YCBCR, "ids r g b", parts.componentIds('r', 'g', 'b')),
        shows(YCBCR, "ids Y C c", parts.componentIds('Y', 'C', 'c')),
        shows(RGB, "ids R G B", named),
        shows(YCBCR, "JFIF", parts.jfif()),
        shows(YCBCR, "JFIF, ids 0 1 2", numbered.jfif()),
        shows(YCBCR, "JFIF, ids R G B", named.jfif()),
        shows(YCBCR, "JFIF, Adobe 0", parts.adobe(0).jfif()),
        shows(YCBCR, "Adobe 0, JFIF", parts.jfif().adobe(0)),
        shows(YCBCR, "JFIF, Adobe 1", parts.adobe(1).jfif()),
        shows(YCBCR, "JFIF, Adobe 2", parts.adobe(2).jfif()),
        shows(RGB, "Adobe 0", parts.adobe(0)),
        shows(RGB, "Adobe 0, ids 0 1 2", numbered.adobe(0)),
        shows(YCBCR, "Adobe 1", parts.adobe(1)),
        shows(YCBCR, "Adobe 1, ids R G B", named.adobe(1)),
        shows(YCBCR, "Adobe 2", parts.adobe(2)),
        shows(YCBCR, "Adobe 5", parts.adobe(5)),
        shows(RGB, "Adobe 1, then 0", parts.adobe(0).adobe(1)),
        shows(RGB, "Adobe 0 behind the frame", parts.last(adobe0())),
        shows(YCBCR, "EXIF, ids 0 1 2", numbered.first(JpegParts.segment(0xE1, "Exif\0\0II*"))),
        shows(YCBCR, "short JFIF", numbered.first(JpegParts.segment(0xE0, "JFIF\0"))));
  }

  @TestFactory
  Stream<DynamicTest> fourComponents() throws IOException {
    JpegParts parts = JpegParts.of(resource("four-components.jpg"));
    return Stream.of(
        shows(CMYK, "no marker", parts),
        shows(CMYK, "JFIF", parts.jfif()),
        shows(CMYK, "Adobe 0", parts.adobe(0)),
        shows(YCCK, "Adobe 1", parts.adobe(1)),
        shows(YCCK, "Adobe 2", parts.adobe(2)),
        shows(YCCK, "JFIF, Adobe 2", parts.adobe(2).jfif()),
        shows(YCCK, "Adobe 2, ids C M Y K", parts.componentIds('C', 'M', 'Y', 'K').adobe(2)));
  }

  @Test
  void refusesTwoComponents() {
    assertThatThrownBy(() -> JpegColour.of(new int[] {1, 2}, true, false, 0))
        .isInstanceOf(ImageException.class)
        .hasMessage("JPEG of 2 components; only 1, 3 or 4 can be read");
  }

  private static DynamicTest shows(String picture, String markers, JpegParts parts) {
    return DynamicTest.dynamicTest(
        markers,
        () ->
            assertThat(ImageDecoder.decode(parts.file(), MAX_PIXELS).pixels())
                .isEqualTo(ImageDecoder.decode(resource(picture), MAX_PIXELS).pixels()));
  }

  private static byte[] adobe0() {
    return JpegParts.segment(0xEE, "Adobe\0d\0\0\0\0\0");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = JpegColourTest.class.getResourceAsStream("/image/" + name)) {
      return in.readAllBytes();
    }
  }
}
