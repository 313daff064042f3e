#include "find/field.h"
#include "find/chars.h"
#include "find/field_words.h"

/* A letter of any script: bytes above ASCII count, so that a Cyrillic word is one word. */
static gboolean
is_word (char c)
{
    return g_ascii_isalnum (c) || (guchar)c >= 0x80;
}

static gsize
lower (Span word, char *ret, gsize room)
{
    gsize n = 0;

    for (const char *p = word.p; p < word.end && n + 6 < room; p = g_utf8_next_char (p)) {
        if ((guchar)*p < 0x80)
            ret[n++] = g_ascii_tolower (*p);
        else
            n += (gsize)g_unichar_to_utf8 (g_unichar_tolower (g_utf8_get_char (p)), ret + n);
    }
    return n;
}

/* "sourceIP" and "IPAddress" are two words each. */
static gboolean
case_break (const char *p, const char *start, const char *end)
{
    if (p == start || !g_ascii_isupper (*p))
        return FALSE;
    return g_ascii_islower (p[-1]) ||
           (g_ascii_isupper (p[-1]) && p + 1 < end && g_ascii_islower (p[1]));
}

/* Kana, Han and Hangul, by their lead bytes: "送信元IPアドレス" is three words. */
static gboolean
is_run (char c)
{
    return (guchar)c >= 0xe3 && (guchar)c <= 0xed;
}

static gboolean
script_break (const char *p, const char *start)
{
    if (p == start || (guchar)*p == 0 || ((guchar)*p & 0xc0) == 0x80)
        return FALSE;
    return is_run (*start) ? !is_run (*p) : is_run (*p);
}

static gboolean
next_word (Span *rest, Span *ret)
{
    const char *p = rest->p, *start;

    while (p < rest->end && !is_word (*p))
        p++;
    start = p;
    while (p < rest->end && is_word (*p) && !case_break (p, start, rest->end) &&
           !script_break (p, start))
        p++;
    *ret = (Span) { start, p };
    rest->p = p;
    return p > start;
}

/* Names whose words alone would not tell: the W3C extended log format's client and server sides,
 * and the server a bot talks to. */
static const struct {
    const char *name;
    FieldMeaning meaning;
} whole_names[] = {
    { "c-ip", { FIELD_ADDRESS, ROLE_OFFENDER, FALSE } },
    { "c-port", { FIELD_PORT, ROLE_OFFENDER, FALSE } },
    { "s-ip", { FIELD_ADDRESS, ROLE_VICTIM, FALSE } },
    { "s-port", { FIELD_PORT, ROLE_VICTIM, FALSE } },
    { "cc_ip", { FIELD_ADDRESS, ROLE_VICTIM, FALSE } }, /* command and control; "cc" is a country */
    { "cc_port", { FIELD_PORT, ROLE_VICTIM, FALSE } },
    { "c2_ip", { FIELD_ADDRESS, ROLE_VICTIM, FALSE } },
    { "c2_port", { FIELD_PORT, ROLE_VICTIM, FALSE } },
};

typedef struct Tally {
    FieldMeaning meaning;
    gboolean spoiled, report, has[FIELD_COUNT + 1];
} Tally;

static void
add_word (Tally *t, const FieldWord *w)
{
    FieldMeaning *m = &t->meaning;

    t->spoiled |= w->spoils;
    t->report |= w->report;
    t->has[w->what] = TRUE;
    if (w->what != FIELD_NONE && (m->what == FIELD_NONE || m->what == FIELD_HOST))
        m->what = w->what; /* "host IP" is an address */
    if (w->role != ROLE_UNKNOWN && m->role == ROLE_UNKNOWN)
        m->role = w->role;
}

/* Two words without a blank between: "攻撃元端口". */
static void
add_run (Tally *t, const char *text, gsize n)
{
    for (gsize i = 3; i < n; i += 3) {
        const FieldWord *head = field_word (text, i), *tail = field_word (text + i, n - i);

        if (head == NULL || tail == NULL)
            continue;
        add_word (t, head);
        add_word (t, tail);
        return;
    }
}

