package org.finegrain.golden;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One case of a {@link GoldenFile}. Its values are found by their path, as in {@code
 * tensor("inputs", "x")}. The checks apply the tolerances that the file states.
 */
public final class GoldenCase {
  private static final List<String> KIND_FIELDS = List.of("module", "mode", "kind", "op");

  private final String file;
  private final JsonNode json;
  private final JsonNode tolerance;

  GoldenCase(String file, JsonNode json, JsonNode tolerance) {
    this.file = file;
    this.json = json;
    this.tolerance = tolerance;
  }

  public String name() {
    return text("name");
  }

  /**
   * Returns what the case tests: a module, mode, kind or operator, or the file's name if the case
   * names none.
   */
  public String kind() {
    return KIND_FIELDS.stream().filter(json::has).map(this::text).findFirst().orElse(file);
  }

  /** Skips the test if {@code kind}, such as an attention module, is not built. */
  public void requireBuilt(String kind, Set<String> built) {
    if (!built.contains(kind)) {
      abort(String.format(Locale.ROOT, "Not built yet: %s (%s)", kind, this));
    }
  }

  public boolean has(String... path) {
    return !find(path).isMissingNode();
  }

  /**
   * Returns the JSON at {@code path}, or the whole case if the path is empty.
   *
   * @throws IllegalArgumentException if there is none
   */
  public JsonNode json(String... path) {
    JsonNode node = find(path);
    if (node.isMissingNode()) {
      throw new IllegalArgumentException("Cannot find " + String.join(" ", path) + " in " + this);
    }
    return node;
  }

  public String text(String... path) {
    return json(path).asText();
  }

  public int integer(String... path) {
    return json(path).asInt();
  }

  public double number(String... path) {
    return json(path).asDouble();
  }

  public int[] integers(String... path) {
    return StreamSupport.stream(json(path).spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }

  public GoldenTensor tensor(String... path) {
    return GoldenTensor.of(json(path));
  }

  /** Returns the tensors below {@code path} in the file's order, such as all of {@code params}. */
  public Map<String, GoldenTensor> tensors(String... path) {
    Map<String, GoldenTensor> tensors = new LinkedHashMap<>();
    json(path)
        .fields()
        .forEachRemaining(field -> tensors.put(field.getKey(), GoldenTensor.of(field.getValue())));
    return tensors;
  }

  /** Compares a forward value with the tensor at {@code path}. */
  public void checkForward(float[] actual, String... path) {
    check(actual, number(tolerance, "forward_rtol"), path);
  }

  /** Compares a gradient with the tensor at {@code path}. */
  public void checkGradient(float[] actual, String... path) {
    check(actual, number(tolerance, "grad_rtol"), path);
  }

  /** Compares a forward value with the single number at {@code path}. */
  public void checkForward(double actual, String... path) {
    GoldenTensor expected = new GoldenTensor(new double[] {number(path)}, 1);
    expected.check(
        label(path),
        new double[] {actual},
        number(tolerance, "atol"),
        number(tolerance, "forward_rtol"));
  }

  private void check(float[] actual, double relative, String... path) {
    tensor(path).check(label(path), actual, number(tolerance, "atol"), relative);
  }

  private static double number(JsonNode node, String field) {
    return node.required(field).asDouble();
  }

  private JsonNode find(String... path) {
    JsonNode node = json;
    for (String field : path) {
      node = node.path(field);
    }
    return node;
  }

  private String label(String... path) {
    return this + ": " + String.join(" ", path);
  }

  @Override
  public String toString() {
    return file + ": " + name();
  }
}
