#include "read/reader.h"
#include "read/build.h"
#include "read/zones.h"

Line *
reader_line (const Reader *r)
{
    return &r->facts->lines.items[r->at];
}

gboolean
is_quiet_zone (Zone z)
{
    return z == ZONE_BOILERPLATE || z == ZONE_SIGNATURE;
}

/* What a line shows makes it evidence, unless it stands where nothing counts. */
void
set_evidence (Line *line)
{
    if (line->zone == ZONE_PROSE)
        line->zone = ZONE_EVIDENCE;
}

gboolean
reader_stamped (Span line)
{
    Span head = { line.p, line.p + MIN (span_left (line), 64) };
    Stamp stamp;

    return time_next (line.p, &head, &stamp) && stamp.has_time && stamp.original.p - line.p <= 4;
}

gboolean
reader_begin (Reader *r, RecordKind kind, const char *shape)
{
    Line *line = reader_line (r);

    if (!build_record (r->facts, kind, line->zone, shape, (Where) { line->part, line->number, 0 }))
        return FALSE;
    r->open = kind;
    r->is_open = TRUE;
    r->part = line->part;
    r->n_keys = 0;
    return TRUE;
}

void
reader_mark (Reader *r)
{
    reader_line (r)->record = r->facts->records.n - 1;
}

/* When somebody wrote is not when something happened. */
static gboolean
tells_who_wrote (const Reader *r)
{
    const Line *line = reader_line (r);
    gboolean more = r->at + 1 < r->facts->lines.n && line[1].part == line->part;

    return line->zone == ZONE_QUOTED &&
           zones_is_attribution (line->text, more ? line[1].text : (Span) { NULL, NULL });
}

Gather
reader_gather (const Reader *r)
{
    Zone zone = reader_line (r)->zone;

    return (Gather) { .facts = r->facts,
                      .clock = r->clock,
                      .line = r->at,
                      .basis = BASIS_DERIVED,
                      .role = is_quiet_zone (zone) ? ROLE_OTHER : ROLE_UNKNOWN,
                      .rule = is_quiet_zone (zone) ? zone_name (zone) : NULL,
                      .event_times =
                          !is_quiet_zone (zone) && zone != ZONE_ATTACHED && !tells_who_wrote (r) };
}
