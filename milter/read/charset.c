#include "read/charset.h"
#include "base/clean.h"
#include "read/charset_guess.h"

/* Names as they are written, and what iconv has for what is meant: where a larger set contains the
 * named one, senders use the larger.  What is said to be ASCII says nothing of its other bytes. */
static const struct {
    const char *name, *iconv;
} aliases[] = {
    { "us-ascii", NULL },
    { "ascii", NULL },
    { "iso-8859-1", "WINDOWS-1252" },
    { "iso8859-1", "WINDOWS-1252" },
    { "latin1", "WINDOWS-1252" },
    { "cp1252", "WINDOWS-1252" },
    { "ansi_x3.4-1968", NULL },
    { "x-ansi", "WINDOWS-1252" },
    { "iso-8859-9", "WINDOWS-1254" },
    { "iso-8859-11", "CP874" },
    { "tis-620", "CP874" },
    { "utf8", "UTF-8" },
    { "utf-8", "UTF-8" },
    { "unicode-1-1-utf-8", "UTF-8" },
    { "utf-7", "UTF-7" },
    { "unicode-1-1-utf-7", "UTF-7" },
    { "unicode", "UTF-16LE" },
    { "utf-16", "UTF-16LE" },
    { "euc-kr", "CP949" },
    { "ks_c_5601-1987", "CP949" },
    { "ks_c_5601-1989", "CP949" },
    { "ksc5601", "CP949" },
    { "ksc_5601", "CP949" },
    { "x-windows-949", "CP949" },
    { "gb2312", "GB18030" },
    { "gbk", "GB18030" },
    { "x-gbk", "GB18030" },
    { "cp936", "GB18030" },
    { "big5", "BIG5-HKSCS" },
    { "big5-hkscs", "BIG5-HKSCS" },
    { "x-x-big5", "BIG5-HKSCS" },
    { "shift_jis", "CP932" },
    { "shift-jis", "CP932" },
    { "sjis", "CP932" },
    { "x-sjis", "CP932" },
    { "windows-31j", "CP932" },
    { "iso-2022-jp", "ISO-2022-JP-3" },
    { "x-euc-jp", "EUC-JP" },
    { "koi8-r", "KOI8-R" },
    { "koi8", "KOI8-R" },
    { "x-cp1251", "WINDOWS-1251" },
    { "cp1251", "WINDOWS-1251" },
    { "cp1250", "WINDOWS-1250" },
    { "x-mac-cyrillic", "MAC-CYRILLIC" },
    { "macintosh", "MACINTOSH" },
};

#define MAX_NAME 40
#define MAX_BAD_PERCENT 5 /* of the non-ASCII bytes: above, the charset is not believed */

#define MAX_WESTERN_PERCENT 40

typedef struct Decoded {
    GString *text;
    gsize bad;
} Decoded;

static const char *
iconv_name (const char *declared, char room[MAX_NAME])
{
    gsize n = 0;

    if (declared == NULL)
        return NULL;
    for (; *declared != '\0' && n < MAX_NAME - 1; declared++)
        if (!g_ascii_isspace (*declared) && *declared != '"' && *declared != '\'')
            room[n++] = g_ascii_tolower (*declared);
    room[n] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
        if (strcmp (room, aliases[i].name) == 0)
            return aliases[i].iconv;
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum (room[i]) && strchr ("-_.:", room[i]) == NULL)
            return NULL; /* iconv takes options behind "//" */
    return n > 0 ? room : NULL;
}

static gboolean
is_wide (const char *name)
{
    return g_ascii_strncasecmp (name, "UTF-16", 6) == 0 ||
           g_ascii_strncasecmp (name, "UTF-32", 6) == 0 ||
           g_ascii_strncasecmp (name, "UCS-", 4) == 0;
}

/* One output buffer at a time; a byte that is no character becomes U+FFFD. */
static gboolean
decode (Span bytes, const char *name, Decoded *ret)
{
    GIConv cd = g_iconv_open ("UTF-8", name);
    gsize skip = is_wide (name) ? 2 : 1;
    char *in = (char *)bytes.p;
    gsize left = span_left (bytes);
    gsize reset;

    if (cd == (GIConv)-1)
        return FALSE;
    ret->text = g_string_sized_new (left + left / 2 + 16);
    ret->bad = 0;
    do {
        char room[4096], *out = room;
        gsize space = sizeof room;

        reset = g_iconv (cd, left > 0 ? &in : NULL, &left, &out, &space);
        g_string_append_len (ret->text, room, out - room);
        if (reset == (gsize)-1 && space > sizeof room / 2 && left > 0) {
            ret->bad++;
            g_string_append (ret->text, "\xEF\xBF\xBD");
            in += MIN (skip, left);
            left -= MIN (skip, left);
            g_iconv (cd, NULL, NULL, NULL, NULL);
        }
    } while (left > 0);
    g_iconv_close (cd);
    return TRUE;
}

