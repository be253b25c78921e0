package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  private final Plan plan = Plan.of("small", Experiments.with());
  @TempDir private Path temporary;
  private Folder sweep;

  @BeforeEach
  void write() throws IOException {
    sweep = Folder.at(temporary.toString(), new Configuration(false));
    PlanFile.write(plan, sweep);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(PlanFile.read(sweep)).contains(plan);
    Plan run = plan.withReplicas(OptionalInt.of(2));
    PlanFile.write(run, sweep);
    assertThat(PlanFile.read(sweep)).contains(run);
  }

  @Test
  void aDamagedPlanIsNamedAndCanBeReplaced() throws IOException {
    String text = sweep.text(PlanFile.NAME);
    String id = plan.trials().get(0).id();
    for (String[] damage :
        new String[][] {
          {"", "it is empty"},
          {text.substring(0, 200), "it is not whole JSON (line "},
          {text.replace(id, "../../x"), "the id of a trial is not 12 hex digits"},
          {text.replace(id, ""), "its id cannot be \"\" (must be text)"},
          {text.replace(id, plan.trials().get(1).id()), "is in it twice"},
          {text.replace("\"dogs\"", "\"../dogs\""), "is not a short name"},
          {text.replace("\"seed\" : 1", "\"seed\" : \"one\""), "its seed cannot be \"one\""},
          {text.replace("\"trials\"", "\"trails\""), "it lacks trials"},
        }) {
      sweep.write(PlanFile.NAME, damage[0]);
      assertThatThrownBy(() -> PlanFile.read(sweep))
          .isInstanceOf(SweepException.class)
          .hasMessageStartingWith("Cannot read " + sweep.location(PlanFile.NAME) + ": ")
          .hasMessageContaining(damage[1])
          .hasMessageEndingWith(
              "; write it again by finegrain sweep plan, with the same --config and --set");
      PlanFile.setAsideIfDamaged(sweep);
      assertThat(PlanFile.read(sweep)).isEmpty();
      assertThat(sweep.list())
          .anyMatch(name -> name.matches("plan-unreadable-.*") && isKept(name, damage[0]));
    }
  }

  private boolean isKept(String name, String text) {
    try {
      return sweep.text(name).equals(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPlanOfALaterVersionIsNotReplaced() throws IOException {
    sweep.write(PlanFile.NAME, "{\"format\": 3}");
    assertThatThrownBy(() -> PlanFile.setAsideIfDamaged(sweep))
        .isInstanceOf(SweepException.class)
        .hasMessageEndingWith(
            ": it has format 3, this version reads 2; use the finegrain that wrote it");
  }
}
