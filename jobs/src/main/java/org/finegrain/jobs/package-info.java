/**
 * The command line and the mains that {@code spark-submit} starts: one class a command, thin over
 * the pipeline.
 */
package org.finegrain.jobs;
