package org.finegrain.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An MLflow server, by its REST interface. No exchange lasts longer than its timeout, from the
 * connection to the last byte of the answer. Credentials are those of MLflow's own clients, in the
 * environment variables {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and
 * {@code MLFLOW_TRACKING_PASSWORD}.
 */
final class MlflowServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_MESSAGE = 300;
  private static final JsonMapper JSON = new JsonMapper();

  private final String address;
  private final Optional<String> authorization;
  private final HttpClient http;

  private MlflowServer(String address, Optional<String> authorization) {
    this.address = address;
    this.authorization = authorization;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  /**
   * Returns the server at an address.
   *
   * @param environment the environment variables of this process
   */
  static MlflowServer at(String address, Map<String, String> environment) {
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    Optional<String> authorization = Optional.empty();
    if (!user.isEmpty()) {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    } else if (!token.isEmpty()) {
      authorization = Optional.of("Bearer " + token);
    }
    return new MlflowServer(address.replaceFirst("/+$", ""), authorization);
  }

  String address() {
    return address;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Asks for something.
   *
   * @param path the path below the version, such as {@code experiments/get-by-name}
   */
  JsonNode get(String path, String parameter, String value)
      throws MlflowException, InterruptedException {
    String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return json(exchange("mlflow/" + path + query, "GET", BodyPublishers.noBody(), TIMEOUT), path);
  }

  /** Sends a JSON object, and returns the answer. */
  JsonNode post(String path, JsonNode body) throws MlflowException, InterruptedException {
    BodyPublisher content = BodyPublishers.ofString(body.toString());
    return json(exchange("mlflow/" + path, "POST", content, TIMEOUT), path);
  }

  /**
   * Stores an artifact.
   *
   * @param path the path of the artifact in the server's store
   */
  void putArtifact(String path, byte[] content) throws MlflowException, InterruptedException {
    String encoded =
        URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
    exchange(
        "mlflow-artifacts/artifacts/" + encoded,
        "PUT",
        BodyPublishers.ofByteArray(content),
        UPLOAD_TIMEOUT);
  }

  private String exchange(String path, String method, BodyPublisher body, Duration timeout)
      throws MlflowException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/" + path))
            .timeout(timeout)
            .header(
                "Content-Type",
                method.equals("PUT") ? "application/octet-stream" : "application/json")
            .method(method, body);
    authorization.ifPresent(value -> request.header("Authorization", value));
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      HttpResponse<String> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw refused(response);
      }
      return response.body();
    } catch (TimeoutException e) { // the request's own timeout ends with the answer's head
      throw MlflowException.unreachable("it does not answer in time", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String reason =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      throw MlflowException.unreachable(plain(reason), e);
    } finally {
      exchange.cancel(true);
    }
  }

  private static MlflowException refused(HttpResponse<String> response) {
    String code = "";
    String message = "";
    try {
      JsonNode json = JSON.readTree(response.body());
      code = json.path("error_code").asText();
      message = json.path("message").asText();
    } catch (JsonProcessingException e) {
      // a page of a proxy, or of another server
    }
    return MlflowException.refused(
        plain(
            String.format(Locale.ROOT, "HTTP status %d %s %s", response.statusCode(), code, message)
                .strip()),
        response.statusCode(),
        code);
  }

  private static JsonNode json(String body, String path) throws MlflowException {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // the same message as below
    }
    throw MlflowException.unfit("its answer to " + path + " is no JSON object; is it MLflow?");
  }

  /** Returns a text from outside as one short line. */
  private static String plain(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + " …";
  }
}
