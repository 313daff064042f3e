/* What a complainant's own tools printed: the way to a host, and whom they asked for its name. */
#include "find/address.h"
#include "read/build.h"
#include "read/reader.h"

#define MAX_TOOL_LINES 40 /* of one output */

static const char *const trace_heads[] = { "traceroute to ",     "traceroute6 to ",
                                           "tracing route to ",  "tracert ",
                                           "routenverfolgung",   "traza a",
                                           "détermination de l", "my traceroute" };

static gboolean
starts_trace (Span text)
{
    for (gsize i = 0; i < G_N_ELEMENTS (trace_heads); i++)
        if (span_starts_nocase (text, trace_heads[i]))
            return TRUE;
    return FALSE;
}

/* " 3  192.0.2.1  9 ms", "  2.|-- 192.0.2.1": a number, then the hop. */
static gboolean
is_hop_line (Span text)
{
    guint n;

    return span_uint (&text, 64, &n) && n > 0 && text.p < text.end &&
           strchr (" .\t", *text.p) != NULL &&
           (span_find (text, " ms") != NULL || span_find (text, "* *") != NULL ||
            span_find (text, "--") != NULL || span_find (text, "%") != NULL);
}

static void
take_addresses (Reader *r, guint at, Role role, const char *rule)
{
    Line *line = &r->facts->lines.items[at];
    Span rest = line->text;
    Address a;

    while (address_next (line->text.p, &rest, &a)) {
        Fact *fact = a.kind != ADDRESS_IP
                         ? NULL
                         : build_fact (r->facts, FACT_ADDRESS, role, BASIS_DERIVED,
                                       (Where) { line->part, line->number,
                                                 (guint)(a.original.p - line->text.p) },
                                       a.original, rule);

        if (fact != NULL)
            fact->v.ip = a.ip;
    }
    line->record = r->facts->records.n - 1;
}

/* The hops; the head says where to, and keeps its meaning. */
static gboolean
trace_read (Reader *r)
{
    const Line *line = reader_line (r);
    gboolean any = FALSE;

    if (r->at == 0 || !is_hop_line (span_trim (line->text)))
        return FALSE;
    for (guint back = 1; back <= MIN (r->at, MAX_TOOL_LINES) && !any; back++) {
        Span above = span_trim (line[-(gint)back].text);

        if (line[-(gint)back].part != line->part)
            return FALSE;
        any = starts_trace (above);
        if (!any && span_left (above) > 0 && !is_hop_line (above) && back > 4)
            return FALSE;
    }
    if (!any || !reader_begin (r, RECORD_BLOCK, NULL))
        return FALSE;
    take_addresses (r, r->at, ROLE_RELAY, "traceroute");
    r->is_open = FALSE;
    return TRUE;
}

/* nslookup's "Server:  192.0.2.53" above "Address: 192.0.2.53#53"; dig's ";; SERVER:
 * 192.0.2.53#53". */
static gboolean
resolver_read (Reader *r)
{
    const Line *line = reader_line (r);
    Span text = span_trim (line->text);
    gboolean asked = span_find (text, "#53") != NULL && (span_starts_nocase (text, "Address:") ||
                                                         span_starts_nocase (text, ";; SERVER:"));

    if (!asked && span_starts_nocase (text, "Server:") && r->at + 1 < r->facts->lines.n &&
        line[1].part == line->part)
        asked = span_starts_nocase (span_trim (line[1].text), "Address:") &&
                span_find (line[1].text, "#53") != NULL;
    if (!asked || !reader_begin (r, RECORD_BLOCK, NULL))
        return FALSE;
    take_addresses (r, r->at, ROLE_RESOLVER, "who was asked for a name");
    r->is_open = FALSE;
    return TRUE;
}

gboolean
tools_read (Reader *r)
{
    Span text = span_trim (reader_line (r)->text);

    if (text.p == text.end)
        return FALSE;
    if (g_ascii_isdigit (*text.p))
        return trace_read (r);
    return strchr ("SsAa;", *text.p) != NULL && resolver_read (r);
}
