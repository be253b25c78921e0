/**
 * Escapes text from outside for HTML and SVG, which the page and the figures of a report share. Its
 * one class is {@link org.finegrain.report.markup.Markup}. The package depends on nothing.
 *
 * <p>Promise: escaped text never opens an element and never ends a quoted attribute.
 */
package org.finegrain.report.markup;
