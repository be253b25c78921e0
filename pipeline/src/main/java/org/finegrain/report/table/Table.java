package org.finegrain.report.table;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * A table: panels to print, records to compute with.
 *
 * @param name of its files
 * @param rowHeads names of the key columns
 * @param columns names of the value columns
 * @param notes sentences below it
 * @param recordKeys columns of the records, in order
 * @param records one flat record a cell, unrounded: text, numbers, booleans or null
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
