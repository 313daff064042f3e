#include "find/port.h"
#include "find/chars.h"
#include "find/field_words.h"

static const char *const fillers[] = { "number", "numbers", "no",      "nr",   "num", "is", "was",
                                       "of",     "and",     "or",      "und",  "et",  "y",  "e",
                                       "en",     "to",      "through", "will", "be" };
static const char *const towards[] = {
    "on", "at", "to", "our", "against", "auf", "sur", "an", "op"
};
static const char *const protocols[] = { "tcp", "udp", "sctp", "dccp" };

static gboolean
one_of (Span word, const char *const *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (span_is_nocase (word, list[i]))
            return TRUE;
    return FALSE;
}

static gboolean
is_letter (char c)
{
    return g_ascii_isalpha (c) || (guchar)c >= 0x80;
}

/* The word that ends at or before `p', across separators; moves *p to its start. */
static gboolean
word_before (const char *line_start, const char **p, Span *ret)
{
    const char *end = *p, *start;

    while (end > line_start && char_in (end[-1], " \t:=#\"'()[]"))
        end--;
    start = end;
    while (start > line_start && is_letter (start[-1]))
        start--;
    *ret = (Span) { start, end };
    *p = start;
    return end > start;
}

/* Scripts that set no blanks between words. */
static const char *const run_words[] = { "端口", "ポート", "포트", "連接埠", "埠" };

/* "22端口", "22番ポート", "22 numaralı port" */
static gboolean
is_named_behind (Span after)
{
    static const char *const joints[] = { "番", "号", "號", "번", "numaralı", "nolu" };

    span_blanks (&after);
    if (after.p == after.end || ((guchar)*after.p < 0x80 && *after.p != 'n'))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (joints); i++)
        if (span_lit (&after, joints[i])) {
            span_blanks (&after);
            if (span_lit_nocase (&after, "port"))
                return TRUE;
            break;
        }
    for (gsize i = 0; i < G_N_ELEMENTS (run_words); i++)
        if (span_lit (&after, run_words[i]))
            return TRUE;
    return FALSE;
}

static gboolean
ends_run (Span word)
{
    for (gsize i = 0; i < G_N_ELEMENTS (run_words); i++)
        if (span_ends_nocase (word, run_words[i]))
            return TRUE;
    return FALSE;
}

/* "port", "sport", "ポート", "ClientSrcPort" */
static gboolean
port_word (Span word, Role *ret_role)
{
    char text[FIELD_MAX_NAME] = "";
    const FieldWord *known;
    FieldMeaning meaning;
    gsize n = 0;

    for (const char *p = word.p; p < word.end && n < sizeof text; p++)
        text[n++] = g_ascii_tolower (*p);
    known = field_word (text, n);
    *ret_role = known != NULL ? known->role : ROLE_UNKNOWN;
    if (known != NULL)
        return known->what == FIELD_PORT;
    if (n > 0 && (guchar)text[0] >= 0x80)
        return ends_run (word);
    if (!span_ends_nocase (word, "port") || !field_meaning (word, &meaning))
        return FALSE;
    *ret_role = meaning.role;
    return meaning.what == FIELD_PORT;
}

/* "a service that responds on port 389", "listening on port 8443": the accused's own. */
static gboolean
serves_before (const char *line_start, const char *p)
{
    static const char *const verbs[] = { "responding", "responds",   "listening", "listens",
                                         "running",    "runs",       "open",      "exposed",
                                         "available",  "accessible", "reachable", "service",
                                         "hosted",     "answers",    "answering" };
    static const char *const states[] = { "open", "listening", "listens", "reachable" };
    Span word;

    if (word_before (line_start, &p, &word) && one_of (word, verbs, G_N_ELEMENTS (verbs)))
        return TRUE;
    for (int i = 0; i < 2 && word_before (line_start, &p, &word); i++) /* "open to all on port" */
        if (one_of (word, states, G_N_ELEMENTS (states)))
            return TRUE;
    return FALSE;
}

static Role
role_before (const char *line_start, const char *p)
{
    for (int i = 0; i < 3; i++) {
        FieldMeaning meaning;
        Span word;

        if (p > line_start && char_in (p[-1], "_-.")) /* src_port */
            p--;
        if (!word_before (line_start, &p, &word))
            return ROLE_UNKNOWN;
        if (field_meaning (word, &meaning) && meaning.role != ROLE_UNKNOWN &&
            !span_is_nocase (word, "from"))
            return meaning.role;
        if (one_of (word, towards, G_N_ELEMENTS (towards)))
            return serves_before (line_start, p) ? ROLE_OFFENDER : ROLE_VICTIM;
        if (span_is_nocase (word, "from") || span_is_nocase (word, "via"))
            return ROLE_OFFENDER;
    }
    return ROLE_UNKNOWN;
}

