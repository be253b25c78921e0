package org.finegrain.doctor;

import java.util.List;
import java.util.Optional;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;

/**
 * What is about to be done here.
 *
 * @param experiments to train, one after the other, at least one
 * @param out the folder to write to, if it is known
 * @param data locations of ingested datasets; empty if they are not known
 */
public record Subject(
    List<ExperimentConfig> experiments, Optional<Folder> out, List<String> data) {}
