#include "read/auth_results.h"

#define MAX_NESTED 20 /* comments in comments */

/* RFC 8601 2.7; neutral and the errors tell nothing. */
static const struct {
    const char *name;
    AuthResult result;
} results[] = { { "pass", AUTH_PASS },     { "fail", AUTH_FAIL },   { "softfail", AUTH_FAIL },
                { "hardfail", AUTH_FAIL }, { "policy", AUTH_FAIL }, { "none", AUTH_NONE } };

typedef struct Said { /* one method of the field */
    gboolean known;
    AuthMethod method;
    AuthResult result;
    gboolean of_helo, of_sender;
} Said;

/* Blanks, folds and comments (RFC 5322 3.2.2); FALSE when a comment does not end. */
static gboolean
pass_comments (Span *s)
{
    guint depth = 0;

    for (; s->p < s->end; s->p++) {
        if (*s->p == '\\' && depth > 0 && s->p + 1 < s->end)
            s->p++;
        else if (*s->p == '(' && ++depth > MAX_NESTED)
            return FALSE;
        else if (*s->p == ')' && depth > 0)
            depth--;
        else if (depth == 0 && *s->p != '(' && strchr (" \t\r\n", *s->p) == NULL)
            break;
    }
    return depth == 0;
}

static gboolean
read_quoted (Span *s, Span *ret)
{
    const char *p = s->p + 1;

    while (p < s->end && *p != '"')
        p += *p == '\\' && p + 1 < s->end ? 2 : 1;
    if (p >= s->end)
        return FALSE;
    *ret = (Span) { s->p + 1, p };
    s->p = p + 1;
    return TRUE;
}

/* A value: quoted, or up to a blank, a comment or the next method.  What follows is passed. */
static gboolean
read_value (Span *s, Span *ret)
{
    Span t = *s;

    if (!pass_comments (&t) || t.p == t.end)
        return FALSE;
    if (*t.p == '"') {
        if (!read_quoted (&t, ret))
            return FALSE;
    } else {
        ret->p = t.p;
        while (t.p < t.end && strchr (" \t\r\n;(\"", *t.p) == NULL)
            t.p++;
        ret->end = t.p;
        if (ret->end == ret->p)
            return FALSE;
    }
    if (!pass_comments (&t))
        return FALSE;
    *s = t;
    return TRUE;
}

/* A keyword, as of a method or a property's name: "header.from". */
static gboolean
read_name (Span *s, Span *ret)
{
    Span t = *s;

    if (!pass_comments (&t))
        return FALSE;
    ret->p = t.p;
    while (t.p < t.end && (g_ascii_isalnum (*t.p) || strchr ("-_.", *t.p) != NULL))
        t.p++;
    ret->end = t.p;
    if (ret->end == ret->p || !pass_comments (&t))
        return FALSE;
    *s = t;
    return TRUE;
}

/* "dkim/1": the version of a method says nothing here. */
static gboolean
pass_version (Span *s)
{
    Span version;

    return !span_lit (s, "/") || read_name (s, &version);
}

static AuthResult
result_of (Span word)
{
    for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
        if (span_is_nocase (word, results[i].name))
            return results[i].result;
    return AUTH_UNKNOWN;
}

static void
take_method (Span name, Span result, Said *said)
{
    for (guint i = 0; i < N_AUTH_METHODS; i++)
        if (span_is_nocase (name, auth_method_name ((AuthMethod)i)))
            *said = (Said) { TRUE, (AuthMethod)i, result_of (result), FALSE, FALSE };
}

/* The properties up to the next method, "reason=..." among them; a word that is none is passed. */
static gboolean
read_properties (Span *s, Said *said)
{
    Span name, value;

    while (s->p < s->end && *s->p != ';') {
        Span t = *s;

        if (!read_name (&t, &name) || !span_lit (&t, "=") || !read_value (&t, &value)) {
            if (!read_value (s, &value))
                return FALSE;
            continue;
        }
        said->of_helo |= span_is_nocase (name, "smtp.helo");
        said->of_sender |= span_is_nocase (name, "smtp.mailfrom");
        *s = t;
    }
    return TRUE;
}

static void
add (const Said *said, AuthResults *r, gboolean *helo_only)
{
    AuthResult *at = &r->results[said->method];
    gboolean helo = said->of_helo && !said->of_sender;

    if (!said->known)
        return;
    if (said->method == AUTH_DKIM)
        *at = MAX (*at, said->result);
    else if (*at == AUTH_NOT_SAID || (said->method == AUTH_SPF && *helo_only && !helo))
        *at = said->result;
    else
        return;
    if (said->method == AUTH_SPF)
        *helo_only = helo;
}

/* "method = result properties", or the lone "none" of a field that reports nothing. */
static gboolean
read_method (Span *s, Said *said)
{
    Span name, result;

    *said = (Said) { FALSE, AUTH_SPF, AUTH_NOT_SAID, FALSE, FALSE };
    if (!pass_comments (s))
        return FALSE;
    if (s->p == s->end) /* a semicolon at the end: often seen */
        return TRUE;
    if (!read_name (s, &name))
        return FALSE;
    if (span_is_nocase (name, "none") && s->p == s->end)
        return TRUE;
    if (!pass_version (s) || !span_lit (s, "=") || !read_name (s, &result))
        return FALSE;
    take_method (name, result, said);
    return read_properties (s, said);
}

gboolean
auth_results_read (Span value, AuthResults *ret)
{
    AuthResults r = { .results = { AUTH_NOT_SAID } };
    gboolean helo_only = FALSE;
    Span version;
    Said said;

    if (!read_value (&value, &r.authserv_id))
        return FALSE;
    if (value.p < value.end && *value.p != ';' && !read_name (&value, &version))
        return FALSE;
    while (span_lit (&value, ";")) {
        if (!read_method (&value, &said))
            return FALSE;
        add (&said, &r, &helo_only);
    }
    if (value.p != value.end)
        return FALSE;
    *ret = r;
    return TRUE;
}