/* "Please close port 25" says what to do, not what happened. */
static gboolean
is_advice (const char *line_start, const char *p)
{
    static const char *const verbs[] = { "close",  "closing", "block",   "blocking",
                                         "filter", "disable", "firewall" };
    Span word;

    return word_before (line_start, &p, &word) && one_of (word, verbs, G_N_ELEMENTS (verbs));
}

static const char *
protocol_named (Span word)
{
    for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
        if (span_is_nocase (word, protocols[i]))
            return protocols[i];
    return NULL;
}

/* "ports 22, 80 and 443": back over the numbers before this one to the word that heads the list. */
static const char *
list_head (const char *line_start, const char *p)
{
    for (int i = 0; i < 64; i++) {
        const char *q = p;
        Span word;

        while (q > line_start && char_in (q[-1], " \t,;/&+"))
            q--;
        if (q < p && q > line_start && g_ascii_isdigit (q[-1])) {
            while (q > line_start && g_ascii_isdigit (q[-1]))
                q--;
            p = q;
            continue;
        }
        q = p;
        if (!word_before (line_start, &q, &word) || !one_of (word, fillers, G_N_ELEMENTS (fillers)))
            return p;
        p = q;
    }
    return p;
}

/* nmap's "25/filtered/tcp" and "25/tcp filtered": nothing answered there. */
static gboolean
is_shut (Span after)
{
    static const char *const states[] = { "filtered", "closed" };

    if (after.p == after.end || *after.p != '/')
        return FALSE;
    after.p++;
    for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
        if (span_lit (&after, protocols[i])) {
            span_blanks (&after);
            break;
        }
    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
        if (span_starts_nocase (after, states[i]))
            return TRUE;
    return FALSE;
}

static gboolean
port_at (const char *line_start, Span digits, Span after, PortMention *ret)
{
    const char *p = digits.p;
    Role role;
    Span word;

    *ret = (PortMention) { .original = digits };
    if (!span_uint (&digits, 65535, &ret->port) || ret->port == 0)
        return FALSE;
    if (after.p < after.end && *after.p == '/') { /* 22/tcp */
        Span name = { after.p + 1, after.p + 1 };

        while (name.end < after.end && is_letter (*name.end))
            name.end++;
        ret->protocol = protocol_named (name);
    }
    if (is_shut (after))
        return FALSE;
    if (is_named_behind (after))
        return TRUE;
    if (p > line_start && p[-1] == '/') { /* tcp/22 */
        const char *q = p - 1;

        if (word_before (line_start, &q, &word) &&
            (ret->protocol = protocol_named (word)) != NULL) {
            ret->role = role_before (line_start, q);
            return TRUE;
        }
    }
    p = list_head (line_start, p);
    if (!word_before (line_start, &p, &word))
        return ret->protocol != NULL;
    if (word.end - word.p == 1 && g_ascii_tolower (*word.p) == 's') /* port(s) 22 */
        word_before (line_start, &p, &word);
    if (ret->protocol == NULL && (ret->protocol = protocol_named (word)) != NULL) {
        p = list_head (line_start, p); /* "port TCP 443"; but "TCP 1500" could be anything */
        if (!word_before (line_start, &p, &word) || !port_word (word, &role))
            return FALSE;
    }
    if (!port_word (word, &role))
        return ret->protocol != NULL;
    ret->role = role != ROLE_UNKNOWN ? role : role_before (line_start, p);
    return !is_advice (line_start, p);
}

/* A letter that makes the digits a piece of something longer; kana, Han and Hangul do not. */
static gboolean
is_glued (const char *line_start, const char *c)
{
    while (c > line_start && ((guchar)*c & 0xc0) == 0x80)
        c--;
    return is_letter (*c) && (guchar)*c < 0xe3;
}

gboolean
port_next (const char *line_start, Span *rest, PortMention *ret)
{
    const char *p = rest->p;

    while (p < rest->end) {
        Span digits = { p, p };

        if (!g_ascii_isdigit (*p)) {
            p++;
            continue;
        }
        while (digits.end < rest->end && g_ascii_isdigit (*digits.end))
            digits.end++;
        p = digits.end;
        if (span_left (digits) > 5 ||
            (digits.p > line_start && char_in (digits.p[-1], ".-") && digits.p - 1 > line_start &&
             g_ascii_isdigit (digits.p[-2])) ||
            (p + 1 < rest->end && (*p == '.' || *p == ':') && g_ascii_isdigit (p[1])) ||
            (p < rest->end && is_glued (line_start, p)) ||
            (digits.p > line_start && is_glued (line_start, digits.p - 1)))
            continue; /* a piece of something longer */
        if (port_at (line_start, digits, (Span) { p, rest->end }, ret)) {
            rest->p = p;
            return TRUE;
        }
    }
    rest->p = p;
    return FALSE;
}
