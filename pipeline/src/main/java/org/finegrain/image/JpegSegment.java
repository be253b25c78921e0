package org.finegrain.image;

import java.nio.charset.StandardCharsets;

/**
 * One segment of a JPEG file: a marker and its content (ITU-T T.81, annex B). Bytes between two
 * segments are skipped, as libjpeg does, because some cameras and editors leave them there.
 *
 * @param file the bytes of the file
 * @param marker the second byte of the marker
 * @param start the position of the marker in the file
 * @param end the position behind the content; for the start of a scan, the end of the file
 */
record JpegSegment(byte[] file, int marker, int start, int end) {
  static final int START_OF_IMAGE_BYTES = 2;
  static final int START_OF_SCAN = 0xDA;
  static final int APP0 = 0xE0;
  static final int APP14 = 0xEE;
  static final int APP15 = 0xEF;
  static final int COMMENT = 0xFE;

  private static final int MARKER_BYTES = 2;
  private static final int LENGTH_BYTES = 2;

  /**
   * Returns the first segment of a file.
   *
   * @throws ImageException if the file ends before it
   */
  static JpegSegment first(byte[] file) {
    return from(file, START_OF_IMAGE_BYTES);
  }

  /** Returns the segment behind this one. */
  JpegSegment next() {
    return from(file, end);
  }

  private static JpegSegment from(byte[] file, int position) {
    int at = position;
    // FF 00 is no marker, and FF FF is a fill byte before one
    while (unsigned(file, at) != 0xFF
        || unsigned(file, at + 1) == 0x00
        || unsigned(file, at + 1) == 0xFF) {
      at++;
    }
    int marker = unsigned(file, at + 1);
    return new JpegSegment(file, marker, at, end(file, marker, at + MARKER_BYTES));
  }

  private static int end(byte[] file, int marker, int content) {
    if (marker == 0xD8) {
      throw new ImageException("broken JPEG: another image begins inside its header");
    }
    if (marker == 0xD9) {
      throw new ImageException("broken JPEG: it ends before its image begins");
    }
    if (marker == START_OF_SCAN) {
      return file.length;
    }
    if (standsAlone(marker)) {
      return content;
    }
    // libjpeg reads a length too small for itself as that of an empty segment
    int length = Math.max(LENGTH_BYTES, twoBytes(file, content));
    if (length > file.length - content) {
      throw endsInHeader();
    }
    return content + length;
  }

  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** Returns whether the decoded levels do not depend on this segment. */
  boolean isMetadata() {
    return standsAlone(marker) || marker == COMMENT || (marker >= APP0 && marker <= APP15);
  }

  /** Returns the length of the content without the two bytes that state it. */
  int length() {
    return Math.max(0, end - content());
  }

  boolean startsWith(String ascii) {
    byte[] prefix = ascii.getBytes(StandardCharsets.US_ASCII);
    if (length() < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (file[content() + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the byte at {@code index} of the content. */
  int byteAt(int index) {
    return unsigned(file, content() + index);
  }

  /** Returns the two-byte number at {@code index} of the content. */
  int numberAt(int index) {
    return twoBytes(file, content() + index);
  }

  private int content() {
    return start + MARKER_BYTES + LENGTH_BYTES;
  }

  private static int twoBytes(byte[] file, int at) {
    return (unsigned(file, at) << 8) | unsigned(file, at + 1);
  }

  private static int unsigned(byte[] file, int at) {
    if (at >= file.length) {
      throw endsInHeader();
    }
    return file[at] & 0xff;
  }

  private static ImageException endsInHeader() {
    return new ImageException("truncated: the JPEG file ends inside its header");
  }
}
