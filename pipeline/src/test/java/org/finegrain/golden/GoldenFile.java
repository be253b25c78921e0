package org.finegrain.golden;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * One file of golden vectors, such as {@code aam.json}. A test class runs all its cases:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> aam() {
 *   return GoldenFile.open("aam").tests(Set.of("aam"), this::check);
 * }
 * }</pre>
 */
public final class GoldenFile {
  private static final int FORMAT = 1;

  private final String name;
  private final List<GoldenCase> cases;

  private GoldenFile(String name, List<GoldenCase> cases) {
    this.name = name;
    this.cases = cases;
  }

  /**
   * Returns the folder that holds the golden files.
   *
   * @throws IllegalStateException if the system property {@code finegrain.golden} does not name it
   */
  public static Path folder() {
    String root = System.getProperty("finegrain.root");
    if (root == null) {
      throw new IllegalStateException(
          "Cannot find the golden vectors: set -Dfinegrain.root to the checkout");
    }
    return Path.of(root, "pipeline/src/test/resources/golden");
  }

  /**
   * Opens {@code name}.json. If the folder holds no such file, there are no cases.
   *
   * @throws IllegalArgumentException if the file has an unknown format
   */
  public static GoldenFile open(String name) {
    Path path = folder().resolve(name + ".json");
    List<GoldenCase> cases = new ArrayList<>();
    if (Files.exists(path)) {
      JsonNode root = read(path);
      if (root.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Unsupported format of golden file %s: %s (must be %d)",
                path,
                root.path("format"),
                FORMAT));
      }
      root.required("cases")
          .forEach(json -> cases.add(new GoldenCase(name, json, root.required("tolerance"))));
    }
    return new GoldenFile(name, List.copyOf(cases));
  }

  /** Reads any JSON file of the folder, such as network_weights.json. */
  public static JsonNode json(String fileName) {
    return read(folder().resolve(fileName));
  }

  public List<GoldenCase> cases() {
    return cases;
  }

  /**
   * Returns one test for each case. A case whose kind is not in {@code built} is skipped with a
   * message that names its kind. A file that the folder does not hold is skipped too.
   */
  public Stream<DynamicTest> tests(Set<String> built, ThrowingConsumer<GoldenCase> check) {
    if (cases.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              name,
              () ->
                  abort(
                      String.format(Locale.ROOT, "No golden file %s.json in %s", name, folder()))));
    }
    return cases.stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.toString(),
                    () -> {
                      golden.requireBuilt(golden.kind(), built);
                      check.accept(golden);
                    }));
  }

  private static JsonNode read(Path path) {
    try {
      return new ObjectMapper().readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read golden file " + path, e);
    }
  }
}
