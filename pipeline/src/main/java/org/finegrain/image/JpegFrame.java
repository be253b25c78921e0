package org.finegrain.image;

/**
 * The header of a JPEG frame (ITU-T T.81, B.2.2).
 *
 * @param progressive whether several scans refine the image
 */
record JpegFrame(int width, int height, int[] componentIds, boolean progressive) {
  /** Tells whether a segment is a frame: C0 to CF are, but for the tables C4 and CC and C8. */
  static boolean isFrame(JpegSegment segment) {
    int marker = segment.marker();
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /**
   * @throws ImageException if the frame is of a kind that nearly no program writes, or reads
   */
  static JpegFrame read(JpegSegment segment) {
    switch (segment.marker()) {
      case 0xC0, 0xC1, 0xC2 -> {}
      case 0xC3, 0xCB -> throw unreadable("lossless JPEG");
      case 0xC9, 0xCA -> throw unreadable("JPEG in arithmetic coding");
      default -> throw unreadable("hierarchical JPEG");
    }
    int bits = segment.byteAt(0);
    if (bits != 8) {
      throw unreadable("JPEG of " + bits + " bits a sample");
    }
    int[] componentIds = new int[segment.byteAt(5)];
    for (int i = 0; i < componentIds.length; i++) {
      componentIds[i] = segment.byteAt(6 + 3 * i);
    }
    return new JpegFrame(
        segment.numberAt(3), segment.numberAt(1), componentIds, segment.marker() == 0xC2);
  }

  private static ImageException unreadable(String kind) {
    return new ImageException(
        kind + "; only baseline and progressive JPEG of 8 bits can be read, so convert it");
  }
}
