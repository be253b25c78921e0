package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @Test
  void isReadAsItWasWritten() throws IOException {
    NamedTensors tensors = tensors();
    NamedTensors read = read(bytes(tensors));
    assertThat(read).isEqualTo(tensors);
    assertThat(read.names()).containsExactlyElementsOf(tensors.names());
  }

  @Test
  void theSameTensorsGiveTheSameBytes() throws IOException {
    assertThat(bytes(tensors())).isEqualTo(bytes(tensors()));
  }

  @Test
  void keepsEveryBitOfANumber() throws IOException {
    float[] numbers = {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 0.1f};
    NamedTensors read = read(bytes(NamedTensors.of(Map.of("w", new FloatTensor(numbers, 5)))));
    assertThat(read.get("w").data()).isEqualTo(numbers);
  }

  @Test
  void writesTheLayoutOfTheFormat() throws IOException {
    byte[] file = bytes(NamedTensors.of(Map.of("w", new FloatTensor(new float[] {1, -2}, 1, 2))));
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    assertThat(length % 8).isZero();
    assertThat(new String(file, 8, length, StandardCharsets.UTF_8).strip()).isEqualTo(header);
    assertThat(buffer.getFloat(8 + length)).isEqualTo(1);
    assertThat(buffer.getFloat(8 + length + 4)).isEqualTo(-2);
    assertThat(file).hasSize(8 + length + 8);
  }

  @Test
  void theSizeIsKnownFromNamesAndShapes() throws IOException {
    List<Parameter> names =
        tensors().names().stream()
            .map(
                name ->
                    new Parameter(
                        name, Arrays.stream(tensors().get(name).shape()).boxed().toList()))
            .toList();
    assertThat(Safetensors.size(names)).isEqualTo(bytes(tensors()).length);
    assertThat(Safetensors.size(List.of())).isEqualTo(bytes(NamedTensors.of(Map.of())).length);
  }

  @Test
  void metadataIsPassedOver() throws IOException {
    byte[] file =
        file(
            "{'__metadata__':{'by':'another'},'w':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}",
            4);
    assertThat(read(file).get("w")).isEqualTo(new FloatTensor(new float[1]));
  }

  @Test
  void metadataIsWrittenFirst() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(tensors(), Map.of("format", "pt"), out);
    assertThat(out.toString(StandardCharsets.UTF_8).substring(8))
        .startsWith("{\"__metadata__\":{\"format\":\"pt\"},\"layer1.0.conv1.weight\":");
    assertThat(read(out.toByteArray())).isEqualTo(tensors());
  }

  @Test
  void readsHalfPrecision() throws IOException {
    short[] bits = {
      0x3c00, (short) 0xc000, 0x3555, 0x7bff, 0x0400, 0x0001, (short) 0x83ff, 0, (short) 0x8000
    };
    float[] expected = {
      1, -2, 1365 * 0x1p-12f, 65504, 0x1p-14f, 0x1p-24f, -1023 * 0x1p-24f, 0, -0f
    };
    assertThat(numbers("F16", bits)).isEqualTo(expected);
    assertThat(numbers("F16", (short) 0x7c00, (short) 0xfc00, (short) 0x7e00))
        .isEqualTo(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN});
  }

  @Test
  void readsBrainFloats() throws IOException {
    assertThat(numbers("BF16", (short) 0x3f80, (short) 0xc049, (short) 0x0001, (short) 0xff80))
        .isEqualTo(
            new float[] {1, -3.140625f, Float.intBitsToFloat(1 << 16), Float.NEGATIVE_INFINITY});
  }

  @Test
  void roundsDoublePrecision() throws IOException {
    byte[] file = file("{'w':{'dtype':'F64','shape':[2],'data_offsets':[0,16]}}", 16);
    ByteBuffer.wrap(file, file.length - 16, 16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putDouble(0.1)
        .putDouble(-3);
    assertThat(read(file).get("w")).isEqualTo(new FloatTensor(new float[] {0.1f, -3}, 2));
  }

  @Test
  void countersArePassedOver() throws IOException {
    byte[] file =
        file(
            "{'bn1.num_batches_tracked':{'dtype':'I64','shape':[],'data_offsets':[4,12]},"
                + "'v':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
                + "'w':{'dtype':'F32','shape':[1],'data_offsets':[12,16]}}",
            16);
    ByteBuffer.wrap(file, file.length - 16, 16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(5)
        .putLong(77)
        .putFloat(6);
    NamedTensors read = read(file);
    assertThat(read.names()).containsExactly("v", "w");
    assertThat(read.get("w").data()).containsExactly(6);
  }

  private static float[] numbers(String type, short... bits) throws IOException {
    int bytes = 2 * bits.length;
    byte[] file =
        file(
            String.format(
                Locale.ROOT,
                "{'w':{'dtype':'%s','shape':[%d],'data_offsets':[0,%d]}}",
                type,
                bits.length,
                bytes),
            bytes);
    ByteBuffer.wrap(file, file.length - bytes, bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .put(bits);
    return read(file).get("w").data();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]|0|the header is not a JSON object",
        "{'w'|0|header: Unexpected end-of-input",
        "{} {}|0|header: Trailing token",
        "{}|4|the tensors end at byte 0 of 4",
        "{'w':3}|0|tensor w has dtype  (must be F64, F32, F16 or BF16)",
        "{'w':{'dtype':'I8','shape':[4],'data_offsets':[0,4]}}|4|has dtype I8 (must be F64",
        "{'w':{'dtype':'I64','shape':[],'data_offsets':[0,8]}}|8|has dtype I64 (must be F64",
        "{'w':{'dtype':'f32','shape':[1],'data_offsets':[0,4]}}|4|has dtype f32 (must be F64",
        "{'w':{'dtype':'F16','shape':[2],'data_offsets':[0,8]}}|8|must be 4 bytes",
        "{'w':{'dtype':'F64','shape':[2],'data_offsets':[0,8]}}|8|must be 16 bytes",
        "{'bn1.num_batches_tracked':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}|4|must be I64",
        "{'bn1.num_batches_tracked':{'dtype':'I64','shape':[2],'data_offsets':[0,16]}}|16|one number",
        "{'bn1.num_batches_tracked':{'dtype':'I64','shape':[0],'data_offsets':[0,0]}}|0|one number",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|must be 8 bytes",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|8|starts at byte 4 (must be 0",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}|4|occupies bytes -4 to 0",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|3|the tensors end at byte 4 of 3",
        "{'w':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|must be integers from 0",
        "{'w':{'dtype':'F32','shape':[1.5],'data_offsets':[0,6]}}|6|must be integers from 0",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0.0,4]}}|4|must be two integers",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}|4|must be two integers",
        "{'w':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}}|4|up to 8",
        "{'w':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,0]}}|0|is too large",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[9223372036854775806,1]}}|4|occupies bytes",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[99999999999999999999,1]}}|4|two integers",
        "{'w':{'dtype':'F32','shape':[1]},'w':{'dtype':'F32'}}|4|Duplicate field 'w'",
        "{'w':{'a':[[[[[1]]]]]}}|4|nesting depth",
        "{'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|8|starts at byte 4 (must be 8, without",
        "{'v':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'w':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}}|12|starts at byte 8 (must be 4, without",
      })
  void refusesAHostileHeader(String header, int dataBytes, String message) {
    assertThatThrownBy(() -> read(file(header, dataBytes)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Invalid safetensors: ")
        .hasMessageContaining(message);
  }

  @Test
  void allocatesNothingForALengthThatTheFileCannotHold() {
    byte[] file =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE).array();
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "Invalid safetensors: header of 9223372036854775807 bytes (must be from 2 to 8)");
  }

  @Test
  void refusesAFileThatEndsEarly() throws IOException {
    byte[] file = bytes(tensors());
    ByteArrayInputStream shortened = new ByteArrayInputStream(file, 0, file.length - 1);
    assertThatThrownBy(() -> Safetensors.read(shortened, file.length))
        .hasMessage("Invalid safetensors: the file ends within tensor fc.bias");
    assertThatThrownBy(() -> read(new byte[3]))
        .hasMessage("Invalid safetensors: the file ends within the header's length");
  }

  /** Returns more numbers than fit a chunk, a scalar, and an empty tensor. */
  private static NamedTensors tensors() {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    float[] many = new float[40_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i / 7f;
    }
    tensors.put("layer1.0.conv1.weight", new FloatTensor(many, 100, 400));
    tensors.put("é \"quoted\"", new FloatTensor(new float[] {3}));
    tensors.put("empty", FloatTensor.zeros(0, 5));
    tensors.put("fc.bias", new FloatTensor(new float[] {1, 2, 3}, 3));
    return NamedTensors.of(tensors);
  }

  private static byte[] bytes(NamedTensors tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(tensors, out);
    return out.toByteArray();
  }

  private static NamedTensors read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), file.length);
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] bytes = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + bytes.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }
}
