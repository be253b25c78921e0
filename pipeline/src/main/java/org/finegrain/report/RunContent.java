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

    RunReader.Result received() {
      return new RunReader.Result(
          state,
          Optional.ofNullable(message),
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
      List<EpochMetrics> epochs,
      TreeMap<String, String> provenance) {
    this.faults = faults;
    this.resultFault = resultFault;
    this.result = result;
    this.epochs = epochs;
    this.provenance = provenance;
  }

  /** Reads a run folder. What cannot be read is among the faults. */
  static RunContent read(RunPlace place, InputFolder input) throws IOException {
    RunReader reader = new RunReader(input, place);
    Optional<RunReader.Result> result = reader.result();
    Optional<String> fault = reader.fault();
    if (result.isPresent() && result.get().state() == TrialState.COMPLETED) {
      reader.noteMissing();
    }
    List<EpochMetrics> epochs = reader.epochs();
    TreeMap<String, String> provenance = new TreeMap<>(reader.provenance());
    return new RunContent(
        input.notes(),
        fault.orElse(null),
        result.map(SentResult::of).orElse(null),
        epochs,
        provenance);
  }

  /** Returns the content of a run folder of which nothing can be read. */
  static RunContent unreadable(FileFault fault) {
    return new RunContent(List.of(fault), fault.toString(), null, List.of(), new TreeMap<>());
  }

  /** Returns what the files lack, in the order in which it was found. */
  List<FileFault> faults() {
    return faults;
  }

  /** Returns the result; empty if the run has none or it cannot be read. */
  Optional<RunReader.Result> result() {
    return Optional.ofNullable(result).map(SentResult::received);
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
