#include "read/freetext.h"
#include "find/address.h"
#include "read/flat.h"
#include "read/hops.h"
#include "read/reader.h"

#define MIN_TIMED_LINE 16 /* bytes: "20:31 198.51.1.7" */

/* "Order 10422, 2026-04-11 14:20:31 PDT, IP 198.51.100.7": a line with its own time and address. */
static gboolean
has_time_and_address (Span line)
{
    Span times = line, addresses = line;
    Address address;
    Stamp stamp;

    return span_left (line) >= MIN_TIMED_LINE && time_next (line.p, &times, &stamp) &&
           stamp.has_time && address_next (line.p, &addresses, &address);
}

/* One of several such lines below each other: each is a record, though it is prose. */
static gboolean
is_listed (const Reader *r)
{
    const Line *line = &r->facts->lines.items[r->at];

    if (line->part == 0 || !has_time_and_address (line->text))
        return FALSE;
    if (r->at > 0 && line[-1].part == line->part && has_time_and_address (line[-1].text))
        return TRUE;
    return r->at + 1 < r->facts->lines.n && line[1].part == line->part &&
           has_time_and_address (line[1].text);
}

static void
read_prose (Reader *r)
{
    Line *line = reader_line (r);
    gboolean logged = reader_stamped (line->text), listed = !logged && is_listed (r);
    RecordKind kind = logged || listed  ? RECORD_LOG
                      : line->part == 0 ? RECORD_SUBJECT
                                        : RECORD_PARAGRAPH;
    Gather g;

    if (logged)
        set_evidence (line);
    if (kind != RECORD_PARAGRAPH || !r->is_open || r->part != line->part || r->blanks > 0 ||
        (r->open != RECORD_PARAGRAPH && r->open != RECORD_LOG))
        if (!reader_begin (r, kind, NULL))
            return;
    reader_mark (r);
    g = reader_gather (r);
    gather_text (&g, line->text);
}

static void
read_line (Reader *r)
{
    const Line *line = reader_line (r);

    if (line->part != 0 && flat_read (r->facts, r->clock, r->at, &r->no_flat_before)) {
        r->is_open = r->in_table = FALSE;
        return;
    }
    if (!r->in_table && (escaped_read (r) || wrapped_pairs_read (r) || tools_read (r)))
        return;
    if (rows_read (r) || logline_read (r))
        return;
    if (line->part != 0 && block_read (r))
        return;
    read_prose (r);
}

void
freetext_read (Facts *facts, const Shapes *shapes)
{
    Reader r = { .facts = facts, .shapes = shapes, .clock = clock_new (facts) };

    if (r.clock == NULL)
        return;
    for (r.at = 0; r.at < facts->lines.n && !budget_over (facts->message->budget); r.at++) {
        const Line *line = reader_line (&r);

        if (span_left (span_trim (line->text)) == 0) {
            r.blanks++;
            continue;
        }
        if (line->record == RECORD_NONE && !hops_read (facts, r.at))
            read_line (&r);
        r.blanks = 0;
    }
    clock_free (r.clock);
}
