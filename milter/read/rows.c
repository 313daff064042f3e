/* Table rows, wrapped and misaligned ones too. */
#include "find/address.h"
#include "read/reader.h"

#define MAX_ROW_LINES 6 /* that a wrapped table row is looked for in */

static gboolean
is_dated_time (Span cell)
{
    Stamp stamp;

    return time_value (cell, &stamp) && stamp.has_date;
}

/* A row that the mailer wrapped: joined with the lines below while that makes it fuller, but not
 * too full. */
static Span
whole_row (Reader *r, guint *ret_lines)
{
    Span cells[TABLE_MAX_COLUMNS], row = reader_line (r)->text;
    guint n = table_cells (r->table.delimiter, row, cells);

    *ret_lines = 1;
    while (n < r->table.n_columns && r->table.delimiter != ' ' && *ret_lines < MAX_ROW_LINES &&
           r->at + *ret_lines < r->facts->lines.n) {
        const Line *next = &r->facts->lines.items[r->at + *ret_lines];
        char *joined;
        guint more;

        if (next->part != reader_line (r)->part || span_left (span_trim (next->text)) == 0)
            break;
        joined = arena_printf (r->facts->message->arena, "%.*s %.*s", (int)span_left (row), row.p,
                               (int)span_left (next->text), next->text.p);
        more = table_cells (r->table.delimiter, span_of (joined), cells);
        if (joined == NULL || more > r->table.n_columns)
            break;
        row = span_of (joined);
        n = more;
        ++*ret_lines;
    }
    if (n<r->table.n_columns && * ret_lines> 1) { /* it never came out even: the lines are their own
                                                   */
        *ret_lines = 1;
        row = reader_line (r)->text;
    }
    return row;
}

/* A date, a time and a zone in columns of their own are one stamp. */
static guint
join_times (Reader *r, Span cells[TABLE_MAX_COLUMNS], guint n)
{
    for (guint i = 0; i + 1 < n; i++) {
        FieldWhat next = r->table.meanings[i + 1].what;

        if (r->table.meanings[i].what != FIELD_TIME || (next != FIELD_TIME && next != FIELD_ZONE) ||
            span_left (cells[i]) == 0 || span_left (cells[i + 1]) == 0 ||
            is_dated_time (cells[i + 1]))
            continue;
        cells[i + 1] =
            span_of (arena_printf (r->facts->message->arena, "%.*s %.*s", (int)span_left (cells[i]),
                                   cells[i].p, (int)span_left (cells[i + 1]), cells[i + 1].p));
        cells[i].end = cells[i].p;
        if (next == FIELD_ZONE) { /* the joined stamp goes where its time was */
            cells[i] = cells[i + 1];
            cells[i + 1].end = cells[i + 1].p;
        }
    }
    return n;
}

static guint
fitting (const Table *table, const Span *cells, guint n, int shift)
{
    guint fits = 0;

    for (int i = 0; i < (int)table->n_columns; i++) {
        int at = i + shift;
        Address address;

        if (table->meanings[i].what == FIELD_ADDRESS && at >= 0 && at < (int)n)
            fits += address_value (cells[at], &address) && address.kind == ADDRESS_IP;
    }
    return fits;
}

/* Heads that name more or fewer columns than the rows have: the shift that puts addresses under
 * their names. */
static int
alignment (const Table *table, const Span *cells, guint n)
{
    static const int shifts[] = { 0, 1, -1, 2, -2, 3, -3 };
    int best = 0;

    for (gsize i = 1; i < G_N_ELEMENTS (shifts) && fitting (table, cells, n, best) == 0; i++)
        if (fitting (table, cells, n, shifts[i]) > 0)
            best = shifts[i];
    return best;
}

