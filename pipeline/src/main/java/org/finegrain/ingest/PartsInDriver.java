package org.finegrain.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.finegrain.storage.Folder;

/**
 * Reads the parts of a dataset in this process, by Parquet's own reader. A command that then has
 * nothing to do never starts Spark, which would take longer than the reading.
 */
record PartsInDriver(Configuration hadoop, Folder folder) implements Parts {
  private static final Set<String> READ =
      Set.of(Columns.IMAGE_ID, Columns.VARIANT, Columns.LABEL, Columns.SHA256, Columns.SOURCE_PATH);

  @Override
  public List<StoredRow> rows(List<String> paths) throws IOException {
    List<StoredRow> rows = new ArrayList<>();
    for (String path : paths) {
      read(path, rows);
    }
    return rows;
  }

  private void read(String path, List<StoredRow> rows) throws IOException {
    Path file = new Path(folder.location(path));
    MessageType columns = columns(file);
    boolean variants = columns.containsField(Columns.VARIANT);
    Configuration projection = new Configuration(hadoop);
    projection.set(ReadSupport.PARQUET_READ_SCHEMA, columns.toString());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(projection).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(
            new StoredRow(
                file.getName(),
                row.getString(Columns.IMAGE_ID, 0),
                variants ? row.getInteger(Columns.VARIANT, 0) : -1,
                row.getInteger(Columns.LABEL, 0),
                row.getString(Columns.SHA256, 0),
                row.getString(Columns.SOURCE_PATH, 0)));
      }
    }
  }

  /** Returns the schema of a part without the columns that are not read, such as the image. */
  private MessageType columns(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      return new MessageType(
          schema.getName(),
          schema.getFields().stream().filter(it -> READ.contains(it.getName())).toList());
    }
  }

  @Override
  public Map<String, String> sha256(List<String> paths) throws IOException {
    Map<String, String> sha256 = new HashMap<>();
    for (String path : paths) {
      sha256.put(path, folder.sha256(path));
    }
    return sha256;
  }
}
