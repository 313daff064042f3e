#include "base/clean.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)
#define HAS_ZERO(v) (((v)-ONES) & ~(v)&HIGHS)

/* The run of ASCII without NUL and CR, eight bytes at a time: most mail is nothing else. */
static const char *
plain_run (const char *p, const char *end)
{
    while (end - p >= 8) {
        guint64 v;

        memcpy (&v, p, 8);
        if ((v & HIGHS) != 0 || HAS_ZERO (v) != 0 || HAS_ZERO (v ^ ('\r' * ONES)) != 0)
            break;
        p += 8;
    }
    while (p < end && (guchar)*p < 0x80 && *p != '\0' && *p != '\r')
        p++;
    return p;
}

/* Length of the valid sequence at p by RFC 3629 section 4, which leaves out overlong forms,
 * surrogates and what is above U+10FFFF; 0 when there is none. */
static gsize
sequence (const char *p, const char *end)
{
    const guchar *s = (const guchar *)p;
    gsize n = s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    guchar low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
    guchar high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;

    if (n == 0 || (gsize)(end - p) < n || s[1] < low || s[1] > high)
        return 0;
    for (gsize i = 2; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

/* One step: how many bytes to take at p, and what to write for them. */
static gsize
step (const char *p, const char *end, Span *ret_out, gboolean *ret_bad)
{
    gsize n = (gsize)(plain_run (p, end) - p);

    *ret_bad = FALSE;
    if (n == 0 && (guchar)*p >= 0x80)
        n = sequence (p, end);
    *ret_out = (Span) { p, p + n };
    if (n > 0)
        return n;
    if (*p == '\r') {
        *ret_out = SPAN_LIT ("\n");
        return end - p > 1 && p[1] == '\n' ? 2 : 1;
    }
    *ret_bad = TRUE;
    *ret_out = SPAN_LIT (replacement);
    return 1;
}

Span
clean_utf8 (Arena *arena, Span bytes, gsize *ret_bad)
{
    gsize size = 0, bad_count = 0;
    gboolean bad;
    Span out;
    char *text, *at;

    for (const char *p = bytes.p; p < bytes.end; size += span_left (out), bad_count += bad)
        p += step (p, bytes.end, &out, &bad);
    *ret_bad = bad_count;
    text = at = arena_alloc (arena, size + 1);
    if (text == NULL)
        return (Span) { NULL, NULL };
    for (const char *p = bytes.p; p < bytes.end; at += span_left (out)) {
        p += step (p, bytes.end, &out, &bad);
        memcpy (at, out.p, span_left (out));
    }
    return (Span) { text, at };
}

/* The character at p; bytes that are none count as one of U+FFFD. */
static gsize
next_char (const char *p, const char *end, gunichar *ret)
{
    gsize n = (guchar)*p < 0x80 ? 1 : sequence (p, end);

    *ret = n > 0 ? g_utf8_get_char (p) : 0xFFFD;
    return MAX (n, 1);
}

/* Cut `text' to max bytes at a character, with "..." as its end. */
static void
shorten (GString *text, gsize max)
{
    gsize keep = max > 3 ? max - 3 : 0;

    if (text->len <= max)
        return;
    while (keep > 0 && ((guchar)text->str[keep] & 0xC0) == 0x80)
        keep--;
    g_string_truncate (text, keep);
    g_string_append_len (text, "...", (gssize)MIN (3, max));
}

char *
clean_header (Arena *arena, Span text, gsize max)
{
    GString *out = g_string_new (NULL);
    gunichar c;
    char *kept;

    for (const char *p = text.p; p < text.end && out->len <= max;) {
        p += next_char (p, text.end, &c);
        if (c < 0x80 && g_ascii_isspace ((char)c)) {
            if (out->len > 0 && out->str[out->len - 1] != ' ')
                g_string_append_c (out, ' ');
        } else {
            g_string_append_c (out, c < 0x80 && g_ascii_isprint ((char)c) ? (char)c : '?');
        }
    }
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
    shorten (out, max);
    kept = arena_strndup (arena, out->str, out->len);
    g_string_free (out, TRUE);
    return kept;
}

/* Characters that show nothing, or make others show elsewhere than they stand. */
static const struct {
    gunichar first, last;
} unseen[] = {
    { 0x0000, 0x001F },   /* C0 */
    { 0x007F, 0x009F },   /* DEL, C1 */
    { 0x00AD, 0x00AD },   /* soft hyphen */
    { 0x034F, 0x034F },   /* combining grapheme joiner */
    { 0x061C, 0x061C },   /* Arabic letter mark */
    { 0x115F, 0x1160 },   /* Hangul fillers */
    { 0x17B4, 0x17B5 },   /* Khmer inherent vowels */
    { 0x180B, 0x180F },   /* Mongolian selectors, vowel separator */
    { 0x200B, 0x200F },   /* zero width, LRM, RLM */
    { 0x2028, 0x202E },   /* line and paragraph separators, bidi embeddings */
    { 0x2060, 0x206F },   /* word joiner, invisible operators, bidi isolates */
    { 0x3164, 0x3164 },   /* Hangul filler */
    { 0xD800, 0xDFFF },   /* surrogates */
    { 0xFE00, 0xFE0F },   /* variation selectors */
    { 0xFEFF, 0xFEFF },   /* byte order mark */
    { 0xFFA0, 0xFFA0 },   /* half-width Hangul filler */
    { 0xFFF0, 0xFFFB },   /* interlinear annotation and unassigned */
    { 0x1BCA0, 0x1BCA3 }, /* shorthand format */
    { 0x1D173, 0x1D17A }, /* musical format */
    { 0xE0000, 0xE0FFF }, /* tags, more variation selectors */
};

static gboolean
is_unseen (gunichar c)
{
    if (c >= 0x20 && c < 0x7F)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (unseen); i++)
        if (c >= unseen[i].first && c <= unseen[i].last)
            return TRUE;
    return (c & 0xFFFE) == 0xFFFE; /* noncharacters */
}

char *
clean_terminal (Span text, gsize max)
{
    GString *out = g_string_new (NULL);
    gunichar c;

    for (const char *p = text.p; p < text.end && out->len <= max;) {
        p += next_char (p, text.end, &c);
        if (c == '\n' || c == '\t')
            g_string_append_c (out, ' ');
        else
            g_string_append_unichar (out, is_unseen (c) ? 0xFFFD : c);
    }
    shorten (out, max);
    return g_string_free (out, FALSE);
}
