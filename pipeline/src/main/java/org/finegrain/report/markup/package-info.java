/** Text within HTML and SVG, for the page and the figures of a report. Depends on nothing. */
package org.finegrain.report.markup;
