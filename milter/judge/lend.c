#include "judge/finder.h"
#include "read/hops.h"

/* Of an attached mail, only when it was handed over says something of the sender. */
gboolean
record_is_quiet (const Record *r)
{
    if (r->zone == ZONE_ATTACHED)
        return r->shape == NULL || strcmp (r->shape, HOP_SHAPE) != 0;
    return r->zone == ZONE_BOILERPLATE || r->zone == ZONE_SIGNATURE;
}

/* The only address accused: what stands in records that do not repeat it is said of it. */
static const Incident *
sole_offender (const Finder *f, gboolean *ret_bare)
{
    *ret_bare = TRUE;
    for (guint i = 0; i < f->found.n; i++) {
        if (!ip_equal (&f->found.items[i].ip, &f->found.items[0].ip))
            return NULL;
        *ret_bare &= incident_is_bare (&f->found.items[i]);
    }
    return f->found.n > 0 && f->found.items[0].ip.family != 0 ? &f->found.items[0] : NULL;
}

static gboolean
is_told (const Content *c)
{
    return content_n (c, SAYS_TIMES) + content_n (c, SAYS_SRC_PORTS) +
               content_n (c, SAYS_DST_PORTS) + content_n (c, SAYS_UNSAID_PORTS) >
           0;
}

/* Prose lends only to an address that nothing else is known of; log lines and rows always do. */
static gboolean
may_lend (const Finder *f, const Record *r, gboolean bare)
{
    if (record_is_quiet (r) || content_n (&f->content, SAYS_OFFENDERS) > 0 ||
        !is_told (&f->content))
        return FALSE;
    return bare || ((r->kind == RECORD_LOG || r->kind == RECORD_ROW) &&
                    content_n (&f->content, SAYS_TIMES) > 0);
}

void
lend_records (Finder *f)
{
    gboolean bare;
    const Incident *first = sole_offender (f, &bare);
    Fact offender = { .kind = FACT_ADDRESS };

    if (first == NULL)
        return;
    if (first->bits != 0) {
        offender.kind = FACT_NETWORK;
        offender.v.net = (IpNet) { first->ip, first->bits };
    } else {
        offender.v.ip = first->ip;
    }
    offender.basis = first->basis;
    offender.rule = first->rule;
    offender.where = first->where;
    for (guint i = 0; i < f->facts->records.n && !budget_over (f->facts->message->budget); i++) {
        const Record *record = &f->facts->records.items[i];

        f->record = i;
        content_read (&f->content, record);
        if (may_lend (f, record, bare))
            finder_accuse (f, &offender);
    }
}

/* The one value of its kind that a mail states, in records that name nobody. */
typedef struct Sole {
    const Fact *time, *url, *port;
    gboolean times, urls, ports; /* there are several, or the incidents have their own */
} Sole;

static void
note (const Fact **sole, gboolean *several, const Fact *fact, gboolean same)
{
    *several |= *sole != NULL && !same;
    *sole = fact;
}

static Sole
sole_values (const Finder *f)
{
    Sole s = { NULL, NULL, NULL, FALSE, FALSE, FALSE };

    for (guint i = 0; i < f->found.n; i++) {
        const Incident *x = &f->found.items[i];

        s.times |= x->has_time || x->ip.family == 0;
        s.ports |= x->src_port != 0 || x->dst_port != 0 || x->ip.family == 0;
        s.urls |= x->url != NULL || x->ip.family == 0 || f->found.n > 1;
    }
    for (guint i = 0; i < f->facts->facts.n; i++) {
        const Fact *fact = &f->facts->facts.items[i];

        if (record_is_quiet (&f->facts->records.items[fact->record]))
            continue;
        if (fact->kind == FACT_TIME)
            note (&s.time, &s.times, fact,
                  s.time != NULL && s.time->v.when.local_s == fact->v.when.local_s);
        else if (fact->kind == FACT_URL && fact->role == ROLE_OFFENDER)
            note (&s.url, &s.urls, fact, s.url != NULL && g_strcmp0 (s.url->text, fact->text) == 0);
        else if (fact->kind == FACT_PORT)
            note (&s.port, &s.ports, fact, s.port != NULL && s.port->v.port == fact->v.port);
    }
    return s;
}

void
lend_values (Finder *f)
{
    const Sole s = sole_values (f);

    for (guint i = 0; i < f->found.n; i++) {
        Incident *x = &f->found.items[i];

        if (s.time != NULL && !s.times) {
            x->has_time = TRUE;
            x->when = s.time->v.when;
            x->time_text = arena_span_dup (f->arena, s.time->original);
        }
        if (s.url != NULL && !s.urls)
            x->url = s.url->text;
        if (s.port != NULL && !s.ports) {
            *(s.port->role == ROLE_OFFENDER ? &x->src_port : &x->dst_port) = s.port->v.port;
            x->port_unsaid = s.port->role == ROLE_UNKNOWN;
            finder_settle_port (x);
        }
    }
}
