package org.finegrain.image;

/**
 * An image in memory.
 *
 * @param pixels 8-bit RGB, row-major (height, width, 3)
 */
public record RgbImage(int width, int height, byte[] pixels) {}
