#include "read/gather.h"
#include "find/address.h"
#include "find/port.h"
#include "find/url.h"
#include "read/build.h"

#define MAX_TAKEN 64 /* stretches of a line that one finder took from the others */

/* What a finder has read already: the address in a URL is the URL's, the numbers in a stamp the stamp's. */
typedef struct Taken {
    Span spans[MAX_TAKEN];
    guint n;
} Taken;

static void
take (Taken *taken, Span s)
{
    if (taken->n < MAX_TAKEN)
        taken->spans[taken->n++] = s;
}

static gboolean
is_taken (const Taken *taken, Span s)
{
    for (guint i = 0; i < taken->n; i++)
        if (s.p < taken->spans[i].end && s.end > taken->spans[i].p)
            return TRUE;
    return FALSE;
}

static gboolean
in_line (const Gather *g, const char *at)
{
    Span line = g->facts->lines.items[g->line].text;

    return at >= line.p && at <= line.end;
}

Where
gather_where (const Gather *g, const char *at)
{
    const Line *line = &g->facts->lines.items[g->line];

    return (Where) { line->part, line->number, in_line (g, at) ? (guint) (at - line->text.p) : 0 };
}

/* Where what stands before a value may be looked for: a value put together from several lines has
 * nothing before it. */
static const char *
context_of (const Gather *g, Span text)
{
    return in_line (g, text.p) ? g->facts->lines.items[g->line].text.p : text.p;
}

static char *
rule_named (const Gather *g, const char *what, Span name)
{
    return arena_printf (g->facts->message->arena, "%s %.*s", what, (int) span_left (name), name.p);
}

static void
add_address (const Gather *g, const char *start, const Address *a)
{
    static const FactKind kinds[] = { FACT_ADDRESS, FACT_NETWORK, FACT_MASKED };
    Role role = g->role;
    const char *rule = g->rule;
    FieldMeaning meaning;
    guint index;
    Fact *fact;
    Span key;

    if (field_before (start, a->original.p, &key) && field_meaning (key, &meaning) &&
        meaning.role != ROLE_UNKNOWN) {
        role = meaning.role;
        rule = rule_named (g, "key", key);
    }
    fact = build_fact (g->facts, kinds[a->kind], role, g->basis, gather_where (g, a->original.p),
                       a->original, rule);
    if (fact == NULL)
        return;
    index = g->facts->facts.n - 1;
    if (a->kind == ADDRESS_IP)
        fact->v.ip = a->ip;
    else if (a->kind == ADDRESS_NETWORK)
        fact->v.net = a->net;
    else
        fact->text = arena_span_dup (g->facts->message->arena, a->original);
    if (a->port != 0 && (fact = build_fact (g->facts, FACT_PORT, role, g->basis,
                                            gather_where (g, a->port_text.p), a->port_text, rule)) != NULL) {
        fact->v.port = a->port;
        fact->owner = index;
    }
}

/* A URL, and the address when its host is one: whose role is the URL's. */
static void
add_url (const Gather *g, const Url *url)
{
    Fact *fact = build_fact (g->facts, FACT_URL, ROLE_UNKNOWN, g->basis,
                             gather_where (g, url->original.p), url->original, NULL);
    guint index = g->facts->facts.n - 1;

    if (fact == NULL)
        return;
    fact->text = url->text;
    fact->name = url->host;
    if (url->host_ip.family == 0)
        return;
    fact = build_fact (g->facts, FACT_ADDRESS, ROLE_UNKNOWN, g->basis,
                       gather_where (g, url->original.p), url->original, NULL);
    if (fact == NULL)
        return;
    fact->v.ip = url->host_ip;
    fact->owner = index;
    if (url->port != 0 && (fact = build_fact (g->facts, FACT_PORT, ROLE_UNKNOWN, g->basis,
                                              gather_where (g, url->original.p), url->original,
                                              NULL)) != NULL) {
        fact->v.port = url->port;
        fact->owner = index + 1;
    }
}

