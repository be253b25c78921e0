package org.finegrain.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a safetensors file.
 *
 * @param entries its tensors in the order of their numbers, without gaps from offset 0 on
 */
record SafetensorsHeader(List<Entry> entries) {
  /** The largest header that is read. A ResNet-152 needs 90 kB; the format itself allows 100 MB. */
  static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final String METADATA = "__metadata__";
  private static final String COUNTER = "num_batches_tracked";
  private static final int ALIGNMENT = 8;
  private static final int MAX_DIMENSIONS = 8;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(4)
                          .maxNumberLength(20)
                          .maxStringLength(64 * 1024)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The entry of one tensor.
   *
   * @param begin the offset of its first byte, from the end of the header on
   */
  record Entry(String name, NumberType type, int[] shape, long begin) {
    /** Returns the number of elements. */
    int length() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Returns the offset behind its last byte. */
    long end() {
      return begin + (long) type.bytes() * length();
    }

    /**
     * Returns whether the tensor is a counter: in PyTorch, a batch norm counts the batches it has
     * seen.
     */
    boolean isCounter() {
      return type == NumberType.I64;
    }
  }

  static SafetensorsHeader of(NamedTensors tensors) {
    return of(
        tensors.names().stream()
            .map(
                name ->
                    new Parameter(name, Arrays.stream(tensors.get(name).shape()).boxed().toList()))
            .toList());
  }

  /** Returns the header of a file that holds tensors of these names and shapes, in this order. */
  static SafetensorsHeader of(List<Parameter> tensors) {
    List<Entry> entries = new ArrayList<>();
    long begin = 0;
    for (Parameter tensor : tensors) {
      Entry entry = new Entry(tensor.name(), NumberType.F32, tensor.dimensions(), begin);
      entries.add(entry);
      begin = entry.end();
    }
    return new SafetensorsHeader(entries);
  }

  /** Returns the number of bytes of all tensors' numbers. */
  long dataBytes() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }

  /**
   * Returns the header as JSON. Spaces fill it up, so that the numbers start at a multiple of eight
   * bytes, as the format requires.
   */
  byte[] toBytes(Map<String, String> metadata) {
    ObjectNode json = MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode own = json.putObject(METADATA);
      metadata.forEach(own::put);
    }
    for (Entry entry : entries) {
      ObjectNode tensor = json.putObject(entry.name()).put("dtype", entry.type().name());
      var shape = tensor.putArray("shape");
      Arrays.stream(entry.shape()).forEach(shape::add);
      tensor.putArray("data_offsets").add(entry.begin()).add(entry.end());
    }
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  /**
   * Reads a header and checks it against the size of the file.
   *
   * @param dataBytes the number of bytes behind the header
   * @throws IOException if the header breaks the format
   */
  static SafetensorsHeader parse(String text, long dataBytes) throws IOException {
    JsonNode json;
    try {
      json = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException("Invalid safetensors: header: " + e.getOriginalMessage(), e);
    }
    if (!json.isObject()) {
      throw invalid("the header is not a JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : (Iterable<Map.Entry<String, JsonNode>>) json::fields) {
      if (!field.getKey().equals(METADATA)) {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireEndToEnd(entries, dataBytes);
    return new SafetensorsHeader(entries);
  }

  private static Entry entry(String name, JsonNode json) throws IOException {
    NumberType type = type(name, json.path("dtype").asText());
    int[] shape = shape(name, json.path("shape"));
    JsonNode offsets = json.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !offsets.path(0).canConvertToLong()
        || !offsets.path(1).canConvertToLong()
        || !offsets.path(0).isIntegralNumber()
        || !offsets.path(1).isIntegralNumber()) {
      throw invalid(
          String.format(
              Locale.ROOT, "tensor %s has data_offsets %s (must be two integers)", name, offsets));
    }
    long begin = offsets.path(0).asLong();
    long end = offsets.path(1).asLong();
    try {
      Entry entry = new Entry(name, type, shape, begin);
      if (begin < 0 || entry.end() != end) {
        throw invalid(
            String.format(
                Locale.ROOT,
                "tensor %s of shape %s occupies bytes %d to %d (must be %d bytes)",
                name,
                Arrays.toString(shape),
                begin,
                end,
                (long) type.bytes() * entry.length()));
      }
      if (entry.isCounter() && entry.length() != 1) {
        throw invalid(
            String.format(
                Locale.ROOT,
                "tensor %s has shape %s (must be one number)",
                name,
                Arrays.toString(shape)));
      }
      return entry;
    } catch (ArithmeticException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Invalid safetensors: tensor %s of shape %s is too large",
              name,
              Arrays.toString(shape)),
          e);
    }
  }

  private static NumberType type(String name, String text) throws IOException {
    boolean isCounter = name.equals(COUNTER) || name.endsWith("." + COUNTER);
    for (NumberType type : NumberType.values()) {
      if (type.name().equals(text) && isCounter == (type == NumberType.I64)) {
        return type;
      }
    }
    throw invalid(
        String.format(
            Locale.ROOT,
            "tensor %s has dtype %s (must be %s)",
            name,
            text,
            isCounter ? "I64" : "F64, F32, F16 or BF16"));
  }

  private static int[] shape(String name, JsonNode json) throws IOException {
    if (!json.isArray() || json.size() > MAX_DIMENSIONS) {
      throw invalid(
          String.format(
              Locale.ROOT, "tensor %s has shape %s (must be up to 8 integers)", name, json));
    }
    int[] shape = new int[json.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode side = json.path(i);
      if (!side.isIntegralNumber() || !side.canConvertToInt() || side.asInt() < 0) {
        throw invalid(
            String.format(
                Locale.ROOT, "tensor %s has shape %s (must be integers from 0)", name, json));
      }
      shape[i] = side.asInt();
    }
    return shape;
  }

  private static void requireEndToEnd(List<Entry> entries, long dataBytes) throws IOException {
    long at = 0;
    for (Entry entry : entries) {
      if (entry.begin() != at) {
        throw invalid(
            String.format(
                Locale.ROOT,
                "tensor %s starts at byte %d (must be %d, without gap or overlap)",
                entry.name(),
                entry.begin(),
                at));
      }
      at = entry.end();
    }
    if (at != dataBytes) {
      throw invalid(String.format(Locale.ROOT, "the tensors end at byte %d of %d", at, dataBytes));
    }
  }

  /** Returns the exception for a file that breaks the format. */
  static IOException invalid(String message) {
    return new IOException("Invalid safetensors: " + message);
  }
}
