/**
 * What would fail or go wrong after hours, checked in seconds: one {@link
 * org.finegrain.doctor.Check} a concept. Start at {@link org.finegrain.doctor.Doctor}. Knows Spark,
 * but of the engine only what {@code bigdl} says.
 */
package org.finegrain.doctor;
