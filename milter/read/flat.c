#include "read/flat.h"
#include "find/address.h"
#include "find/chars.h"
#include "read/build.h"
#include "read/gather.h"

#define MIN_COLUMNS 3
#define MIN_KNOWN 2
#define CELL_MAX 200 /* bytes; a longer line is no cell */

typedef struct Flat {
    Facts *facts;
    Clock *clock;
    guint names[FLAT_MAX_COLUMNS]; /* line indices */
    FieldMeaning meanings[FLAT_MAX_COLUMNS];
    guint n_columns, next; /* the line behind what was read */
} Flat;

/* The next full line of the part at or after `i', one empty line apart at most; FALSE when none. */
static gboolean
next_cell (const Flat *f, guint i, guint part, guint *ret)
{
    guint blanks = 0;

    for (; i < f->facts->lines.n && f->facts->lines.items[i].part == part; i++) {
        Span text = span_trim (f->facts->lines.items[i].text);

        if (span_left (text) == 0) {
            if (++blanks > 2)
                return FALSE;
            continue;
        }
        *ret = i;
        return span_left (text) <= CELL_MAX && f->facts->lines.items[i].record == RECORD_NONE;
    }
    return FALSE;
}

static gboolean
is_name (Span text)
{
    text = span_trim (text);
    if (span_left (text) == 0 || span_left (text) > FIELD_MAX_NAME)
        return FALSE;
    for (const char *p = text.p; p < text.end; p++)
        if (g_ascii_isdigit (*p) || char_in (*p, ".:;,@=?!"))
            return FALSE;
    return TRUE;
}

static gboolean
read_head (Flat *f, guint first)
{
    guint part = f->facts->lines.items[first].part, known = 0, addresses = 0, i = first;

    for (; f->n_columns < FLAT_MAX_COLUMNS && next_cell (f, i, part, &i); i++) {
        FieldMeaning *meaning = &f->meanings[f->n_columns];

        if (!is_name (f->facts->lines.items[i].text))
            break;
        known += field_meaning (f->facts->lines.items[i].text, meaning);
        addresses += meaning->what == FIELD_ADDRESS || meaning->what == FIELD_ANY;
        f->names[f->n_columns++] = i;
    }
    f->next = i;
    return f->n_columns >= MIN_COLUMNS && known >= MIN_KNOWN && addresses > 0;
}

static gboolean
fits (const Flat *f, const guint *cells)
{
    for (guint i = 0; i < f->n_columns; i++) {
        Address a;

        if (f->meanings[i].what == FIELD_ADDRESS)
            return address_value (f->facts->lines.items[cells[i]].text, &a);
    }
    return TRUE;
}

static gboolean
collect (const Flat *f, guint from, guint part, guint cells[FLAT_MAX_COLUMNS])
{
    for (guint i = 0; i < f->n_columns; i++) {
        if (!next_cell (f, from, part, &cells[i]))
            return FALSE;
        from = cells[i] + 1;
    }
    return fits (f, cells);
}

static void
read_cell (Flat *f, guint i, guint at)
{
    Line *line = &f->facts->lines.items[at];
    Span name = span_trim (f->facts->lines.items[f->names[i]].text);
    Gather g = { .facts = f->facts,
                 .clock = f->clock,
                 .line = at,
                 .role = ROLE_UNKNOWN,
                 .basis = BASIS_DERIVED,
                 .event_times = TRUE };

    g.rule = arena_printf (f->facts->message->arena, "column %.*s", (int)span_left (name), name.p);
    if (f->meanings[i].what != FIELD_NONE)
        gather_value (&g, &f->meanings[i], span_trim (line->text));
}

static void
mark (Flat *f, guint at)
{
    Line *line = &f->facts->lines.items[at];

    line->record = f->facts->records.n - 1;
    if (line->zone == ZONE_PROSE)
        line->zone = ZONE_EVIDENCE;
}

gboolean
flat_read (Facts *facts, Clock *clock, guint first, guint *not_before)
{
    guint part = facts->lines.items[first].part, cells[FLAT_MAX_COLUMNS], rows = 0;
    Flat f = { .facts = facts, .clock = clock };
    FieldMeaning meaning;

    if (first < *not_before || !is_name (facts->lines.items[first].text) ||
        !field_meaning (facts->lines.items[first].text, &meaning))
        return FALSE;
    *not_before = read_head (&f, first) ? first : f.next;
    if (*not_before > first)
        return FALSE;
    while (collect (&f, f.next, part, cells)) {
        const Line *line = &facts->lines.items[cells[0]];

        if (!build_record (facts, RECORD_ROW, ZONE_EVIDENCE, NULL,
                           (Where) { part, line->number, 0 }))
            break;
        for (guint i = 0; i < f.n_columns; i++) {
            read_cell (&f, i, cells[i]);
            mark (&f, cells[i]);
        }
        for (guint i = 0; rows == 0 && i < f.n_columns; i++)
            mark (&f, f.names[i]);
        f.next = cells[f.n_columns - 1] + 1;
        rows++;
    }
    *not_before = f.next;
    return rows > 0;
}
