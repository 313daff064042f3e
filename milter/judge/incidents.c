#include "judge/incidents.h"
#include "judge/finder.h"
#include "judge/standing.h"
#include "read/hops.h"

#define MAX_ROUNDS 64 /* times or ports of one record that become incidents of their own */
#define MAX_NAMED 300 /* accused of one record that are looked over for doubles */
#define MAX_URLS 500
#define MAX_ARRIVALS 20 /* incidents that the header of an attached mail adds */
#define EPHEMERAL_FROM                                                                             \
    32768 /* a port from here on is a client's own: the accused's, unless it is said to be         \
             another's */

static guint
hash_incident (gconstpointer key)
{
    const Incident *i = key;
    guint h = ip_hash (&i->ip);

    h = h * 31 + i->src_port;
    h = h * 31 + i->dst_port;
    h = h * 31 + (guint)i->when.local_s;
    return h * 31 + (i->url != NULL ? g_str_hash (i->url) : 0);
}

static gboolean
equal_incident (gconstpointer a, gconstpointer b)
{
    const Incident *x = a, *y = b;

    return ip_equal (&x->ip, &y->ip) && x->src_port == y->src_port && x->dst_port == y->dst_port &&
           ip_equal (&x->dst_ip, &y->dst_ip) && x->has_time == y->has_time &&
           (!x->has_time ||
            (x->when.local_s == y->when.local_s && x->when.basis == y->when.basis)) &&
           g_strcmp0 (x->url, y->url) == 0 && g_strcmp0 (x->masked, y->masked) == 0 &&
           g_strcmp0 (x->protocol, y->protocol) == 0;
}

/* Outside logs and tables, what has no time and stands there twice happened once. */
static gboolean
says_events (const Finder *f)
{
    RecordKind kind = f->facts->records.items[f->record].kind;

    return kind == RECORD_LOG || kind == RECORD_ROW || kind == RECORD_FORMAT;
}

static void
add (Finder *f, const Incident *incident)
{
    guint same = GPOINTER_TO_UINT (g_hash_table_lookup (f->known, incident));
    Incident *kept, *key;

    if (same != 0 && (incident_is_bare (incident) || (!incident->has_time && !says_events (f)) ||
                      f->found.items[same - 1].record == f->record)) {
        f->found.items[same - 1].record = f->record;
        return; /* said again, not happened again */
    }
    f->verdict->incident_count += incident->count;
    if (same != 0) {
        f->found.items[same - 1].count += incident->count;
        f->found.items[same - 1].record = f->record;
        return;
    }
    kept = list_push (f->arena, &f->found, LIMIT_INCIDENTS);
    key = arena_new0 (f->arena, Incident, 1);
    if (kept == NULL || key == NULL) {
        f->overflow = TRUE;
        return;
    }
    *kept = *key = *incident;
    kept->record = f->record;
    g_hash_table_insert (f->known, key, GUINT_TO_POINTER (f->found.n));
}

/* The k-th port of that end, or the only one; a port written with another address is not this
 * one's. */
static guint
port_of (const Finder *f, ContentList list, guint k, const Fact *offender)
{
    guint n = content_n (&f->content, list);
    const Fact *port, *owner;

    if (n == 0 || (n > 1 && k >= n))
        return 0;
    port = content_get (&f->content, list, n > 1 ? k : 0);
    if (port->owner == FACT_NONE || port->role != ROLE_OFFENDER || offender->kind != FACT_ADDRESS)
        return port->v.port;
    owner = &f->facts->facts.items[port->owner];
    return ip_equal (&owner->v.ip, &offender->v.ip) ? port->v.port : 0;
}

static Incident
incident_of (const Finder *f, const Fact *offender)
{
    const Content *c = &f->content;
    Incident i = { .basis = offender->basis,
                   .where = offender->where,
                   .rule = offender->rule,
                   .count = MAX (c->count, 1),
                   .protocol = c->protocol,
                   .network = -1 };

    if (offender->kind == FACT_ADDRESS) {
        i.ip = offender->v.ip;
        i.network = settings_network_of (f->settings, &i.ip);
        if (content_n (c, SAYS_URLS) == 1)
            i.url = content_get (c, SAYS_URLS, 0)->text;
    } else if (offender->kind == FACT_NETWORK) {
        i.ip = offender->v.net.base;
        i.bits = offender->v.net.bits;
    } else if (offender->kind == FACT_MASKED) {
        i.masked = offender->text;
    } else {
        i.url = offender->text;
    }
    if (content_n (c, SAYS_VICTIMS) > 0)
        i.dst_ip = content_get (c, SAYS_VICTIMS, 0)->v.ip;
    return i;
}

static void
set_time (Finder *f, Incident *i, guint k)
{
    guint n = content_n (&f->content, SAYS_TIMES);
    const Fact *time;

    if (n == 0 || (n > 1 && k >= n))
        return;
    time = content_get (&f->content, SAYS_TIMES, n > 1 ? k : 0);
    i->has_time = TRUE;
    i->when = time->v.when;
    i->time_text = arena_span_dup (f->arena, time->original);
}

/* A port whose end was not said: the accused's when it is his URL's, or one that only clients use.
 */
void
finder_settle_port (Incident *i)
{
    if (!i->port_unsaid || (i->src_port != 0 && i->src_port != i->dst_port))
        return;
    if (i->src_port == i->dst_port || i->dst_port >= EPHEMERAL_FROM) {
        i->src_port = i->dst_port;
        i->dst_port = 0;
        i->port_unsaid = FALSE;
    }
}

