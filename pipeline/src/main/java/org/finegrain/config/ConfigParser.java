package org.finegrain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses HOCON files. An included file is looked for beside the file that includes it, then in the
 * folder {@code conf/} of the checkout, which the system property {@code finegrain.conf} names,
 * then in the copy of {@code conf/} within the jar.
 */
final class ConfigParser {
  private static final String RESOURCES = "/org/finegrain/conf/";

  private final ConfigFiles files;
  private final ConfigFaults faults;
  private final List<ConfigText> texts = new ArrayList<>();

  /**
   * Makes a parser.
   *
   * @param files the source of the files
   * @param faults takes the faults of files that cannot be read
   */
  ConfigParser(ConfigFiles files, ConfigFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  /** Returns {@code conf/reference.conf} from the jar, which documents the defaults. */
  static Config reference() {
    byte[] text =
        packaged("reference.conf")
            .orElseThrow(() -> new IllegalStateException("The jar lacks reference.conf"));
    return ConfigFactory.parseString(
        new String(text, StandardCharsets.UTF_8),
        ConfigParseOptions.defaults().setOriginDescription(Origins.DEFAULT));
  }

  /** Parses the file and the files that it includes. */
  Config parse(String location) {
    Optional<ConfigText> text = read(location);
    if (text.isEmpty()) {
      faults.add(location, "", Optional.empty(), "cannot find this file");
      return ConfigFactory.empty();
    }
    return parse(text.get(), List.of());
  }

  /** Returns the texts of all files read so far. */
  List<ConfigText> texts() {
    return texts;
  }

  private Config parse(ConfigText text, List<String> includedBy) {
    texts.add(text);
    List<String> chain = new ArrayList<>(includedBy);
    chain.add(text.location());
    try {
      return ConfigFactory.parseString(
          text.text(),
          ConfigParseOptions.defaults()
              .setOriginDescription(text.location())
              .setIncluder(new Includer(text, chain)));
    } catch (com.typesafe.config.ConfigException e) {
      faults.add(withoutSecrets(fault(e), text));
      return ConfigFactory.empty();
    }
  }

  /** Leaves the words of a line that may hold a secret out of a fault of that line. */
  private static ConfigFault withoutSecrets(ConfigFault fault, ConfigText text) {
    boolean secret =
        text.lines()
            .anyMatch(
                line -> line.place().equals(fault.origin()) && Secrets.areNamedIn(line.text()));
    return secret
        ? new ConfigFault(
            fault.origin(),
            "",
            Optional.empty(),
            "is not HOCON; as this line may hold a secret, what is wrong in it is not shown")
        : fault;
  }

  /** Returns the fault that Typesafe Config reports, with its place. */
  static ConfigFault fault(com.typesafe.config.ConfigException e) {
    ConfigOrigin origin = e.origin();
    if (origin == null) {
      return new ConfigFault(Origins.RESOLVED, "", Optional.empty(), e.getMessage());
    }
    String message = e.getMessage().replaceFirst(" \\(if you intended.*", "");
    String prefix = origin.description() + ": ";
    String complaint = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    boolean syntax =
        e instanceof com.typesafe.config.ConfigException.Parse
            && !(e instanceof com.typesafe.config.ConfigException.UnresolvedSubstitution);
    return new ConfigFault(
        Origins.of(origin), "", Optional.empty(), (syntax ? "is not HOCON: " : "") + complaint);
  }

  private Optional<ConfigText> read(String location) {
    try {
      Optional<byte[]> bytes =
          location.startsWith(ConfigText.PACKAGED)
              ? packaged(location.substring(ConfigText.PACKAGED.length()))
              : files.read(location);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(ConfigText.of(location, bytes.get()));
    } catch (IOException | RuntimeException e) {
      String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      faults.add(location, "", Optional.empty(), "cannot read this file: " + why);
      return Optional.of(new ConfigText(location, ""));
    }
  }

  private static Optional<byte[]> packaged(String name) {
    try (InputStream in = ConfigParser.class.getResourceAsStream(RESOURCES + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + name + " from the jar", e);
    }
  }

  /**
   * Includes files by the same rule for all forms of {@code include}. Typesafe Config's own
   * includers are not used, as they ignore missing files.
   */
  private final class Includer
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {
    private final ConfigText text;
    private final List<String> chain;

    Includer(ConfigText text, List<String> chain) {
      this.text = text;
      this.chain = chain;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
      return include(name, text.placesOf(name));
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File file) {
      return include(context, file.getPath());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String name) {
      return include(name, List.of(ConfigText.PACKAGED + name));
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
      return include(url.getPath(), List.of(url.toString()));
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    private ConfigObject include(String name, List<String> places) {
      for (String place : places) {
        Optional<ConfigText> included = read(place);
        if (included.isPresent()) {
          if (chain.contains(place)) {
            return refuse(name, "includes itself: " + place);
          }
          return parse(included.get(), chain).root();
        }
      }
      return refuse(name, "cannot find the included file; looked for " + String.join(", ", places));
    }

    private ConfigObject refuse(String name, String rule) {
      String place = text.placeOf(line -> line.contains("include") && line.contains(name));
      faults.add(place, "", Optional.empty(), rule);
      return ConfigFactory.empty().root();
    }
  }
}
