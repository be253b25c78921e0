/**
 * Starts real Spark clusters for tests.
 *
 * <p>Start at {@link org.finegrain.cluster.StandaloneCluster}.
 *
 * <p>Promise: closing a cluster ends every process that it started, executors included.
 */
package org.finegrain.cluster;
