/* Log lines whose form find/shape knows. */
#include "read/reader.h"

static const struct {
    ShapeWhat shape;
    FieldMeaning meaning;
} shape_meanings[] = {
    { SHAPE_SRC, { FIELD_ADDRESS, ROLE_OFFENDER, FALSE } },
    { SHAPE_DST, { FIELD_ADDRESS, ROLE_VICTIM, FALSE } },
    { SHAPE_SPORT, { FIELD_PORT, ROLE_OFFENDER, FALSE } },
    { SHAPE_DPORT, { FIELD_PORT, ROLE_VICTIM, FALSE } },
    { SHAPE_TIME, { FIELD_TIME, ROLE_UNKNOWN, FALSE } },
    { SHAPE_PROTO, { FIELD_PROTOCOL, ROLE_UNKNOWN, FALSE } },
    { SHAPE_COUNT, { FIELD_COUNT, ROLE_UNKNOWN, FALSE } },
};

/* A web server of many hosts begins its lines with the one asked for: "shop.example.org:443
 * 198.51.100.7 - -". */
static void
read_virtual_host (const Gather *g, Span line)
{
    FieldMeaning port = { FIELD_PORT, ROLE_VICTIM, FALSE };
    Span number;
    const char *p = line.p;

    while (p < line.end && (g_ascii_isalnum (*p) || *p == '.' || *p == '-'))
        p++;
    if (p == line.p || p == line.end || *p != ':' || !g_ascii_isalpha (*line.p))
        return;
    number.p = number.end = p + 1;
    while (number.end < line.end && g_ascii_isdigit (*number.end))
        number.end++;
    if (number.end > number.p && number.end < line.end && *number.end == ' ')
        gather_value (g, &port, number);
}

/* The columns that the shape knows; then, in what stands before the first of them, the stamp. */
/* The other end and the ports of a JSON object, of whose members the shape knows one. */
static void
read_members (Gather g, Span line)
{
    line = span_trim (line);
    if (line.p == line.end || *line.p != '{')
        return;
    g.event_times = FALSE;
    g.rule = NULL;
    gather_text (&g, line);
}

void
logline_take (Reader *r, Span line, const ShapeMatch *match)
{
    Gather g = reader_gather (r);
    gboolean has_time = FALSE, has_port = FALSE;

    g.rule = arena_printf (r->facts->message->arena, "log line %s", match->shape->name);
    g.role = ROLE_UNKNOWN;
    for (guint i = 0; i < match->n_fields; i++)
        for (gsize k = 0; k < G_N_ELEMENTS (shape_meanings); k++)
            if (shape_meanings[k].shape == match->fields[i].what) {
                gather_value (&g, &shape_meanings[k].meaning, match->fields[i].text);
                has_time |= match->fields[i].what == SHAPE_TIME;
                has_port |= match->fields[i].what == SHAPE_DPORT;
            }
    if (!has_port)
        read_members (g, line);
    if (!has_port)
        read_virtual_host (&g, line);
    if (match->shape->protocol != NULL) {
        FieldMeaning protocol = { FIELD_PROTOCOL, ROLE_UNKNOWN, FALSE };

        gather_value (&g, &protocol, span_of (match->shape->protocol));
    }
    if (!has_time) {
        Span rest = line;
        Stamp stamp;

        if (g.event_times && time_next (line.p, &rest, &stamp))
            gather_stamp (&g, &stamp);
    }
}

gboolean
logline_read (Reader *r)
{
    Line *line = reader_line (r);
    ShapeMatch match;

    if (!shape_match (r->shapes, line->text, &match))
        return wrapped_line_read (r);
    set_evidence (line);
    if (!reader_begin (r, RECORD_LOG, match.shape->name))
        return FALSE;
    reader_mark (r);
    logline_take (r, line->text, &match);
    r->is_open = FALSE;
    return TRUE;
}