/* "www.example.net 80" below "Dst IP  Dst Port": one blank where the head has more. */
static guint
split_ports (const Table *table, Span cells[TABLE_MAX_COLUMNS], guint n, int shift)
{
    for (int at = MAX (shift, 0); at < (int)n && n < TABLE_MAX_COLUMNS; at++) {
        guint i = (guint)(at - shift);
        Span last = { cells[at].end, cells[at].end };

        if (i + 1 >= table->n_columns || table->meanings[i].what != FIELD_ADDRESS ||
            table->meanings[i + 1].what != FIELD_PORT)
            continue;
        while (last.p > cells[at].p && g_ascii_isdigit (last.p[-1]))
            last.p--;
        if (last.p == last.end || last.p == cells[at].p || last.p[-1] != ' ')
            continue;
        memmove (&cells[at + 2], &cells[at + 1], (n - (guint)at - 1) * sizeof *cells);
        cells[at].end = last.p - 1;
        cells[at + 1] = last;
        n++;
    }
    return n;
}

static gboolean
has_time (const Reader *r)
{
    const Facts *f = r->facts;
    const Record *row = &f->records.items[f->records.n - 1];

    for (guint i = 0; i < row->n_facts; i++)
        if (f->facts.items[row->first_fact + i].kind == FACT_TIME)
            return TRUE;
    return FALSE;
}

static gboolean
in_line (const Line *line, Span text)
{
    return text.p >= line->text.p && text.end <= line->text.end;
}

/* The columns did not give one: a stamp set over two of them, or below no name. */
static void
read_time_anywhere (const Gather *g, Span row)
{
    FieldMeaning time = { FIELD_TIME, ROLE_UNKNOWN, FALSE };
    Span rest = row;
    Stamp stamp;

    if (time_next (row.p, &rest, &stamp) && stamp.has_time)
        gather_value (g, &time, stamp.original);
}

static gboolean
read_row (Reader *r)
{
    Span cells[TABLE_MAX_COLUMNS];
    Line *line = reader_line (r);
    guint lines;
    int shift;
    Span row = whole_row (r, &lines);
    Gather g;
    guint n = table_cells (r->table.delimiter, row, cells);

    if (n < 2 || n + 1 < r->table.n_columns / 2)
        return FALSE;
    set_evidence (line);
    if (!reader_begin (r, RECORD_ROW, NULL))
        return FALSE;
    reader_mark (r);
    g = reader_gather (r);
    shift = alignment (&r->table, cells, n);
    if (r->table.delimiter == ' ')
        n = split_ports (&r->table, cells, n, shift);
    if (shift == 0)
        n = join_times (r, cells, MIN (n, r->table.n_columns));
    for (int at = MAX (shift, 0); at < (int)n && at - shift < (int)r->table.n_columns; at++) {
        guint i = (guint)(at - shift);
        const FieldMeaning *meaning = &r->table.meanings[i];

        g.rule = arena_printf (r->facts->message->arena, "column %.*s",
                               (int)MIN (span_left (r->table.names[i]), 60), r->table.names[i].p);
        if (meaning->what != FIELD_NONE && span_left (cells[at]) > 0)
            gather_value (&g, meaning, cells[at]);
    }
    if (!has_time (r) && in_line (line, row))
        read_time_anywhere (&g, row);
    for (guint i = 1; i < lines; i++)
        line[i].record = line->record;
    r->is_open = FALSE;
    return TRUE;
}

static gboolean
is_comment (Span line)
{
    line = span_trim (line);
    return span_left (line) > 0 && *line.p == '#' && span_left (line) < 3;
}

gboolean
rows_read (Reader *r)
{
    Line *line = reader_line (r);

    if (r->in_table && line->part == r->part && r->blanks < 2 &&
        (table_rule (line->text) || is_comment (line->text)))
        return TRUE;
    if (r->in_table && line->part == r->part && r->blanks < 2) {
        if (r->table.delimiter == ' ' &&
            logline_read (r)) /* its arrows say more than its columns */
            return TRUE;
        if (read_row (r))
            return TRUE;
    }
    r->in_table = FALSE;
    if (!table_head (line->text, &r->table) || !r->table.has_address)
        return FALSE;
    set_evidence (line);
    r->in_table = TRUE;
    r->is_open = FALSE;
    r->part = line->part;
    return TRUE;
}
