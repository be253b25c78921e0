/**
 * Runs a run again and compares. Start at {@link org.finegrain.provenance.Reproduction}. Reads run
 * folders by their specification in {@code docs/formats.md}; promises to write to none but the new
 * one.
 */
package org.finegrain.provenance;
