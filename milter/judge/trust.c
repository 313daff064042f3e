#include "judge/trust.h"
#include "read/auth_results.h"

typedef struct Hop { /* of a Received field (RFC 5321 4.4) */
    Span from, by;   /* names; empty when there is none */
    Span seen;       /* the comment behind "from": what the server saw, "name [address]" */
} Hop;

/* The next word that stands in no comment; the comment right behind it in *ret_comment. */
static gboolean
next_word (Span *s, Span *ret_word, Span *ret_comment)
{
    guint depth = 0;

    while (s->p < s->end && g_ascii_isspace (*s->p))
        s->p++;
    ret_word->p = s->p;
    while (s->p < s->end && !g_ascii_isspace (*s->p) && *s->p != '(')
        s->p++;
    ret_word->end = s->p;
    while (s->p < s->end && g_ascii_isspace (*s->p))
        s->p++;
    ret_comment->p = s->p;
    for (; s->p < s->end && (depth > 0 || *s->p == '('); s->p++)
        depth = *s->p == '(' ? depth + 1 : *s->p == ')' ? depth - 1 : depth;
    ret_comment->end = s->p;
    return span_left (*ret_word) + span_left (*ret_comment) > 0;
}

static Hop
read_hop (Span value)
{
    Hop hop = { 0 };
    Span word, name, comment, ignored;

    while (next_word (&value, &word, &comment)) {
        gboolean from = span_is_nocase (word, "from") && hop.from.p == NULL;

        if (!from && !span_is_nocase (word, "by"))
            continue;
        if (!next_word (&value, &name, from ? &comment : &ignored))
            break;
        if (from) {
            hop.from = name;
            hop.seen = comment;
            continue;
        }
        hop.by = name;
        break;
    }
    return hop;
}

/* "mx.example.net" and what is below it. */
static gboolean
is_ours (Span name, const char *authserv_id)
{
    gsize n = strlen (authserv_id);

    if (!span_ends_nocase (name, authserv_id))
        return FALSE;
    return span_left (name) == n || name.end[-(gssize)n - 1] == '.';
}

/* What a server saw goes before what it was told: anybody says HELO in our name. */
static gboolean
from_ours (const Hop *hop, const char *authserv_id)
{
    Span seen = hop->seen, name;

    if (!is_ours (hop->from, authserv_id))
        return FALSE;
    span_lit (&seen, "(");
    name = (Span) { seen.p, seen.p };
    while (name.end < seen.end && (g_ascii_isalnum (*name.end) || strchr (".-", *name.end) != NULL))
        name.end++;
    return span_left (name) > 0 && is_ours (name, authserv_id);
}

/* What stands further up has been believed already. */
static void
believe (Verdict *v, const char *value, const char *authserv_id)
{
    AuthResults said;

    if (!auth_results_read (span_of (value), &said) ||
        !span_is_nocase (said.authserv_id, authserv_id))
        return;
    for (guint i = 0; i < N_AUTH_METHODS; i++)
        if (v->auth[i] == AUTH_NOT_SAID)
            v->auth[i] = said.results[i];
}

void
trust_find (Verdict *v, const Settings *settings)
{
    const char *us = settings->authserv_id;
    const Message *m = v->facts->message;
    gboolean may_be_ours = TRUE; /* the next Received, going down */

    if (us == NULL)
        return;
    for (guint i = 0; i < m->n_headers; i++) {
        const Header *h = &m->headers[i];

        if (g_ascii_strcasecmp (h->name, "Authentication-Results") == 0)
            believe (v, h->value, us);
        if (g_ascii_strcasecmp (h->name, "Received") == 0) {
            Hop hop = read_hop (span_of (h->value));

            if (!may_be_ours || !is_ours (hop.by, us))
                break;
            may_be_ours = from_ours (&hop, us);
        }
    }
    for (guint i = 0; i < N_AUTH_METHODS; i++)
        if (v->auth[i] == AUTH_NOT_SAID)
            v->auth[i] = AUTH_UNKNOWN;
}
