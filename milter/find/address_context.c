#include "find/address_context.h"
#include "find/chars.h"

/* A number behind one of these is no address: "version 10.0.4.1". */
static const char *const version_words[] = {
    "version", "versions", "versie",   "versión", "ver",       "v",
    "release", "build",    "firmware", "kernel",  "revision",  "rev",
    "oid",     "section",  "clause",   "chapter", "paragraph",
};

/* Before the slash of "outside/198.51.100.7": words for a place, not for a product. */
static const char *const place_words[] = {
    "inside", "outside", "dmz",    "wan",  "lan", "ip",  "ipv4", "ipv6", "src",     "dst",
    "source", "host",    "client", "from", "to",  "tcp", "udp",  "addr", "address",
};

static gboolean
word_in (Span word, const char *const *list, gsize n)
{
    for (gsize i = 0; i < n && word.p < word.end; i++)
        if (g_ascii_tolower (*word.p) == list[i][0] && span_is_nocase (word, list[i]))
            return TRUE;
    return FALSE;
}

/* The word that ends at `end', not before `start'. */
static Span
word_before (const char *start, const char *end)
{
    const char *p = end;

    while (p > start && (g_ascii_isalnum (p[-1]) || (guchar)p[-1] >= 0x80))
        p--;
    return (Span) { p, end };
}

/* "version 10.0.4.1", "Version: 3.2.0.6", "agent_version="10.0.4.1"". */
static gboolean
after_version_word (const char *start, const char *p)
{
    Span word;

    while (p > start && char_in (p[-1], " \t:=\"'(."))
        p--;
    word = word_before (start, p);
    return word_in (word, version_words, G_N_ELEMENTS (version_words));
}

/* "Chrome/120.0.0.0" is a product with its version; "outside/198.51.100.7", "/check/198.51.100.7"
 * and
 * "//198.51.100.7" are not. */
static gboolean
after_product_slash (const char *start, const char *p, const char *after, const char *end)
{
    Span word;
    const char *token;

    if (p == start || p[-1] != '/' || (after < end && (*after == '(' || *after == ':')))
        return FALSE;
    word = word_before (start, p - 1);
    if (word.p == word.end || word_in (word, place_words, G_N_ELEMENTS (place_words)))
        return FALSE;
    for (token = word.p; token > start && (char_in_word (token[-1]) || strchr (".-", token[-1]));)
        token--;
    return token == start || token[-1] != '/';
}

/* "${jndi:ldap://203.0.113.1/a}": where an attack's payload would have its victim call, which is
 * neither end of the connection. */
static gboolean
in_payload (const char *start, const char *p)
{
    static const char *const schemes[] = { "ldap://", "ldaps://", "rmi://", "dns://", "iiop://" };
    const Span before = { start, p };

    for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
        if (span_ends_nocase (before, schemes[i]))
            return TRUE;
    return FALSE;
}

gboolean
address_may_begin (const char *start, const char *p)
{
    if (p == start)
        return TRUE;
    if (g_ascii_isalnum (p[-1])) {
        if (p - start >= 2 && p[-2] == '\\' && char_in (p[-1], "nrt"))
            return TRUE;
        return p - start >= 3 && (p[-3] == '%' || p[-3] == '=') && g_ascii_isxdigit (p[-2]) &&
               g_ascii_isxdigit (p[-1]);
    }
    if (p[-1] == '.')
        return p - start < 2 || !g_ascii_isalnum (p[-2]);
    if (p[-1] == '-' || p[-1] == '_')
        return p - start < 2 || !g_ascii_isalpha (p[-2]) ||
               word_in (word_before (start, p - 1), place_words, G_N_ELEMENTS (place_words));
    return !char_in (p[-1], "+$") && !(p[-1] == '/' && in_payload (start, p));
}

/* A host name goes on: "198.51.100.7-static.example.net". */
static gboolean
host_goes_on (Span s)
{
    while (s.p < s.end && (g_ascii_isalnum (*s.p) || *s.p == '-'))
        s.p++;
    return span_left (s) >= 2 && *s.p == '.' && g_ascii_isalpha (s.p[1]);
}

static gboolean
end_ok (Span s)
{
    if (s.p == s.end)
        return TRUE;
    if (g_ascii_isalnum (*s.p))
        return FALSE;
    if (span_left (s) < 2)
        return TRUE;
    if (*s.p == '.') { /* "…100.7.Please" lacks a space, "…100.7.example.net" is a host */
        if (g_ascii_isupper (s.p[1]))
            return span_left (s) >= 3 && g_ascii_islower (s.p[2]) &&
                   !host_goes_on ((Span) { s.p + 1, s.end });
        return !char_in_word (s.p[1]) && s.p[1] != '*';
    }
    if (*s.p == '_')
        return !g_ascii_isalpha (s.p[1]);
    return *s.p != '-' || !g_ascii_isalpha (s.p[1]) || !host_goes_on ((Span) { s.p + 1, s.end });
}

/* IPv6 must not begin inside a chain of hex groups ("MAC=00:11:22:..."), but may after "IPv6:". */
static gboolean
start6_ok (const char *start, const char *p)
{
    Span word;

    if (p == start || p[-1] != ':')
        return TRUE;
    if (p - start >= 2 && p[-2] == ':')
        return FALSE;
    word = word_before (start, p - 1);
    if (span_left (word) == 0)
        return p - start < 2 || char_in (p[-2], " \t)]\"'");
    if (span_left (word) >= 2 && g_ascii_isdigit (word.end[-1]) && g_ascii_isdigit (word.end[-2]))
        return FALSE;
    for (const char *q = word.p; q < word.end; q++)
        if (!g_ascii_isxdigit (*q))
            return TRUE;
    return FALSE;
}

static gboolean
end6_ok (Span s)
{
    if (s.p == s.end)
        return TRUE;
    if (char_in_word (*s.p))
        return FALSE;
    return *s.p != ':' || span_left (s) < 2 || !char_in_word (s.p[1]);
}

gboolean
address_stands_alone (const char *line_start, Span original, const char *end)
{
    Span behind = { original.end, end };

    if (memchr (original.p, ':', span_left (original)) != NULL)
        return start6_ok (line_start, original.p) && end6_ok (behind);
    return end_ok (behind) && !after_version_word (line_start, original.p) &&
           !after_product_slash (line_start, original.p, original.end, end);
}
