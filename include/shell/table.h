/*
 * table - columns for people, as wide as the terminal
 *
 * Cells are made safe by clean_terminal() and measured in terminal cells (wide
 * and combining characters count as they show).  Each column is as wide as its
 * widest cell.  When that is too wide for `width', columns that can be missed
 * are left out, and then the widest of those that may be cut are cut.  With
 * width 0 nothing is: one row a line, columns apart by two or more spaces.
 */
#pragma once
#include <glib.h>
#include <stdio.h>

#define TABLE_MAX_COLUMNS 16
#define TABLE_MAX_CELL 400 /* bytes */

typedef struct Column {
    const char *title; /* NULL ends the list */
    guint least; /* may be cut to so many cells; 0: never cut */
    guint miss;  /* the highest is left out first; 0: never */
} Column;

typedef struct Table Table;

Table *table_new (const Column *columns); /* constant */
void   table_free (Table *t);                 /* NULL is fine */
void   table_cell (Table *t, const char *text); /* the next, row by row; NULL is "-" */
void   table_ink (Table *t, const char *escape); /* of the cell added last: "\033[1m" */
guint  table_rows (const Table *t);
void   table_print (const Table *t, FILE *out, guint width, gboolean titles, gboolean colour);

guint  table_cells_of (const char *utf8); /* how wide a text shows */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)
