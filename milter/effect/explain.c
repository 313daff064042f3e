#include "effect/explain.h"
#include "base/calendar.h"
#include "base/clean.h"
#include "effect/headers.h"

typedef struct Page {
    GString *out;
    const Verdict *v;
    gboolean colour;
    guint width;
} Page;

typedef enum Ink { INK_PLAIN, INK_HEAD, INK_STRONG, INK_DIM, INK_ALARM } Ink;

static const char *const inks[] = { "", "\033[1;36m", "\033[1m", "\033[2m", "\033[1;31m" };

static void
put (Page *p, Ink ink, const char *text)
{
    if (p->colour && ink != INK_PLAIN)
        g_string_append_printf (p->out, "%s%s\033[0m", inks[ink], text);
    else
        g_string_append (p->out, text);
}

/* Text of the mail, safe, cut to what is left of the line. */
static void
put_safe (Page *p, Ink ink, const char *text, gsize max)
{
    g_autofree char *safe = clean_terminal (span_of (text != NULL ? text : ""), max);

    put (p, ink, safe);
}

static void
put_span (Page *p, Ink ink, Span text, gsize max)
{
    g_autofree char *safe = clean_terminal (text, max);

    put (p, ink, safe);
}

static void
head (Page *p, const char *title)
{
    g_string_append_c (p->out, '\n');
    put (p, INK_HEAD, title);
    g_string_append_c (p->out, '\n');
}

static void
label (Page *p, const char *name)
{
    g_autofree char *padded = g_strdup_printf ("  %-13s ", name);

    put (p, INK_DIM, padded);
}

/* Pads what was written since `from' to `columns' characters. */
static void
pad (Page *p, gsize from, guint columns)
{
    glong n = 0;
    gboolean escape = FALSE;

    for (const char *c = p->out->str + from; *c != '\0'; c = g_utf8_next_char (c)) {
        escape |= *c == '\033';
        if (!escape)
            n += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
        escape &= *c != 'm';
    }
    for (; n < (glong)columns; n++)
        g_string_append_c (p->out, ' ');
}

static void
row (Page *p, const char *name, Ink ink, const char *text)
{
    label (p, name);
    put_safe (p, ink, text, p->width > 30 ? p->width - 18 : 60);
    g_string_append_c (p->out, '\n');
}

static const char *
place (const Page *p, Where where)
{
    Arena *arena = p->v->facts->message->arena;
    const char *text = where.line == 0 ? "whole mail"
                       : where.part == 0
                           ? "subject"
                           : arena_printf (arena, "part %u line %u", where.part, where.line);

    return text != NULL ? text : "";
}

static void
put_tor (Page *p)
{
    static const char *const impossible[] = {
        [IMPOSSIBLE_NOT_TCP] = "not through Tor: it carries TCP only",
        [IMPOSSIBLE_REJECTED] = "not through our relay: its exit policy lets nobody connect there",
    };
    const Verdict *v = p->v;
    gboolean dated = v->exit.at_unix_s != 0;
    char when[RFC3339_MAX];
    g_autofree char *exit = NULL;

    if (v->standing != STANDING_NONE) {
        g_autofree char *ours = g_strdup_printf ("%s %s", standing_name (v->standing),
                                                 v->relay != NULL ? v->relay : "");
        row (p, "networks", INK_PLAIN, ours);
    }
    if (!v->tor || !v->complaint)
        return;
    exit = g_strdup_printf ("%s: %s%s%s", exit_answer_name (v->exit.answer),
                            exit_reason_text (v->exit.reason), dated ? " " : "",
                            dated ? calendar_rfc3339 (v->exit.at_unix_s, when) : "");
    row (p, "Tor exit", INK_PLAIN, exit);
    row (p, "exit policy", INK_PLAIN, policy_verdict_name (v->policy));
    if (v->impossible != IMPOSSIBLE_NOT)
        row (p, "impossible", INK_STRONG, impossible[v->impossible]);
    if (v->spoofable)
        row (p, "spoofable", INK_STRONG,
             "nothing shows more than bare SYNs, or packets of no connection");
}

