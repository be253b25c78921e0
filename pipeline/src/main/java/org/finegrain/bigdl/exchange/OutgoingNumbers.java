package org.finegrain.bigdl.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.util.AbstractFileRegion;

/**
 * Numbers of an array on their way to a socket. They are converted to bytes piece by piece, so that
 * a piece stays in the processor's cache.
 */
final class OutgoingNumbers extends ManagedBuffer {
  private static final int NUMBERS_OF_PIECE = 1 << 15;

  private final float[] from;
  private final int offset;
  private final int length;
  private final NumberFormat format;

  OutgoingNumbers(float[] from, int offset, int length, NumberFormat format) {
    this.from = from;
    this.offset = offset;
    this.length = length;
    this.format = format;
  }

  @Override
  public long size() {
    return format.bytes(length);
  }

  @Override
  public ByteBuffer nioByteBuffer() {
    ByteBuffer all = ByteBuffer.allocate(format.bytes(length));
    format.write(from, offset, length, all.duplicate());
    return all;
  }

  @Override
  public InputStream createInputStream() {
    return new ByteBufInputStream(Unpooled.wrappedBuffer(nioByteBuffer()));
  }

  /** Returns this without counting references: whoever offers the array keeps it. */
  @Override
  public ManagedBuffer retain() {
    return this;
  }

  @Override
  public ManagedBuffer release() {
    return this;
  }

  @Override
  public Object convertToNetty() {
    return new Region();
  }

  /** The bytes of all numbers, read once from the first to the last. */
  private final class Region extends AbstractFileRegion {
    private final ByteBuf piece =
        PooledByteBufAllocator.DEFAULT.directBuffer(
            format.bytes(Math.min(NUMBERS_OF_PIECE, length)));

    private int numbersTaken;
    private long transferred;

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
      if (position != transferred) {
        throw new IllegalArgumentException(
            "Cannot read numbers out of order: asked for byte "
                + position
                + ", next is "
                + transferred);
      }
      if (!piece.isReadable()) {
        takeNextPiece();
      }
      int written = target.write(piece.nioBuffer());
      piece.skipBytes(written);
      transferred += written;
      return written;
    }

    private void takeNextPiece() {
      int numbers = Math.min(NUMBERS_OF_PIECE, length - numbersTaken);
      int bytes = format.bytes(numbers);
      piece.clear();
      format.write(from, offset + numbersTaken, numbers, piece.nioBuffer(0, bytes));
      piece.writerIndex(bytes);
      numbersTaken += numbers;
    }

    @Override
    public long count() {
      return size();
    }

    @Override
    public long position() {
      return 0;
    }

    @Override
    public long transferred() {
      return transferred;
    }

    @Override
    protected void deallocate() {
      piece.release();
    }
  }
}