gboolean
field_meaning (Span name, FieldMeaning *ret)
{
    Tally t = { .meaning = { FIELD_NONE, ROLE_UNKNOWN, FALSE } };
    FieldMeaning *m = &t.meaning;
    guint words = 0;
    Span word;

    *ret = *m;
    name = span_trim (name);
    if (span_left (name) > FIELD_MAX_NAME)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (whole_names); i++)
        if (span_is_nocase (name, whole_names[i].name)) {
            *ret = whole_names[i].meaning;
            return TRUE;
        }
    while (next_word (&name, &word)) {
        char text[FIELD_MAX_NAME + 1];
        gsize n = lower (word, text, sizeof text);
        const FieldWord *known = field_word (text, n);

        if (++words > FIELD_MAX_WORDS)
            return FALSE;
        if (known != NULL)
            add_word (&t, known);
        else if (is_run (*text))
            add_run (&t, text, n);
    }
    if (t.spoiled)
        return FALSE;
    if (t.has[FIELD_PORT]) /* "destination address port" */
        m->what = FIELD_PORT;
    else if (t.has[FIELD_ZONE]) /* "time zone" */
        m->what = FIELD_ZONE;
    else if (t.has[FIELD_TIME]) /* "time of the IP's attempts" */
        m->what = FIELD_TIME;
    else if (m->what == FIELD_NONE && m->role != ROLE_UNKNOWN)
        m->what = FIELD_ANY;
    m->report = t.report && m->what == FIELD_TIME;
    *ret = *m;
    return ret->what != FIELD_NONE;
}

gboolean
field_spoiled (Span name)
{
    Span word;

    while (next_word (&name, &word)) {
        char text[FIELD_MAX_NAME + 1];
        const FieldWord *known = field_word (text, lower (word, text, sizeof text));

        if (known != NULL && known->spoils)
            return TRUE;
    }
    return FALSE;
}

/* "header.from" is a property of an Authentication-Results field, "Port ...." a key with a leader.
 */
static gboolean
is_dotted (Span key)
{
    const char *dot = memchr (key.p, '.', span_left (key));

    return dot != NULL && dot + 1 < key.end && g_ascii_isalpha (dot[1]);
}

static gboolean
is_url_colon (const char *colon, Span line)
{
    return colon + 1 < line.end && colon[1] == '/';
}

/* Of "the address at 20:12", no key's. */
static gboolean
is_clock_colon (const char *colon, Span line)
{
    const char *p = colon;

    while (p > line.p && g_ascii_isdigit (p[-1]))
        p--;
    return colon - p >= 1 && colon - p <= 2 && p > line.p && p[-1] == ' ' && line.end - colon > 2 &&
           g_ascii_isdigit (colon[1]) && g_ascii_isdigit (colon[2]);
}

/* Of "from 2001:db8::7", no key's. */
static gboolean
is_address_colon (const char *colon, Span line)
{
    Span word = { colon, line.end };
    Ip ip;

    while (word.p > line.p && g_ascii_isxdigit (word.p[-1]))
        word.p--;
    return word.p < colon && span_ipv6 (&word, &ip);
}

gboolean
field_split (Span line, Span *ret_key, Span *ret_value)
{
    const char *p;

    while (line.p < line.end && (g_ascii_isspace (*line.p) || char_in (*line.p, "*->|#\"'")))
        line.p++;
    for (p = line.p; p < line.end && p - line.p <= FIELD_MAX_NAME; p++)
        if (*p == ':' || *p == '=' || *p == '|' || *p == '\t')
            break;
    if (p == line.p || p >= line.end || p - line.p > FIELD_MAX_NAME)
        return FALSE;
    if (*p == ':' &&
        (is_url_colon (p, line) || is_address_colon (p, line) || is_clock_colon (p, line)))
        return FALSE;
    *ret_key = span_trim ((Span) { line.p, p });
    while (p < line.end && char_in (*p, ":=|\t "))
        p++;
    *ret_value = span_trim ((Span) { p, line.end });
    return span_left (*ret_key) > 0 && is_word (*ret_key->p) && span_left (*ret_value) > 0 &&
           !is_dotted (*ret_key);
}

gboolean
field_before (const char *line_start, const char *value, Span *ret_key)
{
    const char *p = value, *end;

    while (p > line_start && strchr (" \t\"'[(<", p[-1]) != NULL)
        p--;
    if (p == line_start || strchr (":=", p[-1]) == NULL)
        return FALSE;
    p--;
    while (p > line_start && strchr (" \t\"'", p[-1]) != NULL)
        p--;
    end = p;
    if (p > line_start && p[-1] == ')') { /* "(attacker's IP)=" */
        end = --p;
        while (p > line_start && p[-1] != '(' && end - p <= FIELD_MAX_NAME)
            p--;
    } else {
        while (p > line_start && (is_word (p[-1]) || strchr ("_-.", p[-1]) != NULL))
            p--;
    }
    *ret_key = (Span) { p, end };
    return end > p && end - p <= FIELD_MAX_NAME;
}
