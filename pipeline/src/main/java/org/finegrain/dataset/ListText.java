package org.finegrain.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text of a list file, in the encodings that editors and shells write: UTF-8 with or without a
 * byte order mark, and UTF-16 with one. Characters are returned composed (NFC), whether the file
 * has them composed or decomposed.
 */
final class ListText {
  private static final Map<Charset, byte[]> MARKS =
      Map.of(
          StandardCharsets.UTF_8, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
          StandardCharsets.UTF_16LE, new byte[] {(byte) 0xFF, (byte) 0xFE},
          StandardCharsets.UTF_16BE, new byte[] {(byte) 0xFE, (byte) 0xFF});

  private ListText() {}

  /**
   * Returns the lines.
   *
   * @param name the name of the file, for messages
   * @throws DataException if the bytes are not text in one of the encodings
   */
  static List<String> lines(String name, byte[] bytes) {
    String text = decode(name, bytes);
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw fault(
          name, text.substring(0, nul), "a NUL character, as in UTF-16 without a byte order mark");
    }
    return Normalizer.normalize(text, Normalizer.Form.NFC).lines().toList();
  }

  private static String decode(String name, byte[] bytes) {
    for (Map.Entry<Charset, byte[]> mark : MARKS.entrySet()) {
      int length = mark.getValue().length;
      if (bytes.length >= length
          && ByteBuffer.wrap(bytes, 0, length).equals(ByteBuffer.wrap(mark.getValue()))) {
        return decode(name, mark.getKey(), ByteBuffer.wrap(bytes, length, bytes.length - length));
      }
    }
    return decode(name, StandardCharsets.UTF_8, ByteBuffer.wrap(bytes));
  }

  private static String decode(String name, Charset charset, ByteBuffer bytes) {
    try {
      return charset.newDecoder().decode(bytes).toString(); // throws at malformed input
    } catch (CharacterCodingException e) {
      bytes.limit(bytes.position()).rewind();
      throw fault(name, charset.decode(bytes).toString(), "bytes that are not " + charset);
    }
  }

  private static DataException fault(String name, String before, String found) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s:%d: found %s; save the file as UTF-8, or restore it from the original archive",
            name,
            before.lines().count() + (before.isEmpty() || before.endsWith("\n") ? 1 : 0),
            found));
  }
}
