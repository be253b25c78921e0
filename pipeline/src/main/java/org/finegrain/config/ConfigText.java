package org.finegrain.config;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The text of a configuration, as a user wrote it.
 *
 * @param location the location of the file, or {@code --set}
 */
record ConfigText(String location, String text) {
  /** The prefix of locations in the folder {@code conf/} within the jar. */
  static final String PACKAGED = "jar:conf/";

  private static final Pattern URI_LIKE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** A line of the text, with its place {@code file:line}. */
  record Line(String place, String text) {}

  /**
   * Decodes the content of a file.
   *
   * @throws IOException if the file is in another encoding than UTF-8
   */
  static ConfigText of(String location, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, text, true);
    text.flip();
    if (isUtf16(bytes)) {
      throw new IOException("it is in UTF-16, save it as UTF-8");
    } else if (result.isError()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "its line %d is not in UTF-8 (byte 0x%02x), save it as UTF-8",
              text.chars().filter(c -> c == '\n').count() + 1,
              bytes[in.position()]));
    }
    return new ConfigText(location, text.toString());
  }

  /**
   * Returns whether the bytes have the byte order mark of UTF-16, or a zero, as UTF-8 text has
   * none.
   */
  private static boolean isUtf16(byte[] bytes) {
    boolean marked =
        bytes.length >= 2
            && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
    return marked || IntStream.range(0, bytes.length).anyMatch(i -> bytes[i] == 0);
  }

  /** Returns the places of a file that this one includes, in the order in which they are tried. */
  List<String> placesOf(String name) {
    if (name.startsWith("/") || URI_LIKE.matcher(name).matches()) {
      return List.of(name);
    }
    List<String> places = new ArrayList<>(List.of(beside(name)));
    String conf = System.getProperty("finegrain.conf");
    if (conf != null) {
      places.add(Path.of(conf, name).toString());
    }
    places.add(PACKAGED + name);
    return places;
  }

  private String beside(String name) {
    if (URI_LIKE.matcher(location).matches() && !location.startsWith(PACKAGED)) {
      return URI.create(location).resolve(name).toString();
    }
    String folder = location.substring(0, location.lastIndexOf('/') + 1);
    return Path.of(folder + name).normalize().toString();
  }

  /** Returns the place of the first line that matches; that of the whole text if none does. */
  String placeOf(Predicate<String> line) {
    return lines().filter(it -> line.test(it.text())).map(Line::place).findFirst().orElse(location);
  }

  /** Returns the lines of the text. */
  Stream<Line> lines() {
    List<String> lines = text.lines().toList();
    boolean isFile = !location.equals(Origins.SET);
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new Line(isFile ? location + ":" + (i + 1) : location, lines.get(i)));
  }
}
