package org.finegrain.report;

/** One line of {@code metrics.jsonl}, as far as a figure needs it; NaN where the file has null. */
record EpochMetrics(int epoch, double trainLoss, double valTop1) {}
