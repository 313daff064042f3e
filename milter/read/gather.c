#include "read/gather.h"
#include "base/anyof.h"
#include "find/address.h"
#include "find/port.h"
#include "find/url.h"
#include "read/build.h"

#define EPOCH_YEARS 3
#define RECEIVED_ROOM 40 /* bytes behind a stamp */
#define DAY_S 86400
#define YEAR_S (366 * DAY_S)
#define MAX_TAKEN 64 /* stretches of a line that one finder took from the others */

/* What a finder has read already: the address in a URL is the URL's, the numbers in a stamp the
 * stamp's. */
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
is_all_taken (const Taken *taken, Span text)
{
    return taken->n == 1 && taken->spans[0].p <= text.p && taken->spans[0].end >= text.end;
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

    return (Where) { line->part, line->number, in_line (g, at) ? (guint)(at - line->text.p) : 0 };
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
    return arena_printf (g->facts->message->arena, "%s %.*s", what, (int)span_left (name), name.p);
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
    if (a->port != 0 &&
        (fact = build_fact (g->facts, FACT_PORT, role, g->basis, gather_where (g, a->port_text.p),
                            a->port_text, rule)) != NULL) {
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
    if (url->port != 0 &&
        (fact = build_fact (g->facts, FACT_PORT, ROLE_UNKNOWN, g->basis,
                            gather_where (g, url->original.p), url->original, NULL)) != NULL) {
        fact->v.port = url->port;
        fact->owner = index + 1;
    }
}

/* "Date: 2026-11-20", and in the same record "Time: 04:04:05": they are one. */
static Fact *
date_alone (const Gather *g, const When *when)
{
    const Record *r = &g->facts->records.items[g->facts->records.n - 1];

    for (guint i = r->first_fact; i < r->first_fact + r->n_facts; i++) {
        Fact *f = &g->facts->facts.items[i];

        if (f->kind == FACT_TIME && memchr (f->original.p, ':', span_left (f->original)) == NULL &&
            f->v.when.local_s == when->local_s - when->local_s % DAY_S)
            return f;
    }
    return NULL;
}

gboolean
gather_stamp (const Gather *g, const Stamp *stamp)
{
    When when;
    Fact *fact;

    if (!clock_resolve (g->clock, g->line, stamp, &when))
        return FALSE;
    if (stamp->has_time && !stamp->has_date && (fact = date_alone (g, &when)) != NULL) {
        fact->original = stamp->original;
        fact->v.when = when;
        return TRUE;
    }
    fact = build_fact (g->facts, FACT_TIME, ROLE_UNKNOWN, g->basis,
                       gather_where (g, stamp->original.p), stamp->original, NULL);
    if (fact != NULL)
        fact->v.when = when;
    return TRUE;
}

/* A number of ten digits years away from the mail is an id. */
static gboolean
is_no_epoch (const Gather *g, const Stamp *stamp)
{
    const Moment *mail = &g->facts->message->date;

    return stamp->epoch && mail->known && ABS (mail->unix_s - stamp->unix_s) > EPOCH_YEARS * YEAR_S;
}

/* A date alone in running text is no moment of an event, but the clock times below may need it. */
static void
note_time (const Gather *g, const Stamp *stamp)
{
    When when;

    if (is_no_epoch (g, stamp))
        return;
    if (stamp->has_time || stamp->epoch)
        gather_stamp (g, stamp);
    else
        clock_resolve (g->clock, g->line, stamp, &when);
}

/* "generated at", "sent on", "at ... we received a report": of the report. */
static gboolean
is_of_report (const char *start, const char *stamp, Span behind)
{
    static const char *const verbs[] = { "generated", "created", "sent",
                                         "compiled",  "printed", "erstellt" };
    static const char *const reports[] = { "report", "complaint", "notif" };
    Span before = { MAX (start, stamp - MIN (stamp - start, 20)), stamp };

    if (span_left (behind) > RECEIVED_ROOM)
        behind.end = behind.p + RECEIVED_ROOM;
    if (span_find (behind, "received") != NULL &&
        span_any_nocase (behind, reports, G_N_ELEMENTS (reports)))
        return TRUE;

    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (span_find_nocase (before, verbs[i]) != NULL)
            return TRUE;
    return FALSE;
}

/* A key says that it is of something else: "allocated": "2010-02-24", "report_date=". */
static gboolean
is_other_time (const char *start, const Stamp *stamp, const char *end)
{
    FieldMeaning meaning;
    Span key;

    if (!field_before (start, stamp->original.p, &key))
        return is_of_report (start, stamp->original.p, (Span) { stamp->original.end, end });
    return field_meaning (key, &meaning) ? meaning.report : field_spoiled (key);
}

void
gather_port (const Gather *g, Role role, guint port, Span original)
{
    Fact *fact;

    if (role == ROLE_UNKNOWN)
        role = g->port_role;
    fact = build_fact (g->facts, FACT_PORT, role, g->basis, gather_where (g, original.p), original,
                       role != ROLE_UNKNOWN ? "port: words before" : NULL);
    if (fact != NULL)
        fact->v.port = port;
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
    Budget *budget = g->facts->message->budget;
    const char *start = context_of (g, text);
    Signs signs = signs_of (text);
    Taken taken = { .n = 0 };
    PortMention port;
    Address address;
    Stamp stamp;
    Span rest;
    Url url;

    if (signs.dot || signs.colon)
        for (rest = text; !budget_over (budget) && url_next (arena, &rest, &url);) {
            take (&taken, url.original);
            add_url (g, &url);
        }
    if (signs.digit)
        for (rest = text; !budget_over (budget) && time_next (start, &rest, &stamp);)
            if (!is_taken (&taken, stamp.original)) {
                if (g->event_times && !is_other_time (start, &stamp, text.end))
                    note_time (g, &stamp);
                take (&taken, stamp.original);
            }
    if (signs.dot || signs.colon)
        for (rest = text; !budget_over (budget) && address_next (start, &rest, &address);)
            if (!is_taken (&taken, address.original)) {
                add_address (g, start, &address);
                take (&taken,
                      (Span) { address.original.p,
                               address.port != 0 ? address.port_text.end : address.original.end });
            }
    if (signs.digit && !g->no_ports && !is_all_taken (&taken, text))
        for (rest = text; !budget_over (budget) && port_next (start, &rest, &port);)
            if (!is_taken (&taken, port.original))
                gather_port (g, port.role, port.port, port.original);
}
