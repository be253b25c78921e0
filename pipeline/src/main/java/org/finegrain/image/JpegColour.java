package org.finegrain.image;

/**
 * The meaning of a JPEG file's components. No marker states it plainly, so libjpeg's rules decide,
 * as in most programs: another reading would be the same picture in wrong colours.
 */
enum JpegColour {
  GREY(0),
  RGB(0),
  YCBCR(1),
  CMYK(0),
  YCCK(2);

  /** The value by which Adobe's marker names this meaning among those of as many components. */
  private final int adobeTransform;

  JpegColour(int adobeTransform) {
    this.adobeTransform = adobeTransform;
  }

  int adobeTransform() {
    return adobeTransform;
  }

  /**
   * Decides as libjpeg's {@code default_decompress_parms} does.
   *
   * @param componentIds of the frame, in order
   * @param jfif whether the file has a JFIF marker
   * @param adobe whether the file has Adobe's marker
   * @param adobeTransform of the last Adobe marker
   */
  static JpegColour of(int[] componentIds, boolean jfif, boolean adobe, int adobeTransform) {
    return switch (componentIds.length) {
      case 1 -> GREY;
      case 3 -> {
        if (jfif) {
          yield YCBCR;
        }
        boolean rgb = adobe ? adobeTransform == RGB.adobeTransform : areNamedRgb(componentIds);
        yield rgb ? RGB : YCBCR;
      }
      case 4 -> !adobe || adobeTransform == CMYK.adobeTransform ? CMYK : YCCK;
      default ->
          throw new ImageException(
              "JPEG of " + componentIds.length + " components; 1, 3 or 4 can be read");
    };
  }

  private static boolean areNamedRgb(int[] ids) {
    return ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
  }
}
