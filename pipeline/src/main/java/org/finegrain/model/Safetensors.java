package org.finegrain.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The reader and writer of safetensors files. Numbers are written as float32, and read from
 * float64, float32, float16 and bfloat16.
 *
 * <pre>
 *   8 bytes   length n of the header, little endian
 *   n bytes   header, JSON: name → {"dtype": "F32", "shape": […], "data_offsets": [begin, end]};
 *             under "__metadata__" an object of strings
 *   the rest  the tensors' numbers, little endian, row major; offsets count from here
 * </pre>
 *
 * The same tensors in the same order give the same bytes. The reader does not trust the file:
 * tensors must fill it without gap or overlap, and nothing is allocated before the whole header has
 * been checked against the size of the file. PyTorch's counters {@code num_batches_tracked} are
 * skipped. Source of the format: https://huggingface.co/docs/safetensors/index#format
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int CHUNK_FLOATS = 16 * 1024;

  private Safetensors() {}

  /** Writes tensors without metadata, and leaves {@code out} open. */
  public static void write(NamedTensors tensors, OutputStream out) throws IOException {
    write(tensors, Map.of(), out);
  }

  /**
   * Writes tensors without a second copy of the numbers in memory, and leaves {@code out} open.
   *
   * @param metadata the file's information about itself, in order
   */
  public static void write(NamedTensors tensors, Map<String, String> metadata, OutputStream out)
      throws IOException {
    byte[] header = SafetensorsHeader.of(tensors).toBytes(metadata);
    byte[] length = new byte[LENGTH_BYTES];
    littleEndian(length).putLong(header.length);
    out.write(length);
    out.write(header);
    byte[] chunk = new byte[CHUNK_FLOATS * Float.BYTES];
    FloatBuffer floatsOfChunk = littleEndian(chunk).asFloatBuffer();
    for (String name : tensors.names()) {
      float[] data = tensors.get(name).data();
      for (int from = 0; from < data.length; from += CHUNK_FLOATS) {
        int floats = Math.min(CHUNK_FLOATS, data.length - from);
        floatsOfChunk.clear().put(data, from, floats);
        out.write(chunk, 0, floats * Float.BYTES);
      }
    }
  }

  /** Returns the size in bytes of a file of tensors of these names and shapes, without metadata. */
  public static long size(List<Parameter> tensors) {
    SafetensorsHeader header = SafetensorsHeader.of(tensors);
    return LENGTH_BYTES + header.toBytes(Map.of()).length + header.dataBytes();
  }

  /**
   * Reads tensors in the order of their numbers in the file, and leaves {@code in} open.
   *
   * @param size the size of the file in bytes
   * @throws IOException if reading fails, or if the file breaks the format; the message then names
   *     the fault
   */
  public static NamedTensors read(InputStream in, long size) throws IOException {
    List<SafetensorsHeader.Entry> entries = header(in, size).entries();
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    byte[] chunk = new byte[CHUNK_FLOATS * Double.BYTES];
    for (SafetensorsHeader.Entry entry : entries) {
      if (entry.isCounter()) {
        fill(in, chunk, entry.type().bytes(), "tensor " + entry.name());
      } else {
        tensors.put(entry.name(), new FloatTensor(numbers(in, entry, chunk), entry.shape()));
      }
    }
    return NamedTensors.of(tensors);
  }

  private static float[] numbers(InputStream in, SafetensorsHeader.Entry entry, byte[] chunk)
      throws IOException {
    float[] numbers = new float[entry.length()];
    for (int from = 0; from < numbers.length; from += CHUNK_FLOATS) {
      int to = Math.min(numbers.length, from + CHUNK_FLOATS);
      fill(in, chunk, (to - from) * entry.type().bytes(), "tensor " + entry.name());
      ByteBuffer encoded = littleEndian(chunk);
      for (int i = from; i < to; i++) {
        numbers[i] = entry.type().read(encoded);
      }
    }
    return numbers;
  }

  private static SafetensorsHeader header(InputStream in, long size) throws IOException {
    byte[] length = new byte[LENGTH_BYTES];
    fill(in, length, LENGTH_BYTES, "the header's length");
    long bytes = littleEndian(length).getLong();
    long largest = Math.min(SafetensorsHeader.MAX_BYTES, size - LENGTH_BYTES);
    if (bytes < 2 || bytes > largest) {
      throw SafetensorsHeader.invalid(
          String.format(Locale.ROOT, "header of %d bytes (must be from 2 to %d)", bytes, largest));
    }
    byte[] header = new byte[(int) bytes];
    fill(in, header, header.length, "the header");
    return SafetensorsHeader.parse(
        new String(header, StandardCharsets.UTF_8), size - LENGTH_BYTES - bytes);
  }

  private static void fill(InputStream in, byte[] target, int bytes, String part)
      throws IOException {
    int read = in.readNBytes(target, 0, bytes);
    if (read < bytes) {
      throw SafetensorsHeader.invalid(String.format(Locale.ROOT, "the file ends within %s", part));
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
