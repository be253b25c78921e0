package org.finegrain.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.security.AccessControlException;

/**
 * The reader of the JSON documents in run and sweep folders. Every fault of a file becomes one
 * sentence that names the file and repeats none of its content.
 */
public final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonFile() {}

  /** The parser of a document's fields. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * Returns what the document says.
     *
     * @throws IllegalArgumentException if a value is missing or invalid; the message names it
     */
    T parse(JsonFields document);
  }

  /**
   * Reads a file of a folder. Returns nothing if there is no such file.
   *
   * @param format the version of the format that this version of finegrain knows
   * @throws UnreadableFileException if the file is damaged, has a later format, or may not be read
   *     by this user
   */
  public static <T> Optional<T> read(Folder folder, String name, int format, Parser<T> parser)
      throws IOException {
    return read(folder, name, format, format, parser);
  }

  /**
   * Reads a file of a folder whose format may be an older one.
   *
   * @param oldest the oldest version of the format that this version of finegrain knows
   * @param newest the newest one
   * @throws UnreadableFileException as {@link #read(Folder, String, int, Parser)}
   */
  public static <T> Optional<T> read(
      Folder folder, String name, int oldest, int newest, Parser<T> parser) throws IOException {
    String file = folder.location(name);
    try {
      if (!folder.exists(name)) {
        return Optional.empty();
      }
      JsonFields document = parse(folder.text(name));
      requireFormat(document, oldest, newest, file);
      return Optional.of(parser.parse(document));
    } catch (IllegalArgumentException e) {
      throw UnreadableFileException.damaged(file, e.getMessage());
    } catch (AccessControlException | AccessDeniedException e) { // HDFS and local disks; s3a
      throw UnreadableFileException.forbidden(file);
    }
  }

  /**
   * Returns the fields of the JSON object in {@code text}.
   *
   * @throws IllegalArgumentException if the text is not a JSON object; the message does not repeat
   *     it
   */
  public static JsonFields parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      if (!json.isObject()) {
        throw new IllegalArgumentException("it holds no JSON object");
      }
      return new JsonFields(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "it is not whole JSON (line %d, column %d)",
              e.getLocation().getLineNr(),
              e.getLocation().getColumnNr()),
          e);
    }
  }

  private static void requireFormat(JsonFields document, int oldest, int newest, String file)
      throws UnreadableFileException {
    int found = document.integer("format");
    if (found > newest) {
      throw UnreadableFileException.later(
          file,
          String.format(
              Locale.ROOT,
              "it has format %d, this version reads %d; use the finegrain that wrote it",
              found,
              newest));
    } else if (found < oldest) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "its format cannot be %d (must be %d)", found, oldest));
    }
  }
}
