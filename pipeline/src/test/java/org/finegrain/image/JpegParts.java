package org.finegrain.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A JPEG file taken apart, so that a test can put it together again with unusual parts. */
final class JpegParts {
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int START_OF_SCAN = 0xDA;

  private final List<byte[]> head;
  private final byte[] scans;

  private JpegParts(List<byte[]> head, byte[] scans) {
    this.head = head;
    this.scans = scans;
  }

  /** Takes a file apart and omits its JFIF and Adobe markers. */
  static JpegParts of(byte[] file) {
    List<byte[]> head = new ArrayList<>();
    int at = 2;
    while ((file[at + 1] & 0xff) != START_OF_SCAN) {
      int end = at + 2 + (((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff));
      int marker = file[at + 1] & 0xff;
      if (marker != APP0 && marker != APP14) {
        head.add(Arrays.copyOfRange(file, at, end));
      }
      at = end;
    }
    return new JpegParts(head, Arrays.copyOfRange(file, at, file.length));
  }

  JpegParts jfif() {
    return first(segment(APP0, "JFIF\0\1\1\0\0\1\0\1\0\0"));
  }

  JpegParts adobe(int transform) {
    return first(segment(APP14, "Adobe\0d\0\0\0\0" + (char) transform));
  }

  /** Puts bytes before all segments. */
  JpegParts first(byte[] bytes) {
    List<byte[]> longer = new ArrayList<>(head);
    longer.add(0, bytes);
    return new JpegParts(longer, scans);
  }

  /** Puts bytes behind all segments, before the first scan. */
  JpegParts last(byte[] bytes) {
    List<byte[]> longer = new ArrayList<>(head);
    longer.add(bytes);
    return new JpegParts(longer, scans);
  }

  JpegParts scans(UnaryOperator<byte[]> change) {
    return new JpegParts(head, change.apply(scans));
  }

  /** Changes the segment that holds the size of the image. */
  JpegParts frame(UnaryOperator<byte[]> change) {
    return new JpegParts(
        head.stream().map(part -> isFrame(part) ? change.apply(part.clone()) : part).toList(),
        scans);
  }

  /** Renames the components of a file of one scan. */
  JpegParts componentIds(int... ids) {
    return frame(frame -> renamed(frame, 10, 3, ids)).scans(scan -> renamed(scan, 5, 2, ids));
  }

  byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes(0xFF, 0xD8));
    head.forEach(file::writeBytes);
    file.writeBytes(scans);
    return file.toByteArray();
  }

  static byte[] segment(int marker, String content) {
    byte[] text = content.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.writeBytes(bytes(0xFF, marker, 0, text.length + 2));
    segment.writeBytes(text);
    return segment.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static boolean isFrame(byte[] part) {
    return (part[1] & 0xff) >= 0xC0 && (part[1] & 0xff) <= 0xC2;
  }

  private static byte[] renamed(byte[] part, int first, int step, int... ids) {
    byte[] renamed = part.clone();
    for (int i = 0; i < ids.length; i++) {
      renamed[first + step * i] = (byte) ids[i];
    }
    return renamed;
  }
}