static void
put_auth (Page *p)
{
    const AuthResult *r = p->v->auth;
    g_autofree char *text = NULL;

    if (r[AUTH_SPF] == AUTH_NOT_SAID)
        return;
    text = g_strdup_printf ("spf %s, dkim %s, dmarc %s", auth_result_name (r[AUTH_SPF]),
                            auth_result_name (r[AUTH_DKIM]), auth_result_name (r[AUTH_DMARC]));
    row (p, "our MTA says", INK_PLAIN, text);
}

static void
put_summary (Page *p)
{
    const Verdict *v = p->v;
    const Message *m = v->facts->message;
    gboolean alarm = v->priority >= PRIORITY_HIGH;
    g_autofree char *scenario = g_strdup_printf ("%s (%.2f)", v->scenario, v->confidence);
    g_autofree char *who =
        g_strdup_printf ("%s%s  %s", complainant_name (v->complainant),
                         v->tor_aware ? ", knows Tor" : "", v->complainant_address);
    g_autofree char *priority =
        g_strdup_printf ("%s (%s)", priority_name (v->priority), v->priority_reason);
    g_autoptr (GString) wants = g_string_new (NULL);
    char when[RFC3339_MAX];

    for (Demand d = 0; d < N_DEMANDS; d++)
        if (v->demands & 1u << d)
            g_string_append_printf (wants, "%s%s", wants->len > 0 ? ", " : "", demand_name (d));
    row (p, "subject", INK_STRONG, m->subject);
    row (p, "from", INK_PLAIN, m->from_address);
    row (p, "scenario", INK_STRONG, scenario);
    for (guint i = 0; i < v->n_alternatives && i < 3; i++) {
        g_autofree char *other = g_strdup_printf ("%s (%.2f)", v->alternatives[i].scenario,
                                                  v->alternatives[i].confidence);
        row (p, i == 0 ? "or else" : "", INK_DIM, other);
    }
    row (p, "priority", alarm ? INK_ALARM : INK_PLAIN, priority);
    row (p, "format", INK_PLAIN, v->format);
    row (p, "complainant", INK_PLAIN, who);
    put_auth (p);
    if (wants->len > 0)
        row (p, "wants", INK_PLAIN, wants->str);
    if (v->has_deadline) {
        g_autofree char *deadline = g_strdup_printf (
            "%s (\"%s\")", calendar_rfc3339 (v->deadline_unix_s, when), v->deadline_text);
        row (p, "deadline", INK_ALARM, deadline);
    }
    put_tor (p);
}

static void
put_more (Page *p, guint shown, guint all, const char *what)
{
    if (all > shown)
        g_string_append_printf (p->out, "  ... and %u more %s\n", all - shown, what);
}

static void
put_signals (Page *p)
{
    guint n = MIN (p->v->n_signals, EXPLAIN_MAX_ROWS);

    head (p, "Which signals decided");
    if (n == 0)
        g_string_append (p->out, "  none: nothing in this mail speaks for any scenario\n");
    for (guint i = 0; i < n; i++) {
        const Signal *s = &p->v->signals[i];
        gsize from = p->out->len;

        g_string_append_printf (p->out, "  %+5.1f  ", s->weight);
        put (p, INK_STRONG, s->class_id);
        g_string_append_printf (p->out, " %s", s->name);
        pad (p, from, 44);
        from = p->out->len;
        put (p, INK_DIM, place (p, s->where));
        pad (p, from, 17);
        put_safe (p, INK_PLAIN, s->text, p->width > 90 ? p->width - 62 : 40);
        g_string_append_c (p->out, '\n');
    }
    put_more (p, n, p->v->n_signals, "signals");
}

