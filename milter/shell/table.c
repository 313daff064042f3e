#include "shell/table.h"
#include "base/clean.h"

#define GAP 2
#define LEFT_OUT G_MAXUINT /* as a width */

typedef struct Cell {
    char *text;
    guint wide;
    const char *ink;
} Cell;

struct Table {
    const Column *columns;
    guint n_columns;
    GArray *cells;
};

static void
cell_clear (gpointer data)
{
    g_free (((Cell *)data)->text);
}

Table *
table_new (const Column *columns)
{
    Table *t = g_new0 (Table, 1);

    t->columns = columns;
    while (columns[t->n_columns].title != NULL)
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
        widths[i] = titles ? table_cells_of (t->columns[i].title) : 0;
    for (guint i = 0; i < t->cells->len; i++)
        widths[i % t->n_columns] =
            MAX (widths[i % t->n_columns], g_array_index (t->cells, Cell, i).wide);
}

/* How wide it all is when every column is as wide as it is, or as narrow as it may be. */
static guint
sum (const Table *t, const guint *widths, gboolean least)
{
    guint all = 0;

    for (guint i = 0; i < t->n_columns; i++)
        if (widths[i] != LEFT_OUT)
            all += (all > 0 ? GAP : 0) + (least && t->columns[i].least > 0
                                              ? MIN (widths[i], t->columns[i].least)
                                              : widths[i]);
    return all;
}

static gboolean
leave_one_out (const Table *t, guint *widths)
{
    guint worst = 0;

    for (guint i = 1; i < t->n_columns; i++)
        if (widths[i] != LEFT_OUT &&
            (widths[worst] == LEFT_OUT || t->columns[i].miss > t->columns[worst].miss))
            worst = i;
    if (t->columns[worst].miss == 0)
        return FALSE;
    widths[worst] = LEFT_OUT;
    return TRUE;
}

static gboolean
cut_one_cell (const Table *t, guint *widths)
{
    guint *widest = NULL;

    for (guint i = 0; i < t->n_columns; i++)
        if (widths[i] != LEFT_OUT && t->columns[i].least > 0 && widths[i] > t->columns[i].least &&
            (widest == NULL || widths[i] >= *widest))
            widest = &widths[i];
    if (widest != NULL)
        --*widest;
    return widest != NULL;
}

static void
narrow (const Table *t, guint *widths, guint width)
{
    while (sum (t, widths, TRUE) > width && leave_one_out (t, widths))
        continue;
    while (sum (t, widths, FALSE) > width && cut_one_cell (t, widths))
        continue;
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
print_cell (FILE *out, const Cell *cell, guint width, gboolean colour)
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
}

/* Blanks go before the next cell, not behind the last. */
static void
print_row (const Table *t, FILE *out, const Cell *cells, const guint *widths, gboolean colour)
{
    guint blanks = 0;

    for (guint i = 0; i < t->n_columns; i++) {
        if (widths[i] == LEFT_OUT)
            continue;
        fprintf (out, "%*s", (int)blanks, "");
        print_cell (out, &cells[i], widths[i], colour);
        blanks = GAP + (cells[i].wide < widths[i] ? widths[i] - cells[i].wide : 0);
    }
    fputc ('\n', out);
}

static void
print_titles (const Table *t, FILE *out, const guint *widths, gboolean colour)
{
    Cell cells[TABLE_MAX_COLUMNS];

    for (guint i = 0; i < t->n_columns; i++)
        cells[i] =
            (Cell) { (char *)t->columns[i].title, table_cells_of (t->columns[i].title), "\033[1m" };
    print_row (t, out, cells, widths, colour);
}

void
table_print (const Table *t, FILE *out, guint width, gboolean titles, gboolean colour)
{
    guint widths[TABLE_MAX_COLUMNS];

    widen (t, titles, widths);
    if (width > 0)
        narrow (t, widths, width);
    if (titles)
        print_titles (t, out, widths, colour);
    for (guint i = 0; i + t->n_columns <= t->cells->len; i += t->n_columns)
        print_row (t, out, &g_array_index (t->cells, Cell, i), widths, colour);
}
