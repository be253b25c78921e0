package org.finegrain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
  private static final long MAX_PIXELS = 1_000_000;

  @Test
  void refusesJpegFilesThatWereCutOffAnywhere() throws IOException {
    for (byte[] file : new byte[][] {photograph("jpeg"), progressive()}) {
      for (int length = 3; length < file.length; length += 1 + length / 40) {
        byte[] cut = Arrays.copyOf(file, length);
        assertThatThrownBy(() -> ImageDecoder.decode(cut, MAX_PIXELS))
            .as("%d of %d bytes", length, file.length)
            .isInstanceOf(ImageException.class)
            .hasMessageMatching("(truncated|broken).*");
      }
    }
  }

  @Test
  void refusesPngFilesThatWereCutOff() throws IOException {
    byte[] file = photograph("png");
    for (int length = 4; length < file.length - 20; length += 1 + length / 40) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> ImageDecoder.decode(cut, MAX_PIXELS))
          .as("%d of %d bytes", length, file.length)
          .isInstanceOf(ImageException.class)
          .hasMessageMatching("(truncated|broken).*");
    }
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> ImageDecoder.decode(new byte[0], MAX_PIXELS))
        .isInstanceOf(ImageException.class)
        .hasMessage("empty file");
    assertThatThrownBy(
            () -> ImageDecoder.decode("<html>".getBytes(StandardCharsets.US_ASCII), MAX_PIXELS))
        .isInstanceOf(ImageException.class)
        .hasMessage("web page, not an image; fetch the image again");
  }

  @Test
  void refusesAHeaderThatPromisesTooMuchBeforeTakingMemory() throws IOException {
    byte[] jpeg = photograph("jpeg");
    int frame = indexOf(jpeg, 0xFF, 0xC0);
    jpeg[frame + 5] = (byte) 0xFF; // height and width
    jpeg[frame + 6] = (byte) 0xFF;
    jpeg[frame + 7] = (byte) 0xFF;
    jpeg[frame + 8] = (byte) 0xFF;
    assertThatThrownBy(() -> ImageDecoder.decode(jpeg, MAX_PIXELS))
        .isInstanceOf(ImageException.class)
        .hasMessage("image of 65535 × 65535 pixels; at most 1000000 are allowed");

    byte[] png = photograph("png");
    png[16] = 0x7F; // width, big endian
    assertThatThrownBy(() -> ImageDecoder.decode(png, Long.MAX_VALUE))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void survivesAnyDamage() throws IOException {
    // Every outcome is an image or an ImageException: no other exception reaches the caller.
    for (byte[] file : new byte[][] {photograph("jpeg"), photograph("png"), progressive()}) {
      for (int at = 0; at < file.length; at += 1 + file.length / 300) {
        byte[] damaged = file.clone();
        damaged[at] ^= (byte) 0xFF;
        assertThatCode(
                () -> {
                  try {
                    ImageDecoder.decode(damaged, MAX_PIXELS);
                  } catch (ImageException e) {
                    assertThat(e).hasMessageMatching("(?s).+");
                  }
                })
            .as("byte %d", at)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void takesSamplesAsTheyAreInSpiteOfAColourProfile() throws IOException {
    byte[] plain = photograph("jpeg");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] segment = new byte[profile.length + 18];
    segment[0] = (byte) 0xFF;
    segment[1] = (byte) 0xE2;
    segment[2] = (byte) ((segment.length - 2) >> 8);
    segment[3] = (byte) (segment.length - 2);
    System.arraycopy("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII), 0, segment, 4, 12);
    segment[16] = 1;
    segment[17] = 1;
    System.arraycopy(profile, 0, segment, 18, profile.length);
    int after = indexOf(plain, 0xFF, 0xDB); // behind JFIF, before the tables
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, after);
    file.write(segment);
    file.write(plain, after, plain.length - after);
    assertThat(ImageDecoder.decode(file.toByteArray(), MAX_PIXELS).pixels())
        .isEqualTo(ImageDecoder.decode(plain, MAX_PIXELS).pixels());
  }

  @Test
  void readsCmykAsAdobeWritesIt() throws IOException {
    // stored 255 − ink: no cyan, half magenta, all yellow, a fifth black
    RgbImage image = ImageDecoder.decode(cmyk(255, 128, 0, 204), MAX_PIXELS);
    assertThat(image.pixels()[0] & 0xff).isBetween(202, 206);
    assertThat(image.pixels()[1] & 0xff).isBetween(100, 104);
    assertThat(image.pixels()[2] & 0xff).isBetween(0, 2);
  }

  @Test
  void readsYcckAsAdobeWritesIt() throws IOException {
    byte[] file = cmyk(76, 85, 255, 255); // Y, Cb, Cr of red
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(file, 0, 2);
    marked.write(new byte[] {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e'});
    marked.write(new byte[] {0, 100, 0, 0, 0, 0, 2}); // transform 2
    marked.write(file, 2, file.length - 2);
    RgbImage image = ImageDecoder.decode(marked.toByteArray(), MAX_PIXELS);
    assertThat(image.pixels()[0] & 0xff).isBetween(0, 3); // CMY = 255 − (red), inverted inks
    assertThat(image.pixels()[1] & 0xff).isBetween(252, 255);
    assertThat(image.pixels()[2] & 0xff).isBetween(252, 255);
  }

  @Test
  void readsSixteenBitsAndGreyWithAlpha() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(1, 0, 0, 0x8055);
    assertThat(ImageDecoder.decode(encoded(grey, "png"), MAX_PIXELS).pixels())
        .containsExactly(0, 0, 0, 0x80, 0x80, 0x80);

    BufferedImage binary = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.getRaster().setSample(1, 0, 0, 1);
    assertThat(ImageDecoder.decode(encoded(binary, "png"), MAX_PIXELS).pixels())
        .containsExactly(0, 0, 0, 255, 255, 255);
  }

  @Test
  void encodesWhatItDecodes() throws IOException {
    RgbImage image = ImageDecoder.decode(photograph("png"), MAX_PIXELS);
    assertThat(ImageDecoder.decode(ImageEncoder.png(image), MAX_PIXELS).pixels())
        .isEqualTo(image.pixels());
    byte[] jpeg = ImageEncoder.jpeg(image, 0.95);
    assertThat(jpeg).isEqualTo(ImageEncoder.jpeg(image, 0.95));
    byte[] decoded = ImageDecoder.decode(jpeg, MAX_PIXELS).pixels();
    double difference = 0;
    for (int i = 0; i < decoded.length; i++) {
      difference += Math.abs((decoded[i] & 0xff) - (image.pixels()[i] & 0xff));
    }
    assertThat(difference / decoded.length).isLessThan(6);
  }

  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(61, 47, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 47; y++) {
      for (int x = 0; x < 61; x++) {
        image.setRGB(x, y, ((4 * x) << 16) | ((5 * y) << 8) | (2 * (x + y)));
      }
    }
    return image;
  }

  private static byte[] photograph(String format) throws IOException {
    return encoded(picture(), format);
  }

  private static byte[] progressive() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture(), null, null), param);
    }
    return bytes.toByteArray();
  }

  /** Returns a JPEG of four components whose pixels all have these stored levels. */
  private static byte[] cmyk(int... samples) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, samples);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()))).isNotNull();
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] file, int first, int second) {
    for (int i = 0; i + 1 < file.length; i++) {
      if ((file[i] & 0xff) == first && (file[i + 1] & 0xff) == second) {
        return i;
      }
    }
    throw new AssertionError("no such marker");
  }
}
