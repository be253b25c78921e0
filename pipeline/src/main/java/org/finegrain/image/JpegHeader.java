package org.finegrain.image;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a JPEG file before its first scan.
 *
 * @param colour the meaning of the components
 * @param sequential whether the first scan holds the whole image
 * @param tables the segments that the decoder needs
 * @param scan the first scan and everything behind it
 */
record JpegHeader(
    int width,
    int height,
    JpegColour colour,
    boolean sequential,
    List<JpegSegment> tables,
    JpegSegment scan) {
  private static final int JFIF_BYTES = 14;
  private static final int ADOBE_BYTES = 12;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int ADOBE_SEGMENT_BYTES = 4 + ADOBE_BYTES;

  /**
   * Reads the header of a file.
   *
   * @throws ImageException if it is broken, or of a kind that cannot be read
   */
  static JpegHeader read(byte[] file) {
    JpegFrame frame = null;
    boolean jfif = false;
    boolean adobe = false;
    int adobeTransform = 0;
    List<JpegSegment> tables = new ArrayList<>();
    JpegSegment segment = JpegSegment.first(file);
    while (segment.marker() != JpegSegment.START_OF_SCAN) {
      if (JpegFrame.isFrame(segment)) {
        frame = JpegFrame.read(segment);
      }
      if (segment.marker() == JpegSegment.APP0
          && segment.startsWith("JFIF\0")
          && segment.length() >= JFIF_BYTES) {
        jfif = true;
      }
      if (segment.marker() == JpegSegment.APP14
          && segment.startsWith("Adobe")
          && segment.length() >= ADOBE_BYTES) {
        adobe = true;
        adobeTransform = segment.byteAt(ADOBE_TRANSFORM);
      }
      if (!segment.isMetadata()) {
        tables.add(segment);
      }
      segment = segment.next();
    }
    if (frame == null) {
      throw new ImageException("broken JPEG: no frame before the first scan");
    }
    int[] ids = frame.componentIds();
    return new JpegHeader(
        frame.width(),
        frame.height(),
        JpegColour.of(ids, jfif, adobe, adobeTransform),
        !frame.progressive() && segment.byteAt(0) == ids.length,
        tables,
        segment);
  }

  /**
   * Returns the file reduced to the parts that decide its pixels, with Adobe's marker for the
   * meaning of the components. Without that marker the JDK's decoder has rules of its own for the
   * meaning. It also applies colour profiles, and fails at bytes between segments.
   */
  byte[] decodable() {
    return decodable(scan.end()).toByteArray();
  }

  /** Returns {@link #decodable()} without the last bytes of the file, but with an end marker. */
  byte[] decodableWithoutLast(int bytes) {
    ByteArrayOutputStream shorter = decodable(Math.max(scan.start(), scan.end() - bytes));
    shorter.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
    return shorter.toByteArray();
  }

  private ByteArrayOutputStream decodable(int scanEnd) {
    byte[] file = scan.file();
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length + ADOBE_SEGMENT_BYTES);
    kept.write(file, 0, JpegSegment.START_OF_IMAGE_BYTES);
    kept.writeBytes(
        new byte[] {
          (byte) 0xFF, (byte) JpegSegment.APP14, 0, 2 + ADOBE_BYTES, 'A', 'd', 'o', 'b', 'e'
        });
    kept.writeBytes(new byte[] {0, 100, 0, 0, 0, 0, (byte) colour.adobeTransform()});
    for (JpegSegment table : tables) {
      kept.write(file, table.start(), table.end() - table.start());
    }
    kept.write(file, scan.start(), scanEnd - scan.start());
    return kept;
  }
}
