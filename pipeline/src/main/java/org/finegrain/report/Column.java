package org.finegrain.report;

/**
 * The data that trials are on: a column of a table, a line of a figure.
 *
 * @param id the dataset's short name, with the first digits of the data's fingerprint where two
 *     datasets share the name
 * @param title the same with the published name
 */
record Column(String dataset, String id, String title) {
  /**
   * @param suffix what tells this data from others of the same name; empty where nothing has to
   */
  static Column of(String dataset, String suffix) {
    return new Column(dataset, dataset + suffix, Names.ofDataset(dataset) + suffix);
  }
}
