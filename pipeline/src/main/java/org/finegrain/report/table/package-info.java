/**
 * Writes tables, as a paper prints them, in Markdown, LaTeX, CSV and JSON.
 *
 * <p>Start at {@link org.finegrain.report.table.Table}; each form is a class that writes one. The
 * package knows nothing of trials.
 *
 * <p>Promise: equal tables give equal bytes; text from outside is escaped in every form.
 */
package org.finegrain.report.table;
