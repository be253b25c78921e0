package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.doctor.Finding.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The findings of all checks, in the order in which they were made. */
public final class Diagnosis {
  private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);

  private final List<Line> lines;

  private record Line(String check, Finding finding) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%-8s %-14s %s", finding.verdict().word(), check, finding.text());
    }
  }

  private Diagnosis(List<Line> lines) {
    this.lines = lines;
  }

  /** Makes {@code checks}, one after the other. */
  static Diagnosis of(List<Check> checks) {
    return new Diagnosis(
        checks.stream().map(check -> new Line(check.name(), check.examine())).toList());
  }

  /** Returns whether all checks passed. Warnings do not count. */
  public boolean isFit() {
    return with(Verdict.FAILED).isEmpty();
  }

  /** Returns one line for each check, and the summary as the last line. */
  public String report() {
    return text(lines) + "\n" + summary();
  }

  /** Returns how many checks failed or warned, such as {@code doctor: 14 checks, all fine}. */
  String summary() {
    int failed = with(Verdict.FAILED).size();
    int warnings = with(Verdict.WARNING).size();
    if (failed + warnings == 0) {
      return String.format(Locale.ROOT, "doctor: %d checks, all fine", lines.size());
    }
    return String.format(
        Locale.ROOT,
        "doctor: %d checks, %d failed, %d %s",
        lines.size(),
        failed,
        warnings,
        warnings == 1 ? "warning" : "warnings");
  }

  /**
   * Throws if a check failed. Otherwise logs the warnings and the summary.
   *
   * @throws MissingExecutorsException if the check of the executors failed; a later try may succeed
   * @throws UnfitException if another check failed
   */
  public void requireFit() {
    with(Verdict.WARNING).forEach(line -> LOG.warn("{}: {}", line.check, line.finding.text()));
    List<Line> failed = with(Verdict.FAILED);
    if (failed.isEmpty()) {
      LOG.info(summary());
      return;
    }
    String message =
        failed.size() == 1
            ? failed.get(0).check + ": " + failed.get(0).finding.text()
            : summary() + "\n" + text(failed);
    if (failed.stream().anyMatch(line -> line.check.equals(Executors.NAME))) {
      throw new MissingExecutorsException(message);
    }
    throw new UnfitException(message);
  }

  private List<Line> with(Verdict verdict) {
    return lines.stream().filter(line -> line.finding.verdict() == verdict).toList();
  }

  private static String text(List<Line> lines) {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }
}
