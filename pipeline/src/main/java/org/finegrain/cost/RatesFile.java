package org.finegrain.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.sweep.SweepJson;
import org.finegrain.train.TrainingSpeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes {@code rates.json} of a sweep folder, as {@code docs/formats.md} specifies it.
 */
final class RatesFile {
  static final String NAME = "rates.json";

  private static final int FORMAT = 1;
  private static final Logger LOG = LoggerFactory.getLogger(RatesFile.class);

  private RatesFile() {}

  /** Reads the rates that were measured; none if there is no such file or it cannot be read. */
  static List<KnownRate> read(Folder folder) throws IOException {
    try {
      return readable(folder);
    } catch (UnreadableFileException e) {
      LOG.warn("{}; its rates do not count", e.getMessage());
      return List.of();
    }
  }

  /** Adds a rate to the file, in place of an earlier one of the same network and executors. */
  static void add(KnownRate rate, Folder folder) throws IOException {
    List<KnownRate> rates = new ArrayList<>();
    try {
      rates.addAll(readable(folder));
    } catch (UnreadableFileException e) {
      if (e.mustStay()) {
        LOG.warn("{}; the measured rate is not kept", e.getMessage());
        return;
      }
      LOG.warn("{}; writing it again", e.getMessage());
    }
    rates.removeIf(
        it -> it.network().equals(rate.network()) && it.hardware().equals(rate.hardware()));
    rates.add(rate);
    folder.write(NAME, text(rates));
  }

  private static List<KnownRate> readable(Folder folder) throws IOException {
    return JsonFile.read(folder, NAME, FORMAT, RatesFile::parse).orElse(List.of());
  }

  private static List<KnownRate> parse(JsonFields json) {
    List<KnownRate> rates = new ArrayList<>();
    for (JsonNode node : json.array("rates")) {
      JsonFields rate = new JsonFields(node);
      rates.add(
          new KnownRate(
              new NetworkKey(rate.object("network").texts()),
              Hardware.of(rate.object("executors").texts()),
              new TrainingSpeed(
                  rate.number("seconds-per-image"),
                  rate.number("seconds-per-pass"),
                  rate.number("seconds-per-scored-image")),
              0));
    }
    return rates;
  }

  private static String text(List<KnownRate> rates) {
    ObjectNode json = SweepJson.object();
    json.put("format", FORMAT);
    ArrayNode array = json.putArray("rates");
    for (KnownRate rate : rates) {
      ObjectNode node = array.addObject();
      put(node.putObject("network"), rate.network().settings());
      put(node.putObject("executors"), rate.hardware().fields());
      node.put("seconds-per-image", rate.speed().step());
      node.put("seconds-per-pass", rate.speed().pass());
      node.put("seconds-per-scored-image", rate.speed().scoring());
    }
    return SweepJson.text(json);
  }

  private static void put(ObjectNode object, Map<String, String> fields) {
    fields.forEach(object::put);
  }
}
