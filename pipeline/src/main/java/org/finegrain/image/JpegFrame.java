package org.finegrain.image;

/**
 * The header of a JPEG frame (ITU-T T.81, B.2.2).
 *
 * @param componentIds the ids of its components, in order
 * @param progressive whether several scans refine the image
 */
record JpegFrame(int width, int height, int[] componentIds, boolean progressive) {
  /**
   * Returns whether a segment is the header of a frame. The markers C0 to CF are, except C8 and the
   * tables C4 and CC.
   */
  static boolean isFrame(JpegSegment segment) {
    int marker = segment.marker();
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /**
   * Reads the header of a frame.
   *
   * @throws ImageException if the frame is of a kind that hardly any program writes or reads
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
