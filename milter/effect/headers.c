#include "effect/headers.h"
#include "base/calendar.h"
#include "base/clean.h"

#define FOLD_AT 78 /* RFC 5322 2.1.1, the recommended length */
#define TOKEN_MAX 120

static const char *const names[] = { "Id",          "Scenario", "Confidence", "Priority",
                                     "Format",      "Demand",   "Incident",   "Incident-Count",
                                     "Complainant", "Tor" };

typedef struct Writer {
    Arena *arena;
    const Verdict *verdict;
    const char *prefix;
    HeaderLine *lines;
    guint n;
} Writer;

/* Folds before the item that would pass column 78: a LF and one blank (RFC 5322 2.2.3). */
static const char *
fold (Arena *arena, gsize column, const char *value)
{
    GString *out = g_string_new (NULL);
    const char *p = value;
    const char *kept;

    while (*p != '\0') {
        gsize n = strcspn (p, " ");

        if (p != value && column + n + 1 > FOLD_AT) {
            g_string_append (out, "\n ");
            column = 1;
        } else if (p != value) {
            g_string_append_c (out, ' ');
            column++;
        }
        g_string_append_len (out, p, (gssize)n);
        column += n;
        p += n;
        p += *p == ' ';
    }
    kept = arena_strndup (arena, out->str, out->len);
    g_string_free (out, TRUE);
    return kept;
}

gboolean
headers_is_ours (const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (g_ascii_strcasecmp (names[i], name) == 0)
            return TRUE;
    return FALSE;
}

static void
put (Writer *w, const char *name, const char *value)
{
    char *full = arena_printf (w->arena, "%s%s", w->prefix, name);
    char *clean = value != NULL ? clean_header (w->arena, span_of (value), HEADER_MAX_VALUE) : NULL;

    if (full == NULL || clean == NULL || *clean == '\0' || w->n >= HEADERS_MAX)
        return;
    clean = (char *)fold (w->arena, strlen (full) + 2, clean);
    if (clean != NULL)
        w->lines[w->n++] = (HeaderLine) { full, clean };
}

/* A value inside "name=value; ...": nothing in it may look like the next item. */
static const char *
token (Writer *w, const char *text)
{
    char *clean = clean_header (w->arena, span_of (text), TOKEN_MAX);

    for (char *p = clean; p != NULL && *p != '\0'; p++)
        if (*p == ';' || *p == ' ' || *p == '"')
            *p = '_';
    return clean != NULL ? clean : "?";
}

static void
put_complainant (Writer *w)
{
    const Verdict *v = w->verdict;

    put (w, "Complainant",
         arena_printf (w->arena, "%s; tor-aware=%s", complainant_name (v->complainant),
                       v->tor_aware ? "yes" : "no"));
}

static void
put_demands (Writer *w)
{
    const Verdict *v = w->verdict;
    g_autoptr (GString) text = g_string_new (NULL);
    char when[RFC3339_MAX];

    for (Demand d = 0; d < N_DEMANDS; d++)
        if (v->demands & 1u << d)
            g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", demand_name (d));
    if (v->has_deadline)
        g_string_append_printf (text, "%sdeadline=%s", text->len > 0 ? "; " : "",
                                calendar_rfc3339 (v->deadline_unix_s, when));
    if (text->len > 0)
        put (w, "Demand", text->str);
}

static void
append (GString *s, const char *name, const char *value)
{
    if (value != NULL && *value != '\0')
        g_string_append_printf (s, "%s%s=%s", s->len > 0 ? "; " : "", name, value);
}

static void
append_port (GString *s, const char *name, guint port)
{
    if (port != 0)
        g_string_append_printf (s, "%s%s=%u", s->len > 0 ? "; " : "", name, port);
}

static void
put_incident (Writer *w, const Incident *i)
{
    g_autoptr (GString) s = g_string_new (NULL);
    char ip[IP_TEXT_MAX], dst[IP_TEXT_MAX], when[RFC3339_MAX];

    append (s, "ip", ip_format (&i->ip, ip));
    if (i->bits != 0)
        g_string_append_printf (s, "/%u", i->bits);
    if (i->masked != NULL)
        append (s, "masked", token (w, i->masked));
    append_port (s, "port", i->src_port);
    if (i->has_time && i->when.basis != TIME_NO_ZONE)
        append (s, "time", calendar_rfc3339 (i->when.unix_s, when));
    append (s, "dst-ip", ip_format (&i->dst_ip, dst));
    append_port (s, "dst-port", i->dst_port);
    if (i->protocol != NULL)
        append (s, "proto", token (w, i->protocol));
    if (i->url != NULL)
        append (s, "url", token (w, i->url));
    append (s, "basis", basis_name (i->basis));
    put (w, "Incident", s->str);
}

static void
put_incidents (Writer *w)
{
    const Verdict *v = w->verdict;

    for (guint i = 0; i < MIN (v->n_incidents, HEADER_INCIDENTS); i++)
        put_incident (w, &v->incidents[i]);
    put (w, "Incident-Count", arena_printf (w->arena, "%" G_GUINT64_FORMAT, v->incident_count));
}

static void
put_tor (Writer *w)
{
    const Verdict *v = w->verdict;
    g_autoptr (GString) s = g_string_new (standing_name (v->standing));

    if (v->standing != STANDING_NONE && v->relay != NULL)
        append (s, "relay", token (w, v->relay));
    if (v->tor && v->exit.reason != EXIT_NO_LISTS)
        append (s, "exit", exit_answer_name (v->exit.answer));
    if (v->policy != POLICY_UNKNOWN)
        append (s, "policy", policy_verdict_name (v->policy));
    append (s, "impossible", impossible_name (v->impossible));
    if (v->spoofable)
        g_string_append_printf (s, "%sspoofable", s->len > 0 ? "; " : "");
    put (w, "Tor", s->str);
}

guint
headers_make (Arena *arena, const Verdict *verdict, const char *prefix, const char *id,
              HeaderLine ret[HEADERS_MAX])
{
    Writer w = { arena, verdict, prefix, ret, 0 };
    char confidence[16];

    put (&w, "Id", id);
    put (&w, "Scenario", verdict->scenario);
    put (&w, "Confidence",
         g_ascii_formatd (confidence, sizeof confidence, "%.2f", verdict->confidence));
    put (&w, "Priority", priority_name (verdict->priority));
    put (&w, "Format", verdict->format);
    put_complainant (&w);
    if (!verdict->complaint)
        return w.n;
    put_demands (&w);
    put_incidents (&w);
    put_tor (&w);
    return w.n;
}

guint
headers_add_case (Arena *arena, const char *prefix, const char *case_id,
                  HeaderLine lines[HEADERS_MAX], guint n)
{
    Writer w = { arena, NULL, prefix, lines, n };

    put (&w, "Case", case_id);
    return w.n;
}
