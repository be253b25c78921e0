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
 * The safetensors file format. Written as float32; read from float64, float32, float16 and
 * bfloat16:
 *
 * <pre>
 *   8 bytes   length n of the header, little endian
 *   n bytes   header, JSON: name → {"dtype": "F32", "shape": […], "data_offsets": [begin, end]};
 *             under "__metadata__" an object of strings
 *   the rest  the tensors' numbers, little endian, row major; offsets count from here
 * </pre>
 *
 * The same tensors in the same order give the same bytes. A reader trusts nothing: tensors must
 * fill the file without gap or overlap, and nothing is allocated before all of the header has been
 * checked against the size of the file. PyTorch's counters {@code num_batches_tracked} are passed
 * over. Format: https://huggingface.co/docs/safetensors/index#format
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int CHUNK_FLOATS = 16 * 1024;

  private Safetensors() {}

  public static void write(NamedTensors tensors, OutputStream out) throws IOException {
    write(tensors, Map.of(), out);
  }

  /**
   * Writes without holding a second copy of the numbers; leaves {@code out} open.
   *
   * @param metadata what the file says of itself, in order
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

  /**
   * Reads tensors in the order of their numbers; leaves {@code in} open.
   *
   * @param size bytes of the file
   * @throws IOException also if the file breaks the format, with the fault in the message
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
    long most = Math.min(SafetensorsHeader.MAX_BYTES, size - LENGTH_BYTES);
    if (bytes < 2 || bytes > most) {
      throw SafetensorsHeader.invalid(
          String.format(Locale.ROOT, "header of %d bytes (must be from 2 to %d)", bytes, most));
    }
    byte[] header = new byte[(int) bytes];
    fill(in, header, header.length, "the header");
    return SafetensorsHeader.parse(
        new String(header, StandardCharsets.UTF_8), size - LENGTH_BYTES - bytes);
  }

  private static void fill(InputStream in, byte[] target, int bytes, String what)
      throws IOException {
    int read = in.readNBytes(target, 0, bytes);
    if (read < bytes) {
      throw SafetensorsHeader.invalid(String.format(Locale.ROOT, "the file ends within %s", what));
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
