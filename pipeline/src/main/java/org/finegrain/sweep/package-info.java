/**
 * A space of configurations becomes a plan of trials, and the trials become run folders. The plan,
 * the journal and the run folders are the only state: any process can resume from them. May use
 * {@code train}, {@code storage} and {@code config}.
 */
package org.finegrain.sweep;
