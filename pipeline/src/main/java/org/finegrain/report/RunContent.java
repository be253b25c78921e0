package org.finegrain.report;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;

/**
 * The content of a run folder without its predictions, as a task returns it. Fields that may be
 * empty are null here, because Java's optional values cannot be sent.
 */
final class RunContent implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<FileFault> faults;
  private final String resultFault;
  private final SentResult result;
  private final RunSettings settings;
  private final List<EpochMetrics> epochs;
  private final TreeMap<String, String> provenance;

  private record SentResult(
      TrialState state,
      String message,
      String fingerprint,
      Hits test,
      int classes,
      long testSamples,
      long parameters,
      Long multiplyAdds,
      int epochs,
      double seconds,
      double imagesPerSecond,
      int replicas)
      implements Serializable {

    static SentResult of(RunReader.Result result) {
      Trial.Outcome outcome = result.outcome();
      return new SentResult(
          result.state(),
          result.message().orElse(null),
          result.fingerprint(),
          result.test().orElse(null),
          outcome.classes(),
          outcome.testSamples(),
          outcome.parameters(),
          outcome.multiplyAdds().isPresent() ? outcome.multiplyAdds().getAsLong() : null,
          outcome.epochs(),
          outcome.seconds(),
          outcome.imagesPerSecond(),
          outcome.replicas());
    }

    RunReader.Result received(RunSettings settings) {
      return new RunReader.Result(
          state,
          Optional.ofNullable(message),
          settings,
          fingerprint,
          Optional.ofNullable(test),
          new Trial.Outcome(
              classes,
              testSamples,
              parameters,
              multiplyAdds == null ? OptionalLong.empty() : OptionalLong.of(multiplyAdds),
              epochs,
              seconds,
              imagesPerSecond,
              replicas));
    }
  }

  private RunContent(
      List<FileFault> faults,
      String resultFault,
      SentResult result,
      RunSettings settings,
      List<EpochMetrics> epochs,
      TreeMap<String, String> provenance) {
    this.faults = faults;
    this.resultFault = resultFault;
    this.result = result;
    this.settings = settings;
    this.epochs = epochs;
    this.provenance = provenance;
  }

  /** Reads a run folder. What cannot be read is among the faults. */
  static RunContent read(RunPlace place, InputFolder input) {
    RunReader reader = new RunReader(input, place);
    Optional<RunReader.Result> result =
        part(input, place.name("result.json"), Optional.empty(), reader::result);
    Optional<String> fault = reader.fault();
    Optional<RunSettings> settings = Optional.empty();
    if (place.isAlone()) { // a sweep's plan knows the settings of its trials
      settings =
          result.isPresent()
              ? result.map(RunReader.Result::settings)
              : part(input, "config.conf", settings, () -> RunSettings.ofConfig(input));
    }
    List<EpochMetrics> epochs = part(input, place.name("metrics.jsonl"), List.of(), reader::epochs);
    SortedMap<String, String> provenance =
        part(input, place.name("provenance.json"), new TreeMap<>(), reader::provenance);
    if (result.isPresent() && result.get().state() == TrialState.COMPLETED) {
      reader.noteMissing();
    }
    return new RunContent(
        input.notes(),
        fault.orElse(null),
        result.map(SentResult::of).orElse(null),
        settings.orElse(null),
        epochs,
        new TreeMap<>(provenance));
  }

  /** The reading of one file. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads one file, and notes it where it cannot be read: it costs no other file. */
  private static <T> T part(InputFolder input, String file, T without, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException | RuntimeException e) {
      input.note(file, "it cannot be read");
      return without;
    }
  }

  /** Returns the content of a run folder of which nothing can be read. */
  static RunContent unreadable(FileFault fault) {
    return new RunContent(List.of(fault), fault.toString(), null, null, List.of(), new TreeMap<>());
  }

  /** Returns what the files lack, in the order in which it was found. */
  List<FileFault> faults() {
    return faults;
  }

  /** Returns the result; empty if the run has none or it cannot be read. */
  Optional<RunReader.Result> result() {
    return Optional.ofNullable(result).map(sent -> sent.received(settings));
  }

  /** Returns what a single run has trained; empty in a sweep, and where the files do not say it. */
  Optional<RunSettings> settings() {
    return Optional.ofNullable(settings);
  }

  /** Returns why the result cannot be read; empty if it is missing or can be read. */
  Optional<String> resultFault() {
    return Optional.ofNullable(resultFault);
  }

  /** Returns the metrics of the epochs, in their order. */
  List<EpochMetrics> epochs() {
    return epochs;
  }

  /** Returns field of the provenance record → text. */
  SortedMap<String, String> provenance() {
    return provenance;
  }
}
