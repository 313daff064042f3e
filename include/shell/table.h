/*
 * table - columns for people, as wide as the terminal
 *
 * Cells are made safe by clean_terminal() and measured in terminal cells (wide
 * and combining characters count as they show).  Each column is as wide as its
 * widest cell; when the whole is wider than `width', the last column gives
 * first, then the widest.  With width 0 nothing is cut: one row a line, columns
 * apart by two or more spaces.
 */
#pragma once
#include <glib.h>
#include <stdio.h>

#define TABLE_MAX_COLUMNS 16
#define TABLE_MAX_CELL 400 /* bytes */

typedef struct Table Table;

Table *table_new (const char *const *titles); /* NULL-terminated, constant */
void   table_free (Table *t);                 /* NULL is fine */
void   table_cell (Table *t, const char *text); /* the next, row by row; NULL is "-" */
void   table_ink (Table *t, const char *escape); /* of the cell added last: "\033[1m" */
guint  table_rows (const Table *t);
void   table_print (const Table *t, FILE *out, guint width, gboolean titles, gboolean colour);

guint  table_cells_of (const char *utf8); /* how wide a text shows */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)
