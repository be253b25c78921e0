package org.finegrain.image;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The description of a file that has an image's name, but is neither JPEG nor PNG. */
final class ForeignFile {
  private record Signature(String pattern, String meaning) {}

  /** The first bytes of known kinds of files, as Latin-1. {@code ?} stands for any byte. */
  private static final List<Signature> SIGNATURES =
      List.of(
          image("GIF8", "GIF"),
          image("RIFF????WEBP", "WebP"),
          image("BM????\0\0\0\0", "BMP"),
          image("II*\0", "TIFF"),
          image("MM\0*", "TIFF"),
          image("II+\0", "TIFF"),
          image("MM\0+", "TIFF"),
          image("????ftypavi", "AVIF"),
          image("????ftyphe", "HEIC"),
          image("????ftypmif", "HEIF"),
          image("????ftypmsf", "HEIF"),
          image("\0\0\0\fjP  ", "JPEG 2000"),
          image("\u00ffO\u00ffQ", "JPEG 2000"),
          image("\0\0\0\fJXL ", "JPEG XL"),
          image("\u00ff\n", "JPEG XL"),
          image("8BPS", "Photoshop"),
          new Signature("%PDF", "PDF document, not an image; export the image from it"),
          new Signature("PK\3\4", "ZIP archive, not an image; unpack it"),
          new Signature("\u001f\u008b", "gzip archive, not an image; unpack it"),
          new Signature(
              "\0\5\u0016\7",
              "AppleDouble file of macOS, not an image; take the file whose name lacks the leading ._"),
          new Signature(
              "version https://git-lfs.github.com/",
              "Git LFS pointer, not an image; run git lfs pull in its repository"));

  private static final List<String> WEB_PAGES =
      List.of("<!doctype html", "<html", "<head", "<body", "<script", "<title");

  private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";
  private static final int EXAMINED_BYTES = 1024;
  private static final int SHOWN_CHARACTERS = 40;
  private static final int SHOWN_BYTES = 4;

  private ForeignFile() {}

  /** Returns what the file is, and the remedy if one is known. */
  static String describe(byte[] file) {
    if (file.length == 0) {
      return "empty file";
    }
    int examined = Math.min(file.length, EXAMINED_BYTES);
    String start = new String(file, 0, examined, StandardCharsets.ISO_8859_1);
    for (Signature signature : SIGNATURES) {
      if (matches(start, signature.pattern())) {
        return signature.meaning();
      }
    }
    String text = (start.startsWith(UTF_8_MARK) ? start.substring(3) : start).strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (WEB_PAGES.stream().anyMatch(lower::startsWith)) {
      return "web page, not an image; fetch the image again";
    }
    if (lower.startsWith("<") && lower.contains("<svg")) {
      return image("", "SVG").meaning();
    }
    if (!text.isEmpty() && text.chars().allMatch(ForeignFile::isText)) {
      String line = text.lines().findFirst().orElse(text);
      return "text, not an image; it begins with: "
          + line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()));
    }
    if (start.chars().allMatch(c -> c == 0)) {
      return "zeros, not an image; the file was not written completely, so fetch it again";
    }
    return "neither JPEG nor PNG: begins with "
        + HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(SHOWN_BYTES, file.length));
  }

  private static Signature image(String pattern, String format) {
    return new Signature(pattern, format + " image; only JPEG and PNG can be read, so convert it");
  }

  private static boolean matches(String start, String pattern) {
    if (start.length() < pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '?' && pattern.charAt(i) != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(int character) {
    return (character >= ' ' && character <= '~')
        || character == '\n'
        || character == '\r'
        || character == '\t';
  }
}