static void
put_incident (Page *p, const Incident *i)
{
    char ip[IP_TEXT_MAX], dst[IP_TEXT_MAX], when[RFC3339_MAX];
    gboolean utc = i->has_time && i->when.basis != TIME_NO_ZONE;

    g_string_append (p->out, "  ");
    put (p, INK_STRONG, i->ip.family != 0 ? ip_format (&i->ip, ip) : "");
    if (i->bits != 0)
        g_string_append_printf (p->out, "/%u", i->bits);
    put_safe (p, INK_STRONG, i->masked, 60);
    if (i->ip.family == 0 && i->url != NULL)
        put_safe (p, INK_STRONG, i->url, 100);
    if (i->src_port != 0)
        g_string_append_printf (p->out, " port %u", i->src_port);
    if (i->has_time) {
        g_string_append (p->out, utc ? " at " : " at local ");
        put_safe (p, INK_PLAIN, utc ? calendar_rfc3339 (i->when.unix_s, when) : i->time_text, 60);
    }
    if (i->dst_ip.family != 0)
        g_string_append_printf (p->out, " -> %s", ip_format (&i->dst_ip, dst));
    if (i->dst_port != 0)
        g_string_append_printf (p->out, " port %u", i->dst_port);
    if (i->protocol != NULL)
        g_string_append_printf (p->out, " %s", i->protocol);
    if (i->count > 1)
        g_string_append_printf (p->out, " x%" G_GUINT64_FORMAT, i->count);
    g_string_append (p->out, "\n      ");
    put (p, INK_DIM, basis_name (i->basis));
    put (p, INK_DIM, ": ");
    put_safe (p, INK_DIM, i->rule != NULL ? i->rule : "", 80);
    put (p, INK_DIM, ", ");
    put (p, INK_DIM, place (p, i->where));
    if (i->has_time && utc && i->time_text != NULL) {
        put (p, INK_DIM, ", time from \"");
        put_safe (p, INK_DIM, i->time_text, 60);
        g_string_append_printf (p->out, "\" (zone: %s)", zone_basis_name (i->when.basis));
    }
    g_string_append_c (p->out, '\n');
}

static void
put_incidents (Page *p)
{
    guint n = MIN (p->v->n_incidents, EXPLAIN_MAX_ROWS);

    head (p, "Who is accused");
    if (n == 0)
        g_string_append (p->out, "  nobody: no address, URL or host is accused\n");
    for (guint i = 0; i < n; i++)
        put_incident (p, &p->v->incidents[i]);
    put_more (p, n, p->v->n_incidents, "incidents");
}

/* What was found and why it has its role; each distinct value once. */
static void
put_facts (Page *p)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    const Facts *facts = p->v->facts;
    guint shown = 0, all = 0;

    head (p, "What was found, and why it has its role");
    for (guint i = 0; i < facts->facts.n; i++) {
        const Fact *f = &facts->facts.items[i];
        gsize from = p->out->len;

        if ((f->kind != FACT_ADDRESS && f->kind != FACT_NETWORK && f->kind != FACT_MASKED &&
             f->kind != FACT_URL && f->kind != FACT_HOST) ||
            !g_hash_table_add (seen, span_dup (f->original)) || all++ >= EXPLAIN_MAX_ROWS)
            continue;
        shown++;
        g_string_append (p->out, "  ");
        put_span (p, f->role == ROLE_OFFENDER ? INK_STRONG : INK_PLAIN, f->original, 46);
        pad (p, from, 42);
        g_string_append_printf (p->out, " %-9s ", role_name (f->role));
        from = p->out->len;
        put (p, INK_DIM, place (p, f->where));
        pad (p, from, 17);
        put_safe (p, INK_DIM, f->rule != NULL ? f->rule : "no word says what it is", 60);
        g_string_append_c (p->out, '\n');
    }
    if (shown == 0)
        g_string_append (p->out, "  no address, URL or host\n");
    put_more (p, shown, all, "values");
}

static void
put_headers (Page *p, const char *prefix)
{
    HeaderLine lines[HEADERS_MAX];
    guint n = headers_make (p->v->facts->message->arena, p->v, prefix, NULL, lines);

    head (p, "Headers that the milter adds");
    for (guint i = 0; i < n; i++)
        g_string_append_printf (p->out, "  %s: %s\n", lines[i].name, lines[i].value);
}

static void
put_defects (Page *p)
{
    const Message *m = p->v->facts->message;

    if (m->defects.n == 0)
        return;
    head (p, "What is strange about the mail");
    for (guint i = 0; i < m->defects.n; i++) {
        g_string_append (p->out, "  ");
        put_safe (p, INK_PLAIN, m->defects.items[i], 200);
        g_string_append_c (p->out, '\n');
    }
}

void
explain_page (GString *out, const Verdict *verdict, const char *prefix, gboolean colour,
              guint width)
{
    Page p = { out, verdict, colour, width };

    put_summary (&p);
    put_incidents (&p);
    put_signals (&p);
    put_facts (&p);
    put_headers (&p, prefix);
    put_defects (&p);
}
