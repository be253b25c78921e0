package org.finegrain.image;

import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An encoded image as a stream for ImageIO, without ImageIO's caches. It remembers whether the
 * decoder asked for more bytes than there are: the JPEG decoder then only warns and paints the rest
 * grey.
 */
final class EncodedBytes extends ImageInputStreamImpl {
  private final byte[] bytes;
  private boolean exhausted;

  EncodedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns whether the decoder asked for more bytes than there are. */
  boolean exhausted() {
    return exhausted;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      exhausted = true;
      return -1;
    }
    return bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= bytes.length) {
      exhausted = true;
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }
}
