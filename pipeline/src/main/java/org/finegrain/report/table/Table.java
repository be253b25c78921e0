package org.finegrain.report.table;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * A table, as panels to print and as records to compute with.
 *
 * @param name the name of its files
 * @param rowHeads the heads of the key columns
 * @param columns the heads of the value columns
 * @param notes the sentences below it
 * @param recordKeys the fields of the records, in order
 * @param records a flat record for each cell, not rounded; values are text, numbers, booleans or
 *     null
 */
public record Table(
    String name,
    String title,
    List<String> rowHeads,
    List<String> columns,
    List<Panel> panels,
    List<String> notes,
    List<String> recordKeys,
    List<LinkedHashMap<String, Object>> records) {}