static gboolean
add_time (const Gather *g, const Stamp *stamp)
{
    When when;
    Fact *fact;

    if (!clock_resolve (g->clock, g->line, stamp, &when))
        return FALSE;
    fact = build_fact (g->facts, FACT_TIME, ROLE_UNKNOWN, g->basis, gather_where (g, stamp->original.p),
                       stamp->original, NULL);
    if (fact != NULL)
        fact->v.when = when;
    return TRUE;
}

/* A date alone in running text is no moment of an event, but the clock times below may need it. */
static void
note_time (const Gather *g, const Stamp *stamp)
{
    When when;

    if (stamp->has_time || stamp->epoch)
        add_time (g, stamp);
    else
        clock_resolve (g->clock, g->line, stamp, &when);
}

/* "generated at", "sent on": of the report. */
static gboolean
is_of_report (const char *start, const char *stamp)
{
    static const char *const verbs[] = { "generated", "created", "sent", "compiled", "printed", "erstellt" };
    Span before = { MAX (start, stamp - MIN (stamp - start, 20)), stamp };

    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (span_find_nocase (before, verbs[i]) != NULL)
            return TRUE;
    return FALSE;
}

/* A key says that it is of something else: "allocated": "2010-02-24", "report_date=". */
static gboolean
is_other_time (const char *start, const Stamp *stamp)
{
    FieldMeaning meaning;
    Span key;

    if (!field_before (start, stamp->original.p, &key))
        return is_of_report (start, stamp->original.p);
    return field_meaning (key, &meaning) ? meaning.report : field_spoiled (key);
}

static void
add_port (const Gather *g, const PortMention *port)
{
    Role role = port->role != ROLE_UNKNOWN ? port->role : g->port_role;
    Fact *fact = build_fact (g->facts, FACT_PORT, role, g->basis, gather_where (g, port->original.p),
                             port->original, role != ROLE_UNKNOWN ? "port: words before" : NULL);

    if (fact != NULL)
        fact->v.port = port->port;
}

/* Cheap looks that spare most lines most finders. */
typedef struct Signs {
    gboolean digit, colon, dot;
} Signs;

static Signs
signs_of (Span text)
{
    Signs s = { FALSE, FALSE, FALSE };

    for (const char *p = text.p; p < text.end; p++) {
        s.digit |= g_ascii_isdigit (*p);
        s.colon |= *p == ':';
        s.dot |= *p == '.';
    }
    return s;
}

void
gather_text (const Gather *g, Span text)
{
    Arena *arena = g->facts->message->arena;
    const char *start = context_of (g, text);
    Signs signs = signs_of (text);
    Taken taken = { .n = 0 };
    PortMention port;
    Address address;
    Stamp stamp;
    Span rest;
    Url url;

    if (signs.dot || signs.colon)
        for (rest = text; url_next (arena, &rest, &url);) {
            take (&taken, url.original);
            add_url (g, &url);
        }
    if (signs.digit)
        for (rest = text; time_next (start, &rest, &stamp);)
            if (!is_taken (&taken, stamp.original)) {
                if (g->event_times && !is_other_time (start, &stamp))
                    note_time (g, &stamp);
                take (&taken, stamp.original);
            }
    if (signs.dot || signs.colon)
        for (rest = text; address_next (start, &rest, &address);)
            if (!is_taken (&taken, address.original)) {
                add_address (g, start, &address);
                take (&taken, (Span){ address.original.p,
                                      address.port != 0 ? address.port_text.end : address.original.end });
            }
    if (signs.digit && !g->no_ports)
        for (rest = text; port_next (start, &rest, &port);)
            if (!is_taken (&taken, port.original))
                add_port (g, &port);
}

