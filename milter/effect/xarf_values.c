#include "effect/xarf_values.h"
#include "base/clean.h"
#include <string.h>

#define MAX_QUOTE 500 /* bytes of what a signal quotes */
#define MAX_HOST 253

static Json *
some_text (const char *text)
{
    return text != NULL ? json_new_text (text) : NULL;
}

Json *
xarf_port (guint port)
{
    return port >= 1 && port <= 65535 ? json_new_int (port) : NULL;
}

/* URLs and hosts */

/* RFC 3986, with a scheme and a host; NULL for what is none, and where none may be told. */
static GUri *
uri_of (const XarfMaker *m)
{
    const char *url = m->in->url;
    GUri *uri;

    if (url == NULL || m->withhold)
        return NULL;
    for (const char *p = url; *p != '\0'; p++)
        if (*p <= ' ' || *p == 0x7f || strchr ("\"<>\\^`{|}", *p) != NULL)
            return NULL;
    uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
    if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0')
        return uri;
    g_clear_pointer (&uri, g_uri_unref);
    return NULL;
}

/* RFC 1123 2.1, of at least two labels. */
gboolean
xarf_is_hostname (const char *host)
{
    gsize n = strlen (host), label = 0;

    if (n == 0 || n > MAX_HOST || strchr (host, '.') == NULL)
        return FALSE;
    for (const char *p = host; *p != '\0'; p++) {
        gboolean ends = p[1] == '.' || p[1] == '\0';

        if (*p == '.') {
            if (label == 0)
                return FALSE;
            label = 0;
        } else if (!(g_ascii_isalnum (*p) || (*p == '-' && label > 0 && !ends)) || ++label > 63)
            return FALSE;
    }
    return label > 0;
}

static Json *
make_url (const XarfMaker *m)
{
    g_autoptr (GUri) uri = uri_of (m);

    return uri != NULL ? json_new_text (m->in->url) : NULL;
}

Json *
xarf_source (const XarfMaker *m)
{
    g_autoptr (GUri) uri = m->in->ip == NULL ? uri_of (m) : NULL;
    g_autofree char *net =
        m->in->bits != 0 ? g_strdup_printf ("%s/%u", m->in->ip, m->in->bits) : NULL;

    if (net != NULL)
        return json_new_text (net);
    if (m->in->ip != NULL)
        return json_new_text (m->in->ip);
    return uri != NULL && xarf_is_hostname (g_uri_get_host (uri))
               ? json_new_text (g_uri_get_host (uri))
               : NULL;
}

/* Other values */

Json *
xarf_time (const XarfMaker *m) /* a range is no moment */
{
    return m->in->time_latest == NULL ? some_text (m->in->time) : NULL;
}

static Json *
make_destination (const XarfMaker *m)
{
    return some_text (m->in->dst_ip);
}

static Json *
make_destination_port (const XarfMaker *m)
{
    return xarf_port (m->in->dst_port);
}

/* Several records of one kind were folded, or a count was said; a single one is no count. */
static Json *
make_total (const XarfMaker *m)
{
    return m->in->count > 1 ? json_new_int ((gint64)MIN (m->in->count, G_MAXINT64)) : NULL;
}

/* The port at the accused address: "53/udp". */
static Json *
make_service (const XarfMaker *m)
{
    g_autofree char *text = m->in->src_port == 0 ? NULL
                            : m->in->protocol != NULL
                                ? g_strdup_printf ("%u/%s", m->in->src_port, m->in->protocol)
                                : g_strdup_printf ("port %u", m->in->src_port);

    return some_text (text);
}

static Json *
make_service_port (const XarfMaker *m)
{
    return xarf_port (m->in->src_port);
}

/* The words of the complaint that decided, where XARF asks for free text about the matter. */
static Json *
make_quote (const XarfMaker *m)
{
    const LogSignal *best = NULL;
    g_autofree char *text = NULL;

    for (guint i = 0; i < m->row->n_signals && !m->withhold; i++) {
        const LogSignal *s = &m->row->signals[i];

        if (g_strcmp0 (s->class_id, m->class->id) == 0 && s->text != NULL && *s->text != '\0' &&
            s->weight > (best != NULL ? best->weight : 0))
            best = s;
    }
    text = best != NULL ? clean_terminal (span_of (best->text), MAX_QUOTE) : NULL;
    return some_text (text);
}

static Json *
make_smtp_from (const XarfMaker *m)
{
    return m->withhold ? NULL : some_text (m->row->reported_sender);
}

static const struct {
    const char *key;
    Json *(*make) (const XarfMaker *m);
} makers[] = {
    { "first_seen", xarf_time },
    { "last_seen", xarf_time },
    { "destination_ip", make_destination },
    { "destination_port", make_destination_port },
    { "url", make_url },
    { "infringing_url", make_url },
    { "target_url", make_url },
    { "total_requests", make_total },
    { "service", make_service },
    { "service_port", make_service_port },
    { "compromise_evidence", make_quote },
    { "compromise_method", make_quote },
    { "threat_type", make_quote },
    { "smtp_from", make_smtp_from },
};

static Json *
constant_of (const Class *c, const char *key)
{
    for (guint i = 0; i < c->n_xarf_fields; i++) {
        const XarfField *f = &c->xarf_fields[i];
        Json *list;

        if (strcmp (f->name, key) != 0)
            continue;
        if (!f->list)
            return json_new_text (f->values[0]);
        list = json_new_list ();
        for (guint k = 0; f->values[k] != NULL; k++)
            json_add (list, json_new_text (f->values[k]));
        return list;
    }
    return NULL;
}

/* The incident's own; else, of a protocol above it, or where it says none, the scenario's. */
static Json *
protocol_of (const XarfMaker *m)
{
    const char *words = m->type->protocols, *own = m->in->protocol;
    g_autoptr (Json) fixed = constant_of (m->class, "protocol");

    if (xarf_word_in (words, own))
        return json_new_text (own);
    if ((own == NULL || !xarf_word_in (words, "tcp")) && xarf_word_in (words, json_text (fixed)))
        return g_steal_pointer (&fixed);
    return NULL;
}

Json *
xarf_value (const XarfMaker *m, const char *key)
{
    if (strcmp (key, "protocol") == 0)
        return protocol_of (m);
    for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
        if (strcmp (makers[i].key, key) == 0)
            return makers[i].make (m);
    return constant_of (m->class, key);
}
