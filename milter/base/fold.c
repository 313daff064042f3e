#include "base/fold.h"
#include "base/eight.h"

typedef struct Range {
    gunichar from, to;
} Range;

/* Letters of scripts without case, and what stands between them. */
static const Range caseless[] = {
    { 0x0591, 0x06ff }, /* Hebrew, Arabic */
    { 0x0e01, 0x0e5b }, /* Thai */
    { 0x3001, 0x30ff }, /* CJK punctuation, kana */
    { 0x3400, 0x9fff }, /* Han */
    { 0xac00, 0xd7a3 }, /* Hangul */
};

/* What looks elsewhere but is the same letter to a caseless pattern. */
static const struct {
    gunichar from, to;
} strays[] = {
    { 0x017f, 's' },    { 0x212a, 'k' },    { 0x212b, 0x00e5 }, { 0x1c80, 0x0432 },
    { 0x1c81, 0x0434 }, { 0x1c82, 0x043e }, { 0x1c83, 0x0441 }, { 0x1c84, 0x0442 },
    { 0x1c85, 0x0442 }, { 0x1c86, 0x044a },
};

static gboolean
is_caseless (gunichar c)
{
    for (gsize i = 0; i < G_N_ELEMENTS (caseless); i++)
        if (c >= caseless[i].from && c <= caseless[i].to)
            return TRUE;
    return FALSE;
}

/* Latin Extended-A: capitals are even up to 0x137 and from 0x14a, odd between and after 0x178. */
static gboolean
is_latin_a_capital (gunichar c)
{
    if (c == 0x130 || c == 0x138 || c == 0x149 || c == 0x178)
        return FALSE;
    return (c < 0x139 || (c >= 0x14a && c < 0x178)) ? c % 2 == 0 : c % 2 == 1;
}

gunichar
fold_char (gunichar c)
{
    if (c < 0x80)
        return (gunichar)span_lower ((char)c);
    if (c >= 0xc0 && c <= 0xde && c != 0xd7)
        return c + 32;
    if (c >= 0x100 && c <= 0x17e)
        return is_latin_a_capital (c) ? c + 1 : c;
    if (c >= 0x400 && c <= 0x42f)
        return c < 0x410 ? c + 80 : c + 32;
    for (gsize i = 0; i < G_N_ELEMENTS (strays); i++)
        if (strays[i].from == c)
            return strays[i].to;
    return c;
}

gboolean
fold_is_simple (gunichar c)
{
    gunichar f = fold_char (c);

    if (f < 0x80 || (f >= 0x430 && f <= 0x45f))
        return TRUE;
    if (f >= 0xe0 && f <= 0xfe)
        return f != 0xf7;
    if (f >= 0x101 && f <= 0x17e)
        return f != 0x130 && f != 0x131 && f != 0x138 && f != 0x149 && f != 0x178;
    return is_caseless (f);
}

/* If all are ASCII. */
static gboolean
fold_eight (const char *p, char *ret)
{
    guint64 x = eight_at (p), folded = GUINT64_TO_LE (eight_lower (x));

    if ((x & EIGHT_TOPS) != 0)
        return FALSE;
    memcpy (ret, &folded, sizeof folded);
    return TRUE;
}

gsize
fold_text (Span text, char *ret)
{
    const char *p = text.p;
    char *to = ret;

    while (p < text.end) {
        if (text.end - p >= 8 && fold_eight (p, to)) {
            p += 8;
            to += 8;
        } else if ((guchar)*p < 0x80) {
            *to++ = span_lower (*p++);
        } else {
            to += g_unichar_to_utf8 (fold_char (g_utf8_get_char (p)), to);
            p = g_utf8_next_char (p);
        }
    }
    return (gsize)(to - ret);
}
