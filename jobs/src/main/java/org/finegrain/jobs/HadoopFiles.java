package org.finegrain.jobs;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.finegrain.config.ConfigFiles;
import org.finegrain.storage.StoredFile;

/**
 * Reads configuration files from any store that Hadoop knows. A path without a scheme is a local
 * file, even where Hadoop's default store is another one, as shells complete such paths.
 */
final class HadoopFiles implements ConfigFiles {
  private final ConfigFiles local = ConfigFiles.local();

  @Override
  public Optional<byte[]> read(String location) throws IOException {
    if (!location.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*") || location.startsWith("file:")) {
      return local.read(location);
    }
    StoredFile file = StoredFile.at(location, hadoop());
    return file.exists() ? Optional.of(file.folder().bytes(file.name())) : Optional.empty();
  }

  /**
   * Returns Hadoop's configuration as a Spark session of this process would have it: with the
   * settings that {@code spark-submit --conf spark.hadoop.…} gives, and with credentials of the
   * environment. For commands without a Spark session, and before they have one.
   */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
