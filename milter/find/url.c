#include "find/url.h"
#include "base/eight.h"
#include "find/chars.h"
#include "find/url_read.h"

#define SCHEME_MAX 8

static const struct {
    const char *spelled, *scheme;
    gboolean glued; /* also at the end of a longer word: "Linkhttp://" */
} schemes[] = {
    { "http", "http", TRUE },    { "https", "https", TRUE },   { "hxxp", "http", TRUE },
    { "hxxps", "https", TRUE },  { "h**p", "http", FALSE },    { "h**ps", "https", FALSE },
    { "h__p", "http", FALSE },   { "h__ps", "https", FALSE },  { "htxp", "http", FALSE },
    { "htxps", "https", FALSE }, { "hxtp", "http", FALSE },    { "hxtps", "https", FALSE },
    { "hxxxp", "http", FALSE },  { "hxxxps", "https", FALSE }, { "meow", "http", FALSE },
    { "meows", "https", FALSE }, { "xxxp", "http", FALSE },    { "ttp", "http", FALSE },
    { "ttps", "https", FALSE },  { "ftp", "ftp", FALSE },      { "ftps", "ftps", FALSE },
    { "fxp", "ftp", FALSE },     { "sftp", "sftp", FALSE },
};

typedef struct Builder {
    char text[URL_MAX + 1];
    gsize n;
} Builder;

static void
put (Builder *b, const char *text, gsize n)
{
    n = MIN (n, URL_MAX - b->n);
    memcpy (b->text + b->n, text, n);
    b->n += n;
}

/* The scheme whose colon stands at `colon'; NULL when it is none of the web's. */
static const char *
scheme_before (const char *floor, const char *colon, const char **ret_start)
{
    const char *start = colon;
    Span word;

    while (start > floor && colon - start < 32 &&
           (g_ascii_isalnum (start[-1]) || char_in (start[-1], "*_")))
        start--;
    word = (Span) { start, colon };
    for (gsize i = G_N_ELEMENTS (schemes); i-- > 0;) {
        gsize n = strlen (schemes[i].spelled);

        if (!span_ends_nocase (word, schemes[i].spelled) ||
            (span_left (word) != n && !schemes[i].glued))
            continue;
        *ret_start = colon - n;
        return schemes[i].scheme;
    }
    return NULL;
}

/* "://" with its slash at `slash', also "[:]//", "[://]", ":\/\/": moves s behind it. */
static const char *
scheme_at (const char *floor, const char *slash, Span *s, const char **ret_start)
{
    const char *colon = slash;
    Span t = { slash + 1, s->end };
    gboolean bracket;
    const char *scheme;

    if (colon > floor && colon[-1] == '\\')
        colon--;
    if (colon - floor >= 3 && memcmp (colon - 3, "[:]", 3) == 0)
        colon -= 3;
    else if (colon > floor && colon[-1] == ':')
        colon--;
    else
        return NULL;
    bracket = *colon == ':' && colon > floor && colon[-1] == '[';
    scheme = scheme_before (floor, colon - bracket, ret_start);
    span_lit (&t, "\\");
    if (scheme == NULL || !span_lit (&t, "/") || (bracket && !span_lit (&t, "]")))
        return NULL;
    *s = t;
    return scheme;
}

static gboolean
ends_url (char c)
{
    return (guchar)c <= ' ' || char_in (c, "<>\"`|^\x7f");
}

/* "user:password@" before the host. */
static void
take_user (Span *s, Builder *b)
{
    const char *p = s->p;

    while (p < s->end && p - s->p < 64 && (char_in_word (*p) || char_in (*p, ".-:%+~!$&=")))
        p++;
    if (p == s->end || *p != '@')
        return;
    put (b, s->p, (gsize)(p + 1 - s->p));
    s->p = p + 1;
}

static void
take_port (Span *s, Builder *b, guint *ret)
{
    Span t = *s;
    guint port;

    if ((!span_lit (&t, ":") && !span_lit (&t, "[:]")) || !span_uint (&t, 65535, &port) ||
        port == 0)
        return;
    if (t.p < t.end && char_in_word (*t.p))
        return;
    b->n += (gsize)g_snprintf (b->text + b->n, (gulong)(URL_MAX + 1 - b->n), ":%u", port);
    b->n = MIN (b->n, URL_MAX);
    *ret = port;
    *s = t;
}

