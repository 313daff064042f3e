#include "shell/table.h"
#include "base/clean.h"

#define GAP 2
#define NARROWEST 6 /* a column that gives keeps so much */

typedef struct Cell {
    char *text;
    guint wide;
    const char *ink;
} Cell;

struct Table {
    const char *const *titles;
    guint n_columns;
    GArray *cells;
};

static void
cell_clear (gpointer data)
{
    g_free (((Cell *)data)->text);
}

Table *
table_new (const char *const *titles)
{
    Table *t = g_new0 (Table, 1);

    t->titles = titles;
    while (titles[t->n_columns] != NULL)
        t->n_columns++;
    g_assert (t->n_columns <= TABLE_MAX_COLUMNS);
    t->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
    g_array_set_clear_func (t->cells, cell_clear);
    return t;
}

void
table_free (Table *t)
{
    if (t == NULL)
        return;
    g_array_unref (t->cells);
    g_free (t);
}

static guint
width_of (gunichar c)
{
    return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

guint
table_cells_of (const char *utf8)
{
    guint wide = 0;

    for (; *utf8 != '\0'; utf8 = g_utf8_next_char (utf8))
        wide += width_of (g_utf8_get_char (utf8));
    return wide;
}

void
table_cell (Table *t, const char *text)
{
    Cell cell = { .text = clean_terminal (span_of (text != NULL ? text : "-"), TABLE_MAX_CELL) };

    cell.wide = table_cells_of (cell.text);
    g_array_append_val (t->cells, cell);
}

void
table_ink (Table *t, const char *escape)
{
    g_array_index (t->cells, Cell, t->cells->len - 1).ink = escape;
}

guint
table_rows (const Table *t)
{
    return t->cells->len / t->n_columns;
}

/* Widths */

static void
widen (const Table *t, gboolean titles, guint *widths)
{
    for (guint i = 0; i < t->n_columns; i++)
        widths[i] = titles ? table_cells_of (t->titles[i]) : 0;
    for (guint i = 0; i < t->cells->len; i++)
        widths[i % t->n_columns] =
            MAX (widths[i % t->n_columns], g_array_index (t->cells, Cell, i).wide);
}

static guint
give (guint *width, guint excess) /* returns what is still too much */
{
    guint given = *width > NARROWEST ? MIN (*width - NARROWEST, excess) : 0;

    *width -= given;
    return excess - given;
}

static void
narrow (guint *widths, guint n, guint width)
{
    guint all = GAP * (n - 1), excess;

    for (guint i = 0; i < n; i++)
        all += widths[i];
    excess = all > width ? give (&widths[n - 1], all - width) : 0;
    while (excess > 0) {
        guint widest = 0;

        for (guint i = 1; i < n; i++)
            widest = widths[i] > widths[widest] ? i : widest;
        if (widths[widest] <= NARROWEST)
            return; /* narrower than any terminal is: let it wrap */
        widths[widest]--;
        excess--;
    }
}

/* Printing */

static void
print_cut (FILE *out, const char *text, guint width) /* text is wider than width */
{
    guint used = 0;

    for (; *text != '\0'; text = g_utf8_next_char (text)) {
        guint w = width_of (g_utf8_get_char (text));

        if (used + w > width - 1)
            break;
        used += w;
        fwrite (text, 1, (gsize)(g_utf8_next_char (text) - text), out);
    }
    fprintf (out, "%s%*s", g_get_charset (NULL) ? "\u2026" : "~", (int)(width - 1 - used), "");
}

static void
print_cell (FILE *out, const Cell *cell, guint width, gboolean last, gboolean colour)
{
    const char *ink = colour ? cell->ink : NULL;

    if (ink != NULL)
        fputs (ink, out);
    if (cell->wide > width)
        print_cut (out, cell->text, width);
    else
        fputs (cell->text, out);
    if (ink != NULL)
        fputs ("\033[0m", out);
    if (last)
        fputc ('\n', out);
    else
        fprintf (out, "%*s", (int)(GAP + (cell->wide < width ? width - cell->wide : 0)), "");
}

static void
print_titles (const Table *t, FILE *out, const guint *widths)
{
    for (guint i = 0; i < t->n_columns; i++) {
        Cell cell = { (char *)t->titles[i], table_cells_of (t->titles[i]), "\033[1m" };

        print_cell (out, &cell, widths[i], i + 1 == t->n_columns, FALSE);
    }
}

void
table_print (const Table *t, FILE *out, guint width, gboolean titles, gboolean colour)
{
    guint widths[TABLE_MAX_COLUMNS];

    widen (t, titles, widths);
    if (width > 0)
        narrow (widths, t->n_columns, width);
    if (titles)
        print_titles (t, out, widths);
    for (guint i = 0; i < t->cells->len; i++) {
        guint column = i % t->n_columns;

        print_cell (out, &g_array_index (t->cells, Cell, i), widths[column],
                    column + 1 == t->n_columns, colour);
    }
}
