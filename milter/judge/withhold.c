#include "judge/withhold.h"
#include "find/url.h"

#define MAX_HOSTS 100 /* distinct ones that are looked for by name; the finders see the others */

typedef struct Withhold {
    Arena *arena;
    Facts *facts;
    GPtrArray *hosts; /* as facts name them; the words of others may spell them without what makes a
                         host */
} Withhold;

gboolean
withhold_asked (Verdict *v, const Rules *rules)
{
    const Class *c = rules_scenario (rules, v->scenario);

    v->urls_withheld = c != NULL && c->withhold_urls;
    for (guint i = 0; i < v->n_alternatives; i++) {
        c = rules_scenario (rules, v->alternatives[i].scenario);
        v->urls_withheld |=
            c != NULL && c->withhold_urls && v->alternatives[i].confidence >= WITHHOLD_FROM;
    }
    return v->urls_withheld;
}

static void
mark (gboolean *hidden, const char *text, Span found)
{
    for (const char *p = found.p; p < found.end; p++)
        hidden[p - text] = TRUE;
}

static void
mark_all (const Withhold *w, Span text, gboolean *hidden)
{
    Span rest = text, original;
    const char *host, *at;
    Url url;

    while (url_next (w->arena, &rest, &url))
        mark (hidden, text.p, url.original);
    rest = text;
    while (host_next (w->arena, &rest, &host, &original))
        mark (hidden, text.p, original);
    for (guint i = 0; i < w->hosts->len; i++) {
        gsize len = strlen (w->hosts->pdata[i]);

        for (rest = text; (at = span_find_nocase (rest, w->hosts->pdata[i])) != NULL;
             rest.p = at + len)
            mark (hidden, text.p, (Span) { at, at + len });
    }
}

/* With the word that a URL stands in: its path may go on where the finder stopped. */
static const char *
without_marked (Arena *arena, Span text, const gboolean *hidden)
{
    g_autoptr (GString) out = g_string_new (NULL);
    const char *kept;

    while (text.p < text.end) {
        gsize n = 0;
        gboolean any = FALSE;

        while (text.p + n < text.end && !g_ascii_isspace (text.p[n])) {
            any |= *hidden++;
            n++;
        }
        if (any)
            g_string_append (out, WITHHELD);
        else
            g_string_append_len (out, text.p, (gssize)n);
        text.p += n;
        while (text.p < text.end && g_ascii_isspace (*text.p)) {
            g_string_append_c (out, *text.p++);
            hidden++;
        }
    }
    kept = arena_strndup (arena, out->str, out->len);
    return kept != NULL ? kept : WITHHELD;
}

static gboolean
may_name_host (Span text)
{
    return span_left (text) > 0 &&
           (memchr (text.p, '.', span_left (text)) != NULL || span_find (text, "://") != NULL ||
            span_find_nocase (text, "dot") != NULL);
}

static void
clean (const Withhold *w, const char **text)
{
    Span all = span_of (*text);
    g_autofree gboolean *hidden = NULL;

    if (!may_name_host (all))
        return;
    hidden = g_new0 (gboolean, span_left (all));
    mark_all (w, all, hidden);
    if (arena_exhausted (w->arena)) /* the finders may have seen nothing of it */
        *text = WITHHELD;
    else
        *text = without_marked (w->arena, all, hidden);
}

static void
learn_host (Withhold *w, const char *host)
{
    if (host != NULL && *host != '\0' && w->hosts->len < MAX_HOSTS &&
        !g_ptr_array_find_with_equal_func (w->hosts, host, g_str_equal, NULL))
        g_ptr_array_add (w->hosts, (gpointer)host);
}

static void
learn_hosts (Withhold *w)
{
    for (guint i = 0; i < w->facts->facts.n; i++) {
        const Fact *f = &w->facts->facts.items[i];
        Span text = span_of (f->text);
        Url url;

        if (f->kind == FACT_HOST)
            learn_host (w, f->text);
        else if (f->kind == FACT_URL && url_next (w->arena, &text, &url))
            learn_host (w, url.host);
    }
}

static void
clean_facts (const Withhold *w)
{
    for (guint i = 0; i < w->facts->facts.n; i++) {
        Fact *f = &w->facts->facts.items[i];

        if (f->kind == FACT_URL || f->kind == FACT_HOST) {
            f->text = WITHHELD;
            f->original = SPAN_LIT (WITHHELD);
        }
        if (f->kind == FACT_FIELD)
            clean (w, &f->text);
        clean (w, &f->rule);
    }
}

/* What accuses a URL alone has nothing left to say; it stays counted. */
static void
clean_incidents (const Withhold *w, Verdict *v)
{
    guint kept = 0;

    for (guint i = 0; i < v->n_incidents; i++) {
        Incident *in = &v->incidents[i];

        in->url = NULL;
        clean (w, &in->rule);
        clean (w, &in->protocol);
        if (in->ip.family != 0 || in->masked != NULL)
            v->incidents[kept++] = *in;
    }
    v->n_incidents = kept;
}

static void
clean_message (const Withhold *w, Message *m)
{
    clean (w, &m->subject);
    clean (w, &m->from_name);
    for (guint i = 0; i < m->defects.n; i++)
        clean (w, &m->defects.items[i]);
}

void
withhold_urls (Verdict *v)
{
    g_autoptr (GPtrArray) hosts = g_ptr_array_new ();
    Withhold w = { v->facts->message->arena, (Facts *)v->facts, hosts };

    learn_hosts (&w);
    clean_facts (&w);
    clean_incidents (&w, v);
    clean_message (&w, v->facts->message);
    clean (&w, &v->complainant_name);
    clean (&w, &v->deadline_text);
    v->urls = NULL;
    v->n_urls = 0;
    message_defect (v->facts->message,
                    "URLs are withheld: those of such a report are never repeated");
}
