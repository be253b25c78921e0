package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final Finding OK = Finding.ok("17");
  private static final Finding WARNING = Finding.warning("slow", "hurry");
  private static final Finding FAILED = Finding.failed("old", "renew");

  @Test
  void hasALineForEachCheck() {
    assertThat(diagnosis(OK, WARNING, FAILED).report())
        .isEqualTo(
            """
            ok       check          17
            warning  check          slow: hurry
            FAILED   check          old: renew
            doctor: 3 checks, 1 failed, 1 warning\
            """);
    assertThat(diagnosis(OK, OK).report()).endsWith("\ndoctor: 2 checks, all fine");
  }

  @Test
  void warningsDoNotStop() {
    assertThat(diagnosis(OK, WARNING).isFit()).isTrue();
    assertThatCode(() -> diagnosis(OK, WARNING).requireFit()).doesNotThrowAnyException();
  }

  @Test
  void failuresThrow() {
    assertThat(diagnosis(FAILED).isFit()).isFalse();
    assertThatThrownBy(() -> diagnosis(OK, FAILED).requireFit())
        .isInstanceOf(UnfitException.class)
        .hasMessage("check: old: renew");
    assertThatThrownBy(() -> diagnosis(FAILED, OK, FAILED).requireFit())
        .hasMessage(
            "doctor: 3 checks, 2 failed, 0 warnings\n"
                + "FAILED   check          old: renew\nFAILED   check          old: renew");
  }

  @Test
  void missingExecutorsHaveAnExceptionOfTheirOwn() {
    assertThatThrownBy(() -> diagnosis("executors", FAILED).requireFit())
        .isInstanceOf(MissingExecutorsException.class)
        .hasMessage("executors: old: renew");
  }

  @Test
  void aFindingIsOneLine() {
    assertThat(Finding.failed("a cause\n  at some.Class")).isEqualTo(Finding.failed("a cause"));
  }

  private static Diagnosis diagnosis(Finding... findings) {
    return diagnosis("check", findings);
  }

  private static Diagnosis diagnosis(String name, Finding... findings) {
    return Diagnosis.of(
        Arrays.stream(findings)
            .<Check>map(
                finding ->
                    new Check() {
                      @Override
                      public String name() {
                        return name;
                      }

                      @Override
                      public Finding examine() {
                        return finding;
                      }
                    })
            .toList());
  }
}
