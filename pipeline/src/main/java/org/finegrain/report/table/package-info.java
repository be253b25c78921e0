/**
 * Tables as a paper prints them, and their Markdown, LaTeX, CSV and JSON. Knows nothing of trials.
 * Start at {@link org.finegrain.report.table.Table}.
 *
 * <p>Promise: equal tables give equal bytes; text from outside is escaped in every form.
 */
package org.finegrain.report.table;
