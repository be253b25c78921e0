package org.finegrain.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The links from a page to run folders. Within one file system or store they are relative, so that
 * they still lead there when page and runs are moved together.
 *
 * @param page the location of the folder with the page
 */
record RunLinks(String page) {
  /** Returns the address of a run folder; empty if its location is not an address. */
  Optional<String> to(RunPlace place) {
    String location = place.name("").isEmpty() ? place.base() : place.base() + "/" + place.prefix();
    try {
      URI from = uri(page);
      URI to = uri(location);
      boolean isSameStore =
          Objects.equals(from.getScheme(), to.getScheme())
              && Objects.equals(from.getRawAuthority(), to.getRawAuthority());
      return Optional.of(isSameStore ? relative(from, to) : to.toASCIIString() + "/");
    } catch (URISyntaxException | IllegalArgumentException e) { // the second is Hadoop's
      return Optional.empty();
    }
  }

  /** Returns a location as an address; Hadoop's locations are not escaped. */
  private static URI uri(String location) {
    return new org.apache.hadoop.fs.Path(location).toUri();
  }

  private static String relative(URI from, URI to) throws URISyntaxException {
    String path = path(from).relativize(path(to)).toString();
    return new URI(null, null, "./" + path + "/", null).toASCIIString().substring("./".length());
  }

  private static Path path(URI location) {
    return Path.of(location.getPath().replaceFirst("^/+", "/")).normalize();
  }
}
