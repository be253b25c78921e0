package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ConfigException;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpacesTest {
  @TempDir private Path temporary;

  private Plan plan(String sweep) throws IOException {
    return Plan.of("paper", experiment(sweep));
  }

  private ExperimentConfig experiment(String sweep) throws IOException {
    Path file = Files.writeString(temporary.resolve("paper.conf"), "sweep {\n" + sweep + "\n}\n");
    return ExperimentConfig.load(List.of(file.toString()), List.of());
  }

  @Test
  void aTrialThatTwoSpacesNeedIsPlannedOnce() throws IOException {
    Plan plan =
        plan(
            """
            seeds = [1, 2]
            spaces {
              eta { axes { loss.eta = [2, 3] } }
              k { seeds = [1], set { loss.eta = 3 }, axes { model.attention.k = [3, 5] } }
            }
            """);

    assertThat(plan.summary()).isEqualTo("5 trials in 2 spaces: eta 4, k 2; 1 of them in several");
    Trial shared = plan.trials().stream().filter(it -> it.spaces().size() > 1).findAny().get();
    assertThat(shared.label()).isEqualTo("eta: cub, loss.eta = 3, seed 1");
    assertThat(shared.spaces())
        .containsExactly(
            new Membership("eta", new TreeMap<>(Map.of("loss.eta", "3"))),
            new Membership("k", new TreeMap<>(Map.of("model.attention.k", "5"))));
  }

  @Test
  void theAxesOfTheSweepAreASpaceBesideTheOthers() throws IOException {
    Plan plan = plan("axes { loss.eta = [2] }, spaces { cars { datasets = [cars], seeds = [7] } }");

    assertThat(plan.spaces()).extracting(PlannedSpace::name).containsExactly("axes", "cars");
    assertThat(plan.trials())
        .extracting(Trial::label)
        .containsExactly("cub, loss.eta = 2, seed 1", "cars: cars, seed 7");
  }

  @Test
  void severalKeysMoveTogetherUnderAName() throws IOException {
    Plan plan =
        plan(
            """
            spaces.modules.axes.module = [
              { name = "AAM at stage ends", model.attention { kind = aam, placement = stage } }
              { name = "SE in blocks", "model.attention.kind" = se, "model.attention.placement" = block }
            ]
            """);

    assertThat(plan.spaces().get(0).axes())
        .isEqualTo(Map.of("module", List.of("AAM at stage ends", "SE in blocks")));
    assertThat(plan.trials().get(1).overrides())
        .isEqualTo(Map.of("model.attention.kind", "se", "model.attention.placement", "block"));
    assertThat(plan.trials().get(1).spaces().get(0).values())
        .isEqualTo(Map.of("module", "SE in blocks"));
  }

  @Test
  void aRangeIsEvenOnItsScale() throws IOException {
    Plan plan =
        plan(
            """
            spaces.ranges.axes {
              loss.mu = { from = 0.001, to = 0.1, steps = 3, scale = log }
              augmentation.flip = { from = 0, to = 1, steps = 3 }
              loss.eta = { from = 1, to = 4, steps = 4 }
              train.optimizer.momentum = { from = 0.8, to = 0.9, steps = 4 }
            }
            """);

    assertThat(plan.spaces().get(0).axes())
        .isEqualTo(
            Map.of(
                "augmentation.flip", List.of("0", "0.5", "1"),
                "loss.mu", List.of("0.001", "0.01", "0.1"),
                "loss.eta", List.of("1", "2", "3", "4"),
                "train.optimizer.momentum", List.of("0.8", "0.833333", "0.866667", "0.9")));
    assertThat(plan.trials()).hasSize(144);
  }

  @Test
  void aKeyThatMeansNothingIsDropped() throws IOException {
    Plan plan =
        plan(
            """
            spaces.losses {
              axes { loss.kind = [ce, "ce+cc"], loss.eta = [2, 3] }
              only-if { loss.eta { loss.kind = ["ce+cc", "ce+cc+center"] } }
            }
            """);

    assertThat(plan.trials())
        .extracting(Trial::label)
        .containsExactly(
            "losses: cub, loss.kind = ce, seed 1",
            "losses: cub, loss.eta = 2, loss.kind = ce+cc, seed 1",
            "losses: cub, loss.eta = 3, loss.kind = ce+cc, seed 1");
    assertThat(plan.trials().get(0).spaces().get(0).values()).isEqualTo(Map.of("loss.kind", "ce"));
    assertThat(plan.summary())
        .isEqualTo(
            "3 trials: 2 loss.eta × 2 loss.kind × 1 dataset × 1 seed; equal ones are one trial");
  }

  @Test
  void drawsAreTheSameAgainAndStandInThePlan() throws IOException {
    String random =
        """
        spaces.random {
          axes { loss.mu = { from = 0.001, to = 0.1, scale = log }, loss.eta = [1, 2, 3, 4] }
          random { samples = 6, seed = 5 }
        }
        """;
    Plan plan = plan(random);

    assertThat(plan.trials()).hasSize(6);
    assertThat(plan.summary()).isEqualTo("6 trials: 6 draws × 1 dataset × 1 seed");
    assertThat(plan).isEqualTo(plan(random));
    assertThat(plan).isNotEqualTo(plan(random.replace("seed = 5", "seed = 6")));
    for (Trial trial : plan.trials()) {
      assertThat(trial.spaces().get(0).values()).isEqualTo(trial.overrides());
      assertThat(Double.parseDouble(trial.overrides().get("loss.mu"))).isBetween(0.001, 0.1);
    }
    Plan without = plan(random.replace(", loss.eta = [1, 2, 3, 4]", ""));
    assertThat(without.spaces().get(0).axes().get("loss.mu"))
        .isEqualTo(plan.spaces().get(0).axes().get("loss.mu"));
  }

  @Test
  void faultsAreNamedWithTheirSpace() {
    assertThatThrownBy(
            () ->
                plan(
                    """
                    spaces {
                      a { axes { loss.etta = [2], loss.mu = { from = 2, to = 1, steps = 3 } } }
                      b { axes { loss.mu = { from = 1, to = 2 }, x = [{ loss.eta = 2 }] } }
                      c { only-if { loss.eta = 2 }, set { loss.eta = 0 }, axis { } }
                      e { axes { loss.eta = { from = 1, to = 3, steps = 5 } }, only-if { loss.mu { loss.kind = [cee] } } }
                      d { axes { loss.eta = [2], x = [{ name = y, loss.eta = 2 }] } }
                    }
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "sweep.spaces.a.axes.loss.etta = [2]: must be a key that changes a result",
            "sweep.spaces.a.axes.loss.mu = {\"from\":2,\"steps\":3,\"to\":1}: must have numbers from and to",
            "sweep.spaces.b.axes.loss.mu = {",
            ": must have steps, as the space is not random",
            "sweep.spaces.e.axes.loss.eta = {\"from\":1,\"steps\":5,\"to\":3}: has only 3 whole numbers for 5 steps",
            "sweep.spaces.e.only-if.loss.mu.loss.kind = [\"cee\"]: cee must be one of ",
            ": must be of a key that axes or set of the space gives",
            "sweep.spaces.b.axes.x = {\"loss\":{\"eta\":2}}: must be { name = …",
            "sweep.spaces.c.only-if.loss.eta = 2: must be KEY { OTHER-KEY = [values] }",
            "sweep.spaces.c.set.loss.eta = 0: 0 must be a whole number from 1, or auto",
            "sweep.spaces.c.axis: unknown key",
            ": gives loss.eta, which axes.loss.eta gives too");
    assertThatThrownBy(
            () ->
                plan(
                    "spaces.schedule { set { train.optimizer.learning-rate = 0.1 }"
                        + ", axes { train.schedule.end-learning-rate = [0.01, 0.5] } }"))
        .isInstanceOf(PlanException.class)
        .hasMessageStartingWith("Cannot plan 1 of the sweep's trials:")
        .hasMessageContaining("sweep.spaces.schedule: cub, train.optimizer.learning-rate = 0.1");
  }

  @Test
  void theExampleOfTheDocumentsIsAPlan() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("finegrain.root"), "docs/configuration.md"));
    int begin = page.indexOf("```hocon\nsweep {") + "```hocon\n".length();
    Path file =
        Files.writeString(
            temporary.resolve("paper.conf"), page.substring(begin, page.indexOf("```", begin)));

    Plan plan = Plan.of("paper", ExperimentConfig.load(List.of(file.toString()), List.of()));

    assertThat(plan.spaces())
        .extracting(PlannedSpace::name)
        .containsExactly("attention", "eta", "rates");
    assertThat(plan.trials().stream().filter(it -> it.isIn("attention"))).hasSize(4);
    assertThat(plan.trials().stream().filter(it -> it.isIn("eta"))).hasSize(24);
    assertThat(plan.trials().stream().filter(it -> it.isIn("rates")).count()).isBetween(20L, 120L);
  }

  @Test
  void aPlanOfVersion1IsReadAsTheSpaceOfItsAxes() throws IOException {
    Plan plan = Plan.of("small", Experiments.with());
    Folder sweep = Folder.at(temporary.toString(), new Configuration(false));
    StringBuilder trials = new StringBuilder();
    for (Trial trial : plan.trials()) {
      trials.append(
          String.format(
              Locale.ROOT,
              "%s{\"id\": \"%s\", \"dataset\": \"%s\", \"seed\": %d, \"overrides\": {\"loss.eta\": \"%s\"}, \"changes\": {%s}}",
              trials.isEmpty() ? "" : ", ",
              trial.id(),
              trial.dataset(),
              trial.seed(),
              trial.overrides().get("loss.eta"),
              trial.changes().isEmpty()
                  ? ""
                  : "\"loss.eta\": \"" + trial.changes().get("loss.eta") + "\""));
    }
    StringBuilder base = new StringBuilder();
    plan.base()
        .forEach(
            (key, value) ->
                base.append(base.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(key)
                    .append("\": \"")
                    .append(value.replace("\"", "\\\""))
                    .append('"'));
    sweep.write(
        PlanFile.NAME,
        "{\"format\": 1, \"name\": \"small\", \"axes\": {\"loss.eta\": [\"2\", \"auto\"]}, \"base\": {"
            + base
            + "}, \"trials\": ["
            + trials
            + "]}");

    assertThat(PlanFile.read(sweep)).contains(plan);
  }
}
