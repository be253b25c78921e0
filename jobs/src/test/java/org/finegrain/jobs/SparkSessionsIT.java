package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.junit.jupiter.api.Test;

class SparkSessionsIT {
  private static final ClusterConfig ONE_CORE = new ClusterConfig("local[1]");

  @Test
  void opensWithNameMasterAndTheEnginesSettings() throws Exception {
    try (SparkSession spark =
        SparkSessions.open(
            "finegrain probe",
            ONE_CORE,
            conf -> conf.set("spark.ui.enabled", "false").set("spark.engine.probe", "yes"))) {
      assertThat(spark.sparkContext().appName()).isEqualTo("finegrain probe");
      assertThat(spark.sparkContext().master()).isEqualTo("local[1]");
      assertThat(spark.conf().get("spark.engine.probe")).isEqualTo("yes");
      assertThat(spark.range(10).count()).isEqualTo(10);
    }
  }

  @Test
  void aMasterOfSparkSubmitGoesBeforeTheConfigurations() {
    String before = System.getProperty("spark.master");
    try {
      System.setProperty("spark.master", "yarn");
      assertThat(SparkSessions.settings("probe", ONE_CORE).get("spark.master")).isEqualTo("yarn");
      System.setProperty("spark.master", "local[*]"); // spark-submit's default
      assertThat(SparkSessions.settings("probe", ONE_CORE).get("spark.master"))
          .isEqualTo("local[1]");
    } finally {
      if (before == null) {
        System.clearProperty("spark.master");
      } else {
        System.setProperty("spark.master", before);
      }
    }
  }

  @Test
  void aDriverThatTheLauncherKeepsToThisMachineJoinsNoCluster() {
    System.setProperty("finegrain.place", "local");
    try {
      assertThatThrownBy(
              () -> SparkSessions.settings("probe", new ClusterConfig("spark://host:7077")))
          .hasMessageEndingWith("give it --master spark://host:7077");
      assertThat(SparkSessions.settings("probe", ONE_CORE).get("spark.master"))
          .isEqualTo("local[1]");
    } finally {
      System.clearProperty("finegrain.place");
    }
  }
}
