package org.finegrain.train;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes a file of scalars for TensorBoard. BigDL has a writer too, but it knows only HDFS and
 * local files, and closes the file system that Spark still uses.
 *
 * <p>The file is a TFRecord file: each record is its length (8 bytes), a checksum of it, the data,
 * and a checksum of that, all little endian. The data is an {@code Event} of TensorFlow's {@code
 * event.proto} in the encoding of Protocol Buffers.
 */
public final class TensorBoardEvents implements Closeable {
  private static final int CRC_MASK = 0xa282ead8;

  // Field numbers of Event, of its Summary, and of the summary's Value, with their wire types.
  private static final int DOUBLE = 1;
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FLOAT = 5;
  private static final int WALL_TIME = (1 << 3) | DOUBLE;
  private static final int STEP = (2 << 3) | VARINT;
  private static final int FILE_VERSION = (3 << 3) | BYTES;
  private static final int SUMMARY = (5 << 3) | BYTES;
  private static final int VALUE = (1 << 3) | BYTES;
  private static final int TAG = (1 << 3) | BYTES;
  private static final int SIMPLE_VALUE = (2 << 3) | FLOAT;

  private final OutputStream out;

  private TensorBoardEvents(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param out the stream to write to; {@link #close} closes it
   */
  public static TensorBoardEvents begin(OutputStream out) throws IOException {
    TensorBoardEvents events = new TensorBoardEvents(out);
    Message first = events.event();
    first.bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    events.write(first);
    return events;
  }

  /** Writes one value of the curve {@code tag}. */
  public void scalar(String tag, double value, long step) throws IOException {
    Message entry = new Message();
    entry.bytes(TAG, tag.getBytes(StandardCharsets.UTF_8));
    entry.float32(SIMPLE_VALUE, (float) value);
    Message summary = new Message();
    summary.bytes(VALUE, entry.toByteArray());
    Message event = event();
    event.varint(STEP, step);
    event.bytes(SUMMARY, summary.toByteArray());
    write(event);
  }

  /** Hands all values written so far to the store. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private Message event() {
    Message event = new Message();
    event.float64(WALL_TIME, System.currentTimeMillis() / 1e3);
    return event;
  }

  private void write(Message event) throws IOException {
    byte[] data = event.toByteArray();
    byte[] length = littleEndian(8).putLong(data.length).array();
    out.write(length);
    out.write(maskedChecksum(length));
    out.write(data);
    out.write(maskedChecksum(data));
  }

  private static byte[] maskedChecksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, data.length);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    return littleEndian(4).putInt(masked).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A message of Protocol Buffers. A key combines a field number and a wire type. */
  private static final class Message extends ByteArrayOutputStream {
    void float64(int key, double value) {
      write(key);
      writeBytes(littleEndian(8).putDouble(value).array());
    }

    void float32(int key, float value) {
      write(key);
      writeBytes(littleEndian(4).putFloat(value).array());
    }

    void bytes(int key, byte[] value) {
      varint(key, value.length);
      writeBytes(value);
    }

    void varint(int key, long value) {
      write(key);
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      write((int) rest);
    }
  }
}
