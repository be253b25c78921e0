/**
 * Checks in seconds what would otherwise fail after hours: the cluster, the machines, the settings
 * and the data of a training.
 *
 * <p>Start at {@link org.finegrain.doctor.Doctor}, which lists the checks. Each one is a class that
 * implements {@link org.finegrain.doctor.Check} and returns a {@link org.finegrain.doctor.Finding};
 * {@link org.finegrain.doctor.Jvms} asks the driver and every executor for what the checks compare.
 * The package uses Spark, and reaches the engine only through {@code bigdl}.
 *
 * <p>Promise: a check never throws. Every failure and every warning names its remedy.
 */
package org.finegrain.doctor;
