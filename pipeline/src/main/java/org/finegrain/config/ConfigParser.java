package org.finegrain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses HOCON files. A name after {@code include} is looked for beside the file that includes it,
 * then in the folder {@code conf/} of the checkout, which the system property {@code
 * finegrain.conf} names, then in the copy of {@code conf/} within the jar.
 */
final class ConfigParser {
  private static final String PACKAGED = "/org/finegrain/conf/";
  private static final String PACKAGED_PREFIX = "jar:conf/";

  private final ConfigFiles files;

  ConfigParser(ConfigFiles files) {
    this.files = files;
  }

  /** {@code conf/reference.conf}, as packaged: what the records' defaults are documented by. */
  static Config reference() {
    String text =
        packaged("reference.conf")
            .orElseThrow(() -> new IllegalStateException("The jar lacks reference.conf"));
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setOriginDescription(Origins.DEFAULT));
  }

  /** The file and what it includes; faults are noted. */
  Config parse(String location, ConfigFaults faults) {
    Optional<Source> source = read(location, faults);
    if (source.isEmpty()) {
      faults.add(location, "", Optional.empty(), "cannot find this file");
      return ConfigFactory.empty();
    }
    return parse(source.get(), List.of(), faults);
  }

  private Config parse(Source source, List<String> includedBy, ConfigFaults faults) {
    List<String> chain = new ArrayList<>(includedBy);
    chain.add(source.location);
    try {
      return ConfigFactory.parseString(
          source.text,
          ConfigParseOptions.defaults()
              .setOriginDescription(source.location)
              .setIncluder(new Includer(source, chain, faults)));
    } catch (com.typesafe.config.ConfigException e) {
      ConfigFault fault = fault(e);
      faults.add(fault.origin(), fault.key(), fault.value(), fault.rule());
      return ConfigFactory.empty();
    }
  }

  /** What the parser complains of, with its place. */
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
        Origins.of(origin), "", Optional.empty(), (syntax ? "is no HOCON: " : "") + complaint);
  }

  private Optional<Source> read(String location, ConfigFaults faults) {
    if (location.startsWith(PACKAGED_PREFIX)) {
      return packaged(location.substring(PACKAGED_PREFIX.length()))
          .map(text -> new Source(location, text));
    }
    try {
      return files.read(location).map(text -> new Source(location, text));
    } catch (IOException | RuntimeException e) {
      faults.add(location, "", Optional.empty(), "cannot read this file: " + e.getMessage());
      return Optional.of(new Source(location, ""));
    }
  }

  private static Optional<String> packaged(String name) {
    try (InputStream in = ConfigParser.class.getResourceAsStream(PACKAGED + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + name + " from the jar", e);
    }
  }

  private record Source(String location, String text) {
    /** The place of {@code name} beside this file. */
    String beside(String name) {
      if (location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") && !location.startsWith(PACKAGED_PREFIX)) {
        return URI.create(location).resolve(name).toString();
      }
      String folder = location.substring(0, location.lastIndexOf('/') + 1);
      return name.startsWith("/") ? name : Path.of(folder + name).normalize().toString();
    }

    /** The line that includes {@code name}, for the fault; the parser does not tell. */
    String place(String name) {
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("include") && lines.get(i).contains(name)) {
          return location + ":" + (i + 1);
        }
      }
      return location;
    }
  }

  private final class Includer implements ConfigIncluder {
    private final Source source;
    private final List<String> chain;
    private final ConfigFaults faults;

    Includer(Source source, List<String> chain, ConfigFaults faults) {
      this.source = source;
      this.chain = chain;
      this.faults = faults;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
      List<String> places = new ArrayList<>(List.of(source.beside(name)));
      String conf = System.getProperty("finegrain.conf");
      if (conf != null) {
        places.add(Path.of(conf, name).toString());
      }
      places.add(PACKAGED_PREFIX + name);
      for (String place : places) {
        Optional<Source> included = read(place, faults);
        if (included.isPresent()) {
          if (chain.contains(place)) {
            faults.add(source.place(name), "", Optional.empty(), "includes itself: " + place);
            return ConfigFactory.empty().root();
          }
          return parse(included.get(), chain, faults).root();
        }
      }
      faults.add(
          source.place(name),
          "",
          Optional.empty(),
          "cannot find what is included; looked for " + String.join(", ", places));
      return ConfigFactory.empty().root();
    }

    /** Typesafe Config's own way of including is not wanted: it passes over missing files. */
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }
  }
}
