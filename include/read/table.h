/*
 * table - rows under a head of column names: CSV, TSV, ';', '|' and columns set with spaces
 *
 * A line is a head when at least two of its cells are names that find/field
 * knows and none holds an address.  Rows follow it until the form ends.
 */
#pragma once
#include "find/field.h"

#define TABLE_MAX_COLUMNS 64
#define TABLE_SINGLE                                                                               \
    's' /* W3C extended log file format: "#Fields: date time c-ip", one blank between */

typedef struct Table {
    char delimiter; /* ',', ';', '\t', '|'; ' ' is two or more blanks; TABLE_SINGLE is one */
    guint n_columns;
    FieldMeaning meanings[TABLE_MAX_COLUMNS];
    Span names[TABLE_MAX_COLUMNS];
    gboolean has_address; /* a column of addresses whose role is said, or the only one */
} Table;

gboolean table_head (Span line, Table *ret);

/* Splits a row: quotes of CSV removed; returns how many cells, at most TABLE_MAX_COLUMNS. */
guint table_cells (char delimiter, Span line, Span ret[TABLE_MAX_COLUMNS]);

/* Columns set with blanks have heads that are wider than what stands below them: names with but one
 * blank between are told apart by what they mean.  Returns how many there are then. */
guint table_names_apart (Span cells[TABLE_MAX_COLUMNS], guint n);

/* A line that only rules off ("-----", "+---+---+", "=== ==="). */
gboolean table_rule (Span line);
