/**
 * Results become tables, figures and one HTML page. Reads plans, journals and run folders by their
 * format alone; never BigDL. May use {@code storage}.
 */
package org.finegrain.report;
