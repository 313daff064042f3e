#include "judge/finder.h"

#define MAX_FOLD 300 /* incidents up to which each is held against each other */

gboolean
incident_is_bare (const Incident *i)
{
    return !i->has_time && i->src_port == 0 && i->dst_port == 0 && i->url == NULL;
}

static gboolean
same_or_unknown (guint part, guint whole)
{
    return part == 0 || part == whole;
}

/* Asked of all pairs, and tells most of them apart. */
static inline gboolean
may_be_same_time (const Incident *x, const Incident *y)
{
    return !x->has_time || x->when.local_s == y->when.local_s;
}

/* "http://198.51.100.7/" says where "http://198.51.100.7/a/b.html" is. */
static gboolean
same_or_begins (const char *x, const char *y)
{
    gsize n = x != NULL ? strlen (x) : 0;
    const char *host = x != NULL ? strstr (x, "://") : NULL;
    const char *path = host != NULL ? strchr (host + strlen ("://"), '/') : NULL;

    return x == NULL || g_strcmp0 (x, y) == 0 ||
           (y != NULL && host != NULL && strncmp (x, y, n) == 0 &&
            (path == NULL ? y[n] == '/' : path[1] == '\0'));
}

/* All that x says, y says too. */
static gboolean
says_no_more (const Incident *x, const Incident *y)
{
    return same_or_unknown (x->src_port, y->src_port) &&
           same_or_unknown (x->dst_port, y->dst_port) &&
           (!x->has_time || (y->has_time && x->when.local_s == y->when.local_s &&
                             x->when.basis <= y->when.basis)) &&
           ip_equal (&x->ip, &y->ip) &&
           (x->dst_ip.family == 0 || ip_equal (&x->dst_ip, &y->dst_ip)) &&
           same_or_begins (x->url, y->url) &&
           (x->protocol == NULL || g_strcmp0 (x->protocol, y->protocol) == 0) &&
           g_strcmp0 (x->masked, y->masked) == 0;
}

/* Of "https://bad.example.net/login", what a bare "bad.example.net" says is said. */
static gboolean
is_host_of (const Incident *x, const Incident *y)
{
    Span url = span_of (y->url);
    const char *host;

    if (x->url == NULL || y->url == NULL || strstr (x->url, "://") != NULL ||
        (x->has_time && (!y->has_time || x->when.local_s != y->when.local_s)) ||
        (host = strstr (y->url, "://")) == NULL)
        return FALSE;
    url.p = host + strlen ("://");
    return span_lit_nocase (&url, x->url) && (url.p == url.end || strchr (":/?", *url.p) != NULL);
}

static gboolean
is_told_fuller (const Finder *f, guint i, const GHashTable *told)
{
    const Incident *x = &f->found.items[i];

    if (x->ip.family == 0) {
        for (guint k = 0; f->found.n <= MAX_FOLD && x->masked == NULL && k < f->found.n; k++)
            if (is_host_of (x, &f->found.items[k]))
                return TRUE;
        return FALSE;
    }
    if (incident_is_bare (x) && g_hash_table_contains ((GHashTable *)told, &x->ip))
        return TRUE;
    for (guint k = 0; f->found.n <= MAX_FOLD && k < f->found.n; k++)
        if (k != i && may_be_same_time (x, &f->found.items[k]) &&
            says_no_more (x, &f->found.items[k]) &&
            !(k > i && says_no_more (&f->found.items[k], x)))
            return TRUE;
    return FALSE;
}

/* A mention adds nothing when the same address stands elsewhere with the same and more. */
void
fold_mentions (Finder *f)
{
    g_autoptr (GHashTable) told = g_hash_table_new ((GHashFunc)ip_hash, (GEqualFunc)ip_equal);
    Incident *all = f->found.items;
    guint n = f->found.n, kept = 0;
    Ip *ips = arena_new0 (f->arena, Ip, MAX (n, 1));
    gboolean *drop = arena_new0 (f->arena, gboolean, MAX (n, 1));

    if (ips == NULL || drop == NULL)
        return;
    for (guint i = 0; i < n; i++) {
        ips[i] = all[i].ip;
        if (!incident_is_bare (&all[i]) && all[i].ip.family != 0)
            g_hash_table_add (told, &ips[i]);
    }
    for (guint i = 0; i < n && !budget_over (f->facts->message->budget); i++)
        drop[i] = is_told_fuller (f, i, told);
    for (guint i = 0; i < n; i++)
        if (drop[i])
            f->verdict->incident_count -= all[i].count;
        else
            all[kept++] = all[i];
    f->found.n = kept;
}
