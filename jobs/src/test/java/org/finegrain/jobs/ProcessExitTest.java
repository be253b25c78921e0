package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessExitTest {
  private static final Map<String, String> APPLICATION_MASTER =
      Map.of("spark.master", "yarn", "spark.submit.deployMode", "cluster");

  @AfterEach
  void forgetTheMaster() {
    APPLICATION_MASTER.keySet().forEach(System::clearProperty);
  }

  @Test
  void aSuccessfulJobReturns() {
    assertThatCode(() -> ProcessExit.with(0, System.err)).doesNotThrowAnyException();
  }

  @Test
  void theApplicationMasterIsToldTheStatusInOneLine() {
    APPLICATION_MASTER.forEach(System::setProperty);
    assertThatThrownBy(() -> ProcessExit.with(3, System.err))
        .hasMessageStartingWith("finegrain ended with exit code 3;")
        .matches(e -> e.getStackTrace().length == 0);
  }
}
