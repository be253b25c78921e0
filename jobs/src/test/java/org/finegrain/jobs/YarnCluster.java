package org.finegrain.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** A YARN cluster with one node in this process. Its containers are processes of their own. */
final class YarnCluster implements AutoCloseable {
  private static final String FIFO =
      "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler";

  private final MiniYARNCluster cluster;
  private final Path settings;

  private YarnCluster(MiniYARNCluster cluster, Path settings) {
    this.cluster = cluster;
    this.settings = settings;
  }

  /**
   * Starts the cluster, and returns when the node has registered.
   *
   * @param settings a new folder for the configuration that clients read
   */
  static YarnCluster start(Path settings) throws IOException {
    YarnConfiguration configuration = new YarnConfiguration();
    configuration.set(YarnConfiguration.RM_SCHEDULER, FIFO); // the only one that needs no queues
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    configuration.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
    // YARN would treat a disk that is nearly full as broken.
    configuration.setBoolean(YarnConfiguration.NM_DISK_HEALTH_CHECK_ENABLE, false);
    MiniYARNCluster cluster = new MiniYARNCluster("finegrain", 1, 1, 1);
    cluster.init(configuration);
    cluster.start();
    Files.createDirectories(settings);
    try (OutputStream out = Files.newOutputStream(settings.resolve("yarn-site.xml"))) {
      cluster.getConfig().writeXml(out);
    }
    return new YarnCluster(cluster, settings);
  }

  /** Returns the folder for {@code HADOOP_CONF_DIR}. */
  Path settings() {
    return settings;
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