static gboolean
value_ports (const Gather *g, Role role, Span value)
{
    gboolean any = FALSE;

    /* "22", "22/tcp", "22, 80, 443", "tcp/22" */
    for (const char *p = value.p; p < value.end;) {
        Span digits = { p, value.end };
        PortMention port = { .role = role };

        if (!g_ascii_isdigit (*p)) {
            if (g_ascii_isalpha (*p) && any)
                return TRUE;
            p++;
            continue;
        }
        if (!span_uint (&digits, 65535, &port.port) || port.port == 0)
            return any;
        if (digits.p < value.end && (*digits.p == '.' || *digits.p == ':'))
            return any;
        port.original = (Span){ p, digits.p };
        add_port (g, &port);
        any = TRUE;
        p = digits.p;
    }
    return any;
}

static gboolean
value_protocol (const Gather *g, Span value)
{
    static const struct {
        const char *spelled, *name;
    } protocols[] = { { "tcp", "tcp" }, { "6", "tcp" }, { "udp", "udp" }, { "17", "udp" },
                      { "icmp", "icmp" }, { "1", "icmp" }, { "icmpv6", "icmp6" }, { "58", "icmp6" },
                      { "gre", "gre" }, { "47", "gre" }, { "sctp", "sctp" } };

    for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
        if (span_is_nocase (value, protocols[i].spelled)) {
            Fact *fact = build_fact (g->facts, FACT_PROTOCOL, ROLE_UNKNOWN, g->basis,
                                     gather_where (g, value.p), value, NULL);

            if (fact != NULL)
                fact->text = protocols[i].name;
            return TRUE;
        }
    return FALSE;
}

static gboolean
value_count (const Gather *g, Span value)
{
    Span s = value;
    guint count;
    Fact *fact;

    if (!span_uint (&s, G_MAXINT, &count) || count == 0 || (s.p < s.end && *s.p != ' '))
        return FALSE;
    fact = build_fact (g->facts, FACT_COUNT, ROLE_UNKNOWN, g->basis, gather_where (g, value.p), value, NULL);
    if (fact != NULL)
        fact->v.count = count;
    return TRUE;
}

static gboolean
value_time (const Gather *g, Span value)
{
    Stamp stamp;

    if (!time_value (value, &stamp))
        return FALSE;
    stamp.original = value;
    return add_time (g, &stamp);
}

static gboolean
is_bare_host (Span value)
{
    return memchr (value.p, ' ', span_left (value)) == NULL && span_find (value, "://") == NULL &&
           memchr (value.p, '@', span_left (value)) == NULL;
}

static gboolean
value_host (const Gather *g, Role role, Span value)
{
    const char *host;
    Span original;
    Fact *fact;

    if (!host_next (g->facts->message->arena, &value, &host, &original))
        return FALSE;
    fact = build_fact (g->facts, FACT_HOST, role, g->basis, gather_where (g, original.p), original, g->rule);
    if (fact != NULL)
        fact->text = fact->name = host;
    return TRUE;
}

gboolean
gather_value (const Gather *g, const FieldMeaning *meaning, Span value)
{
    guint before = g->facts->facts.n;
    Gather whole = *g;

    if (meaning->role != ROLE_UNKNOWN)
        whole.role = meaning->role;
    whole.event_times = g->event_times && !meaning->report;
    switch (meaning->what) {
    case FIELD_PORT:
        if (memchr (value.p, '.', span_left (value)) == NULL)
            return value_ports (&whole, meaning->role, value);
        break; /* a column "Src-IP:Src-Port" */
    case FIELD_PROTOCOL:
        return value_protocol (&whole, value);
    case FIELD_COUNT:
        return value_count (&whole, value);
    case FIELD_TIME:
        if (!whole.event_times)
            return TRUE;
        if (value_time (&whole, value))
            return TRUE;
        break;
    case FIELD_HOST:
    case FIELD_ANY:
        if (is_bare_host (value) && value_host (&whole, whole.role, value))
            return TRUE;
        break;
    default:
        break;
    }
    gather_text (&whole, value);
    return g->facts->facts.n > before;
}
