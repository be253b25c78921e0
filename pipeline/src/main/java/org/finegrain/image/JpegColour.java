package org.finegrain.image;

/**
 * The meaning of a JPEG file's components. No marker states it plainly. As in most programs,
 * libjpeg's rules decide: with another meaning the picture would have wrong colours.
 */
enum JpegColour {
  GREY(0),
  RGB(0),
  YCBCR(1),
  CMYK(0),
  YCCK(2);

  /**
   * The value in Adobe's marker that stands for this meaning, among those with as many components.
   */
  private final int adobeTransform;

  JpegColour(int adobeTransform) {
    this.adobeTransform = adobeTransform;
  }

  int adobeTransform() {
    return adobeTransform;
  }

  /**
   * Returns the meaning that libjpeg's {@code default_decompress_parms} gives to the components.
   *
   * @param componentIds the ids of the frame's components, in order
   * @param jfif whether the file has a JFIF marker
   * @param adobe whether the file has Adobe's marker
   * @param adobeTransform the value in the last of Adobe's markers
   * @throws ImageException if there are neither 1, 3 nor 4 components
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
              "JPEG of " + componentIds.length + " components; only 1, 3 or 4 can be read");
    };
  }

  private static boolean areNamedRgb(int[] ids) {
    return ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
  }
}
