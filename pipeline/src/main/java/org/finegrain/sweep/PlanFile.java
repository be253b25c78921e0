package org.finegrain.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes {@code plan.json}, as specified in {@code docs/formats.md}. */
public final class PlanFile {
  /** The name of the file within the sweep folder. */
  public static final String NAME = "plan.json";

  private static final int FIRST_FORMAT = 1;
  private static final int FORMAT = 2;
  private static final Logger LOG = LoggerFactory.getLogger(PlanFile.class);

  private PlanFile() {}

  /** Writes the plan to {@code sweep}, or replaces it there. Equal plans give equal bytes. */
  public static void write(Plan plan, Folder sweep) throws IOException {
    sweep.write(NAME, text(plan));
  }

  /**
   * Reads the plan in {@code sweep}; empty if there is none.
   *
   * @throws SweepException if the file is damaged, or of a later version
   */
  public static Optional<Plan> read(Folder sweep) throws IOException {
    try {
      return JsonFile.read(sweep, NAME, FIRST_FORMAT, FORMAT, PlanFile::parse);
    } catch (UnreadableFileException e) {
      throw new SweepException(
          e.getMessage()
              + (e.mustStay()
                  ? ""
                  : "; write it again by finegrain sweep plan, with the same --config and --set"),
          e);
    }
  }

  /**
   * Reads the plan in {@code sweep}.
   *
   * @throws SweepException if there is none, or as {@link #read}
   */
  public static Plan require(Folder sweep) throws IOException {
    return read(sweep)
        .orElseThrow(
            () ->
                new SweepException(
                    String.format(
                        Locale.ROOT,
                        "Cannot find plan.json in %s: start with finegrain sweep run",
                        sweep)));
  }

  /**
   * Keeps a damaged plan under another name, so that a new one can be written.
   *
   * @throws SweepException if the file is of a later version, or this user may not read it
   */
  public static void setAsideIfDamaged(Folder sweep) throws IOException {
    try {
      read(sweep);
    } catch (SweepException e) {
      if (e.getCause() instanceof UnreadableFileException file && !file.mustStay()) {
        String aside = "plan-unreadable-" + UUID.randomUUID() + ".json";
        sweep.move(NAME, aside);
        LOG.warn(
            "{}; keeping it as {} and planning anew. Trials that it had retired are not listed any"
                + " more; their run folders stay",
            file.getMessage(),
            aside);
        return;
      }
      throw e;
    }
  }

  static String text(Plan plan) {
    ObjectNode json = SweepJson.object();
    json.put("format", FORMAT);
    json.put("name", plan.name());
    ArrayNode spaces = json.putArray("spaces");
    plan.spaces().forEach(space -> put(spaces.addObject(), space));
    put(json.putObject("base"), plan.base());
    plan.replicas()
        .ifPresentOrElse(number -> json.put("replicas", number), () -> json.putNull("replicas"));
    putTrials(json.putArray("trials"), plan.trials());
    putTrials(json.putArray("retired"), plan.retired());
    return SweepJson.text(json);
  }

  private static void putTrials(ArrayNode array, List<Trial> trials) {
    for (Trial trial : trials) {
      ObjectNode node = array.addObject();
      node.put("id", trial.id());
      node.put("dataset", trial.dataset());
      node.put("seed", trial.seed());
      put(node.putObject("overrides"), trial.overrides());
      put(node.putObject("changes"), trial.changes());
      ArrayNode memberships = node.putArray("spaces");
      for (Membership membership : trial.spaces()) {
        ObjectNode space = memberships.addObject();
        space.put("space", membership.space());
        put(space.putObject("values"), membership.values());
      }
    }
  }

  private static void put(ObjectNode json, PlannedSpace space) {
    json.put("name", space.name());
    space.datasets().forEach(json.putArray("datasets")::add);
    space.seeds().forEach(json.putArray("seeds")::add);
    put(json.putObject("set"), space.set());
    ObjectNode axes = json.putObject("axes");
    space.axes().forEach((axis, values) -> values.forEach(axes.putArray(axis)::add));
    json.put("draws", space.draws());
  }

  private static Plan parse(JsonFields json) {
    boolean first = json.integer("format") == FIRST_FORMAT;
    Set<String> ids = new HashSet<>();
    List<Trial> trials = trials(json.array("trials"), first, ids);
    return new Plan(
        json.text("name"),
        first ? List.of(onlySpace(json, trials)) : spaces(json.array("spaces")),
        json.object("base").texts(),
        trials,
        first ? List.of() : trials(json.array("retired"), false, ids),
        json.has("replicas") ? OptionalInt.of(json.integer("replicas")) : OptionalInt.empty());
  }

  /**
   * Reads trials.
   *
   * @param first whether the plan is of the first version
   * @param ids the ids of the plan so far, each of which may stand once
   */
  private static List<Trial> trials(JsonNode array, boolean first, Set<String> ids) {
    List<Trial> trials = new ArrayList<>();
    for (JsonNode node : array) {
      JsonFields trial = new JsonFields(node);
      SortedMap<String, String> overrides = trial.object("overrides").texts();
      trials.add(
          new Trial(
              trial.text("id"),
              trial.text("dataset"),
              trial.wholeNumber("seed"),
              overrides,
              trial.object("changes").texts(),
              first
                  ? List.of(new Membership(PlannedSpace.AXES, overrides))
                  : memberships(trial.array("spaces"))));
      if (!ids.add(trial.text("id"))) {
        throw new IllegalArgumentException("trial " + trial.text("id") + " is in it twice");
      }
    }
    return trials;
  }

  /** Returns the space of a plan of version 1, whose only space is the sweep's axes. */
  private static PlannedSpace onlySpace(JsonFields json, List<Trial> trials) {
    return new PlannedSpace(
        PlannedSpace.AXES,
        trials.stream().map(Trial::dataset).distinct().toList(),
        trials.stream().map(Trial::seed).distinct().toList(),
        new TreeMap<>(),
        lists(json.object("axes")),
        0);
  }

  private static List<PlannedSpace> spaces(JsonNode array) {
    List<PlannedSpace> spaces = new ArrayList<>();
    for (JsonNode node : array) {
      JsonFields space = new JsonFields(node);
      List<Long> seeds = new ArrayList<>();
      space.array("seeds").forEach(seed -> seeds.add(seed.asLong()));
      spaces.add(
          new PlannedSpace(
              space.text("name"),
              list(space.array("datasets")),
              seeds,
              space.object("set").texts(),
              lists(space.object("axes")),
              space.integer("draws")));
    }
    return spaces;
  }

  private static List<Membership> memberships(JsonNode array) {
    List<Membership> memberships = new ArrayList<>();
    for (JsonNode node : array) {
      JsonFields space = new JsonFields(node);
      memberships.add(new Membership(space.text("space"), space.object("values").texts()));
    }
    return memberships;
  }

  private static SortedMap<String, List<String>> lists(JsonFields object) {
    SortedMap<String, List<String>> lists = new TreeMap<>();
    object.json().fieldNames().forEachRemaining(name -> lists.put(name, list(object.array(name))));
    return lists;
  }

  private static void put(ObjectNode object, SortedMap<String, String> values) {
    values.forEach(object::put);
  }

  private static List<String> list(JsonNode array) {
    List<String> list = new ArrayList<>();
    array.forEach(value -> list.add(value.asText()));
    return list;
  }
}