/* Marks at the end belong to the sentence; a closing bracket does unless it was opened in the URL.
 */
static const char *
without_marks (const char *start, const char *end)
{
    while (end > start) {
        char c = end[-1], open = c == ')' ? '(' : c == ']' ? '[' : c == '}' ? '{' : '\0';

        if (open != '\0' ? memchr (start, open, (gsize)(end - start)) != NULL
                         : !char_in (c, ".,;:!?'*_"))
            break;
        end--;
    }
    return end;
}

static void
take_path (Span *s, Builder *b)
{
    Span t = *s, all;

    if (t.p == t.end || !char_in (*t.p, "/?#\\") ||
        (*t.p == '\\' && (span_left (t) < 2 || t.p[1] != '/')))
        return;
    while (t.p < t.end && !ends_url (*t.p) &&
           (*t.p != '\\' || (span_left (t) > 1 && t.p[1] == '/')))
        t.p++;
    all = span_to (*s, without_marks (s->p + 1, t.p));
    s->p = all.end;
    while (all.p < all.end) {
        gboolean ignored;

        if (*all.p == '\\')
            all.p++;
        else if (*all.p == '[' && url_dot (&all, &ignored))
            put (b, ".", 1);
        else
            put (b, all.p++, 1);
    }
}

static gboolean
finish (Arena *arena, Builder *b, const HostText *host, Url *url)
{
    url->text = arena_strndup (arena, b->text, b->n);
    url->host = arena_strndup (arena, host->text, host->n);
    return url->text != NULL && url->host != NULL;
}

/* From the host on. */
static gboolean
rest_of_url (Arena *arena, Span *s, const char *start, const char *scheme, Url *ret)
{
    Span t = *s;
    Builder b;
    HostText host;
    Url url = { .port = 0 };
    gboolean v6;

    b.n = (gsize)g_snprintf (b.text, sizeof b.text, "%s://", scheme);
    take_user (&t, &b);
    v6 = t.p < t.end && *t.p == '[';
    if (!host_read (&t, &host))
        return FALSE;
    if (!host_ip (host.text, &url.host_ip) && !host_has_domain (&host))
        return FALSE;
    put (&b, "[", v6);
    put (&b, host.text, host.n);
    put (&b, "]", v6);
    take_port (&t, &b, &url.port);
    take_path (&t, &b);
    url.original = (Span) { start, t.p };
    if (!finish (arena, &b, &host, &url))
        return FALSE;
    *ret = url;
    *s = t;
    return TRUE;
}

static gboolean
www_at (Arena *arena, const char *floor, Span *s, Url *ret)
{
    Span t = *s;
    gboolean ignored;

    if (!span_lit_nocase (&t, "www") || !url_dot (&t, &ignored))
        return FALSE;
    if (s->p > floor && (char_in_word (s->p[-1]) || char_in (s->p[-1], ".-@/")))
        return FALSE;
    return rest_of_url (arena, s, s->p, "http", ret);
}

/* The next slash or w of either case. */
static const char *
next_anchor (const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        guint64 x = eight_at (p), hits = eight_equal (x, '/') | eight_equal (x | EIGHT (0x20), 'w');

        if (hits != 0)
            return p + eight_first (hits);
    }
    while (p < end && !char_in (*p, "/wW"))
        p++;
    return p;
}

gboolean
url_next (Arena *arena, Span *rest, Url *ret)
{
    const char *floor = rest->p, *end = rest->end, *start, *scheme;

    for (const char *p = floor; (p = next_anchor (p, end)) < end; p++) {
        Span s = { p, end };

        if (*p != '/') {
            if (www_at (arena, floor, &s, ret)) {
                rest->p = s.p;
                return TRUE;
            }
        } else if ((scheme = scheme_at (floor, p, &s, &start)) != NULL &&
                   rest_of_url (arena, &s, start, scheme, ret)) {
            rest->p = s.p;
            return TRUE;
        }
    }
    rest->p = end;
    return FALSE;
}
