package org.finegrain.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The links from a page to run folders. On the same file system they are relative, so that they
 * still lead there when page and runs are moved together.
 *
 * @param page the location of the folder with the page
 */
record RunLinks(String page) {
  private static final String LOCAL = "file:";

  /** Returns the address of a run folder; empty if its location is not an address. */
  Optional<String> to(RunPlace place) {
    String location = place.name("").isEmpty() ? place.base() : place.base() + "/" + place.prefix();
    try {
      return Optional.of(
          isLocal(location) && isLocal(page)
              ? relative(path(page), path(location))
              : new URI(location.replace(" ", "%20")).toASCIIString());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isLocal(String location) {
    return location.startsWith(LOCAL);
  }

  private static Path path(String location) {
    return Path.of(location.substring(LOCAL.length()).replaceFirst("^/+", "/")).normalize();
  }

  private static String relative(Path from, Path to) throws URISyntaxException {
    String path = from.relativize(to).toString();
    return new URI(null, null, "./" + path + "/", null).toASCIIString().substring("./".length());
  }
}
