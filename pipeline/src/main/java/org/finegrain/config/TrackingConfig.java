package org.finegrain.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * The server that shows runs beside those of other programs. It changes no result. Keys under
 * {@code tracking}.
 *
 * @param mlflow the address of an MLflow server; empty for none
 * @param experiment the name of the experiment there that gets the runs
 */
public record TrackingConfig(Optional<String> mlflow, String experiment) {
  /** The name of the experiment, unless another one is given. */
  public static final String DEFAULT_EXPERIMENT = "finegrain";

  /** The rule that an address must keep, as the end of a message. */
  public static final String ADDRESS_RULE =
      "must be an address such as http://127.0.0.1:5000, without a user";

  static TrackingConfig read(ConfigSection section) {
    return new TrackingConfig(
        section.textOrNone("mlflow", Optional.empty(), TrackingConfig::isAddress, ADDRESS_RULE),
        section.text("experiment", DEFAULT_EXPERIMENT));
  }

  /**
   * Returns whether a text is the address of a server. A user and a password are refused, because
   * run folders and logs show the address.
   */
  public static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return List.of("http", "https").contains(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
