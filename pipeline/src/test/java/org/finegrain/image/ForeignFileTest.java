package org.finegrain.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"GIF", "BMP", "TIFF"})
  void namesImagesOfOtherFormats(String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(ImageIO.write(image, format, file)).isTrue();
    assertThat(ForeignFile.describe(file.toByteArray())).isEqualTo(convert(format));
  }

  @ParameterizedTest
  @CsvSource({
    "RIFF$\0\0\0WEBPVP8 , WebP",
    "MM\0*\0\0\0\b, TIFF",
    "'\0\0\0\u001cftypavif\0\0\0\0', AVIF",
    "'\0\0\0\u0018ftypheic\0\0\0\0', HEIC",
    "'\0\0\0\u0018ftypmif1\0\0\0\0', HEIF",
    "'\0\0\0\fJXL \r\n\u0087\n', JPEG XL",
    "'\0\0\0\fjP  \r\n\u0087\n', JPEG 2000",
    "'<?xml version=\"1.0\"?>\n<svg width=\"9\">', SVG"
  })
  void namesImagesThatTheJdkCannotWrite(String start, String format) {
    assertThat(describe(start)).isEqualTo(convert(format));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><head><title>404</title></head></html>",
        "\u00ef\u00bb\u00bf\r\n  <HTML>",
        "<html lang=\"de\"><title>\u00c3\u00bcber</title>"
      })
  void namesWebPages(String page) {
    assertThat(describe(page)).isEqualTo("web page, not an image; fetch the image again");
  }

  @Test
  void namesWhatToolsLeaveInThePlaceOfImages() {
    assertThat(describe("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"))
        .isEqualTo("Git LFS pointer, not an image; run git lfs pull in its repository");
    assertThat(describe("\0\5\u0016\7\0\2\0\0Mac OS X        "))
        .isEqualTo(
            "AppleDouble file of macOS, not an image; take the file whose name lacks the leading ._");
    assertThat(describe("PK\3\4\n\0\0\0")).isEqualTo("ZIP archive, not an image; unpack it");
    assertThat(describe("Access denied\nsee the manual"))
        .isEqualTo("text, not an image; it begins with: Access denied");
    assertThat(ForeignFile.describe(new byte[5000]))
        .isEqualTo("zeros, not an image; the file was not written completely, so fetch it again");
    assertThat(ForeignFile.describe(new byte[0])).isEqualTo("empty file");
  }

  @Test
  void showsTheFirstBytesOfWhatItDoesNotKnow() {
    assertThat(describe("\n\u00ff\u00d8\u00ff\u00e0"))
        .isEqualTo("neither JPEG nor PNG: begins with 0a ff d8 ff");
    assertThat(describe("\u0001")).isEqualTo("neither JPEG nor PNG: begins with 01");
  }

  private static String convert(String format) {
    return format + " image; only JPEG and PNG can be read, so convert it";
  }

  private static String describe(String content) {
    return ForeignFile.describe(content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
