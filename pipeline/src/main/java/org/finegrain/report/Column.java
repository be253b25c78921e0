package org.finegrain.report;

/**
 * The data of some trials, which are a column of a table and a line of a figure.
 *
 * @param dataset the dataset's short name, such as {@code cub}
 * @param id the short name, followed by the first digits of the data's fingerprint where two
 *     datasets share the name
 * @param title the published name, followed by the same digits
 */
record Column(String dataset, String id, String title) {
  /**
   * Makes a column.
   *
   * @param suffix a text that tells this data from others of the same name; empty where the name is
   *     enough
   */
  static Column of(String dataset, String suffix) {
    return new Column(dataset, dataset + suffix, PublishedNames.ofDataset(dataset) + suffix);
  }
}