/* One accused, in one record: a record with several times or ports says several incidents. */
void
finder_accuse (Finder *f, const Fact *offender)
{
    const Content *c = &f->content;
    gboolean unsaid = content_n (c, SAYS_DST_PORTS) == 0 && content_n (c, SAYS_UNSAID_PORTS) > 0;
    ContentList dst = unsaid ? SAYS_UNSAID_PORTS : SAYS_DST_PORTS;
    guint rounds =
        MAX (MAX (content_n (c, SAYS_TIMES), content_n (c, SAYS_SRC_PORTS)), content_n (c, dst));

    for (guint k = 0; k < CLAMP (rounds, 1, MAX_ROUNDS); k++) {
        Incident i = incident_of (f, offender);

        i.src_port = port_of (f, SAYS_SRC_PORTS, k, offender);
        i.dst_port = port_of (f, dst, k, offender);
        i.port_unsaid = unsaid && i.dst_port != 0;
        finder_settle_port (&i);
        set_time (f, &i, k);
        add (f, &i);
    }
}

/* Named again in the same record, he is still accused once. */
static gboolean
named_before (const Finder *f, ContentList list, guint i)
{
    const Fact *fact = content_get (&f->content, list, i);

    for (guint k = 0; fact->kind == FACT_ADDRESS && k < i; k++)
        if (ip_equal (&content_get (&f->content, list, k)->v.ip, &fact->v.ip))
            return TRUE;
    return FALSE;
}

static void
accuse_list (Finder *f, ContentList list)
{
    for (guint i = 0; i < content_n (&f->content, list); i++)
        if (i >= MAX_NAMED || !named_before (f, list, i))
            finder_accuse (f, content_get (&f->content, list, i));
}

static void
collect_urls (Finder *f)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    LIST (const char *) urls = { NULL, 0, 0 };

    for (guint i = 0; i < f->facts->facts.n; i++) {
        const Fact *fact = &f->facts->facts.items[i];
        const char **slot;

        if ((fact->kind != FACT_URL && fact->kind != FACT_HOST) || fact->role != ROLE_OFFENDER ||
            fact->text == NULL || !g_hash_table_add (seen, (gpointer)fact->text))
            continue;
        slot = list_push (f->arena, &urls, MAX_URLS);
        if (slot == NULL)
            break;
        *slot = fact->text;
    }
    f->verdict->urls = urls.items;
    f->verdict->n_urls = urls.n;
}

static void
find (Finder *f, ContentList accused, gboolean attached)
{
    for (guint i = 0; i < f->facts->records.n && !budget_over (f->facts->message->budget); i++) {
        if ((f->facts->records.items[i].zone == ZONE_ATTACHED) != attached)
            continue;
        f->record = i;
        content_read (&f->content, &f->facts->records.items[i]);
        accuse_list (f, accused);
    }
}

/* Is accused already, and nothing says when. */
static gboolean
lacks_time (const Finder *f, const Fact *offender)
{
    gboolean found = FALSE;

    for (guint i = 0; i < f->found.n; i++) {
        const Incident *x = &f->found.items[i];

        if (!ip_equal (&x->ip, &offender->v.ip))
            continue;
        if (x->has_time)
            return FALSE;
        found = TRUE;
    }
    return found;
}

/* Who is accused by words is there in the header of the attached mail, too, with the time of it. */
static void
find_arrivals (Finder *f)
{
    guint known = f->found.n;

    for (guint i = 0; i < f->facts->records.n && known > 0 && f->found.n < known + MAX_ARRIVALS;
         i++) {
        const Record *r = &f->facts->records.items[i];

        if (r->zone != ZONE_ATTACHED || g_strcmp0 (r->shape, HOP_SHAPE) != 0)
            continue;
        f->record = i;
        content_read (&f->content, r);
        for (guint k = 0; k < content_n (&f->content, SAYS_OFFENDERS); k++)
            if (content_n (&f->content, SAYS_TIMES) > 0 &&
                lacks_time (f, content_get (&f->content, SAYS_OFFENDERS, k)))
                finder_accuse (f, content_get (&f->content, SAYS_OFFENDERS, k));
    }
}

void
incidents_find (Verdict *verdict, const Facts *facts, const Settings *settings)
{
    static const ContentList accused[] = { SAYS_OFFENDERS, SAYS_NETWORKS, SAYS_MASKED,
                                           SAYS_URLS }; /* the first that anybody is in */
    Finder f = {
        .verdict = verdict, .facts = facts, .settings = settings, .arena = facts->message->arena
    };

    content_init (&f.content, facts);
    f.known = g_hash_table_new (hash_incident, equal_incident);
    verdict->incident_count = 0;
    for (gsize i = 0; i < 2 * G_N_ELEMENTS (accused) && f.found.n == 0; i++)
        find (&f, accused[i / 2], i % 2 == 1); /* in the mail itself; else in what is attached */
    lend_records (&f);
    find_arrivals (&f);
    fold_mentions (&f);
    lend_values (&f);
    collect_urls (&f);
    if (f.overflow)
        message_bound (facts->message, "more than %d incidents: the rest is counted, not listed",
                       LIMIT_INCIDENTS);
    verdict->incidents = f.found.items;
    verdict->n_incidents = f.found.n;
    standing_find (verdict, settings);
    g_hash_table_destroy (f.known);
    content_clear (&f.content);
}

void
incidents_own_ports (Verdict *verdict)
{
    Incident *incidents = verdict->incidents;

    for (guint i = 0; i < verdict->n_incidents; i++)
        if (incidents[i].port_unsaid && incidents[i].src_port == 0) {
            incidents[i].src_port = incidents[i].dst_port;
            incidents[i].dst_port = 0;
            incidents[i].port_unsaid = FALSE;
        }
}