static Span
clean_decoded (Arena *arena, Decoded *d, CharsetNote *note)
{
    Span text =
        clean_utf8 (arena, (Span) { d->text->str, d->text->str + d->text->len }, &note->bad);

    note->bad += d->bad;
    g_string_free (d->text, TRUE);
    return text;
}

static gsize
count_high (Span bytes)
{
    gsize n = 0;

    for (const char *p = bytes.p; p < bytes.end; p++)
        n += (guchar)*p >= 0x80;
    return n;
}

static gboolean
has_high (Span bytes)
{
    const char *p = bytes.p;
    guint64 v;

    for (; bytes.end - p >= 8; p += 8) {
        memcpy (&v, p, 8);
        if ((v & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
            return TRUE;
    }
    return count_high ((Span) { p, bytes.end }) > 0;
}

/* Seven-bit charsets that are more than ASCII show by their own marks. */
static gboolean
is_plain_ascii (Span bytes)
{
    gsize n = span_left (bytes);

    return n == 0 || (!has_high (bytes) && memchr (bytes.p, '\x1B', n) == NULL);
}

static const char *
by_marks (Span *bytes)
{
    if (span_lit (bytes, "\xEF\xBB\xBF"))
        return "UTF-8";
    if (span_lit (bytes, "\xFF\xFE"))
        return "UTF-16LE";
    if (span_lit (bytes, "\xFE\xFF"))
        return "UTF-16BE";
    if (bytes->p == bytes->end || memchr (bytes->p, '\x1B', span_left (*bytes)) == NULL)
        return NULL;
    if (span_find (*bytes, "\x1B$)C") != NULL)
        return "ISO-2022-KR";
    if (span_find (*bytes, "\x1B$") != NULL)
        return "ISO-2022-JP-3";
    return NULL;
}

/* Text in a wide charset has zero bytes, Western text few above ASCII; otherwise the declaration is
 * a program's habit. */
static gboolean
believable (const char *name, Span bytes)
{
    if (strcmp (name, "WINDOWS-1252") == 0)
        return count_high (bytes) * 100 <= span_left (bytes) * MAX_WESTERN_PERCENT;
    if (is_wide (name))
        return memchr (bytes.p, '\0', span_left (bytes)) != NULL;
    if (strcmp (name, "UTF-7") == 0)
        return count_high (bytes) == 0;
    return TRUE;
}

static gboolean
fits (const Decoded *d, Span bytes)
{
    return d->bad * 100 <= count_high (bytes) * MAX_BAD_PERCENT;
}

static Span
as_utf8 (Arena *arena, Span bytes, const char *name, CharsetNote *ret)
{
    ret->used = "UTF-8";
    ret->replaced = name != NULL && strcmp (name, "UTF-8") != 0;
    return clean_utf8 (arena, bytes, &ret->bad);
}

static Span
guessed (Arena *arena, Span bytes, const char *name, CharsetNote *ret)
{
    Decoded d;

    ret->used = charset_guess (bytes);
    ret->replaced = name != NULL && strcmp (name, ret->used) != 0;
    if (strcmp (ret->used, "UTF-8") == 0 || !decode (bytes, ret->used, &d))
        return clean_utf8 (arena, bytes, &ret->bad);
    return clean_decoded (arena, &d, ret);
}

Span
charset_to_utf8 (Arena *arena, Span bytes, const char *declared, CharsetNote *ret)
{
    char room[MAX_NAME];
    const char *name = iconv_name (declared, room);
    const char *mark;
    Decoded d;

    *ret = (CharsetNote) { .used = "UTF-8" };
    mark = by_marks (&bytes);
    if (span_left (bytes) == 0 || name == NULL || !believable (name, bytes))
        name = NULL;
    if (mark != NULL)
        name = mark;
    if (is_plain_ascii (bytes) && (name == NULL || !charset_is_seven_bit (name)))
        return clean_utf8 (arena, bytes, &ret->bad);
    if (!charset_is_multibyte (name) && charset_is_utf8 (bytes))
        return as_utf8 (arena, bytes, name, ret);
    if (name == NULL || strcmp (name, "UTF-8") == 0 || !decode (bytes, name, &d))
        return guessed (arena, bytes, name, ret);
    if (!fits (&d, bytes)) {
        g_string_free (d.text, TRUE);
        return guessed (arena, bytes, name, ret);
    }
    ret->used = arena_strdup (arena, name);
    return clean_decoded (arena, &d, ret);
}
