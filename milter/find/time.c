#include "find/time.h"
#include "base/eight.h"
#include "find/chars.h"
#include "find/time_read.h"

#define WORD_BACK 28 /* bytes of a name at most */

/* The start of the word that ends at `end' (blanks and marks between not counted), or NULL. */
static const char *
word_behind (const char *floor, const char *end, const char *between, const char **ret_end)
{
    const char *p = end, *word_end;

    if (end - floor < 2 || g_ascii_isdigit (end[-2]))
        return NULL;
    while (p > floor && end - p < 4 && char_in (p[-1], between))
        p--;
    word_end = p;
    while (p > floor && word_end - p < WORD_BACK &&
           (g_ascii_isalpha (p[-1]) || (guchar)p[-1] >= 0x80))
        p--;
    if (p == word_end || word_end == end || (p > floor && g_ascii_isdigit (p[-1])))
        return NULL;
    *ret_end = word_end;
    return p;
}

/* "Mar  4", "Dec-25": where the month before a day begins, or NULL. */
static const char *
month_behind (const char *floor, const char *p)
{
    const char *word_end, *word = word_behind (floor, p, " \t,./-", &word_end);
    Span s = { word, word_end };
    int ignored;

    return word != NULL && month_read (&s, &ignored) && s.p == word_end ? word : NULL;
}

/* "Sat Dec 16", "Do, 14. Apr": the stamp begins with its weekday. */
static const char *
with_weekday (const char *floor, const char *p)
{
    const char *word_end, *word = word_behind (floor, p, " \t,.", &word_end);
    Span s = { word, word_end };
    int ignored;

    if (word != NULL && span_is (s, "den")) {
        word = word_behind (floor, word, " ,", &word_end);
        s = (Span) { word, word_end };
    }
    return word != NULL && weekday_read (&s, &ignored) && s.p == word_end ? word : p;
}

/* "Time:17:43:06" may be; "2001:db8:17:43:06" and a MAC address are not. */
static gboolean
after_colon_ok (const char *line_start, const char *colon)
{
    const char *word = colon;

    while (word > line_start && char_in_word (word[-1]))
        word--;
    if (word == colon)
        return word == line_start || !char_in (word[-1], ":.]");
    for (const char *p = word; p < colon; p++)
        if (!g_ascii_isxdigit (*p))
            return !g_ascii_isdigit (colon[-1]); /* "T08:31:07" is not half a clock */
    return FALSE;
}

/* May a stamp begin here, going by what stands before? */
static gboolean
start_ok (const char *line_start, const char *floor, const char *p)
{
    char c;

    if (p == line_start || p == floor)
        return TRUE;
    c = p[-1];
    if (g_ascii_isalnum (c))
        return p - line_start >= 2 && p[-2] == '\\' && char_in (c, "nrt");
    if (c == ':')
        return after_colon_ok (line_start, p - 1);
    if (char_in (c, ".-/_"))
        return p - 1 == floor || p - line_start < 2 || !g_ascii_isalnum (p[-2]);
    return !char_in (c, "+$#");
}

static gboolean
letter (char c)
{
    return g_ascii_isalpha (c) || (guchar)c >= 0x80;
}

/* Behind a day or month and its mark: a name, or one or two digits. */
static gboolean
part_follows (const char *p, const char *end)
{
    if (p == end || !g_ascii_isdigit (*p))
        return p < end && letter (*p);
    return end - p < 3 || !g_ascii_isdigit (p[1]) || !g_ascii_isdigit (p[2]);
}

/* Does anything like a date or clock begin with one or two digits? */
static gboolean
promising_short (const char *after, const char *end)
{
    char next = end - after > 1 ? after[1] : '\0';

    switch (*after) {
    case ':':
        return g_ascii_isdigit (next) && end - after > 2 && g_ascii_isdigit (after[2]);
    case '/':
    case '-':
        return part_follows (after + 1, end);
    case '.':
        return part_follows (after + 1, end) ||
               (next == ' ' && end - after > 2 && letter (after[2]));
    case ' ':
        return letter (next) || next == '-';
    default:
        return letter (*after);
    }
}

/* Most numbers stop here. */
static gboolean
promising (const char *p, const char *after, const char *end)
{
    gsize n = (gsize)(after - p);
    gboolean century =
        (p[0] == '2' && n > 1 && p[1] == '0') || (p[0] == '1' && n > 1 && p[1] == '9');

    if (n == 8 || n == 14)
        return century;
    if (after == end || n == 3 || n > 4)
        return FALSE;
    if (n < 3)
        return promising_short (after, end);
    if (*after == ' ')
        return century && end - after > 1 && letter (after[1]);
    return century &&
           ((char_in (*after, "-/.:") && part_follows (after + 1, end)) || (guchar)*after >= 0x80);
}

/* A day with its month before it needs nothing behind. */
static const char *
stamp_start (const char *floor, const char *p, const char *after, const char *end)
{
    const char *month = NULL;

    if (after - p <= 2 && p > floor && (after == end || *after != ':'))
        month = month_behind (floor, p);
    if (month == NULL && !promising (p, after, end))
        return NULL;
    return with_weekday (floor, month != NULL ? month : p);
}

static gboolean
epoch_key (Span word)
{
    static const char *const ends[] = { "time",    "timestamp", "ts",    "epoch",
                                        "date",    "seen",      "start", "end",
                                        "when",    "rt",        "audit", "created",
                                        "updated", "_at",       "first", "last" };

    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
        if (span_ends_nocase (word, ends[i]))
            return TRUE;
    return FALSE;
}

/* Ten digits are seconds since 1970 only where something says so: a key, or the first column. */
static gboolean
epoch_likely (const char *line_start, const char *p)
{
    const char *word_end = p, *word;

    while (word_end > line_start && char_in (word_end[-1], " \t\"'=:([@"))
        word_end--;
    if (word_end == line_start)
        return TRUE;
    if (word_end < p && p[-1] == '@')
        return TRUE;
    for (word = word_end; word > line_start && char_in_word (word[-1]);)
        word--;
    return word_end < p && epoch_key ((Span) { word, word_end });
}

static const char *
next_digit (const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        guint64 hits = eight_between (eight_at (p), '0', '9');

        if (hits != 0)
            return p + eight_first (hits);
    }
    while (p < end && !g_ascii_isdigit (*p))
        p++;
    return p;
}

/* "A ~ B (UTC)": the zone behind the range holds for its start. */
static void
zone_of_range (Span behind, Stamp *st)
{
    static const char *const marks[] = { "~",      "-",     "–",    "—",        "to ",
                                         "until ", "till ", "bis ", "through ", "->",
                                         "and ",   "und ",  "et ",  "y ",       "e " };
    Stamp second;

    if (!st->has_time || st->zone.sort != ZONE_UNSAID)
        return;
    span_blanks (&behind);
    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
        if (!span_lit (&behind, marks[i]))
            continue;
        span_blanks (&behind);
        if (stamp_read (&behind, TRUE, &second))
            st->zone = second.zone;
        return;
    }
}

static gboolean
stamp_at (const char *line_start, const char *floor, Span digits, const char *end, Stamp *ret)
{
    gsize n = span_left (digits);
    Span s = { digits.p, end };
    const char *start;

    if (n == 10 || n == 13)
        return start_ok (line_start, floor, digits.p) && epoch_likely (line_start, digits.p) &&
               epoch_read (&s, ret);
    if (n == 14 && digits.end < end &&
        (char_in_word (*digits.end) || char_in (*digits.end, ".-@")) && *digits.end != 'Z')
        return FALSE; /* a message id, a ticket */
    start = stamp_start (floor, digits.p, digits.end, end);
    if (start == NULL || !start_ok (line_start, floor, start))
        return FALSE;
    s.p = start;
    if (!stamp_read (&s, FALSE, ret)) {
        if (start == digits.p)
            return FALSE;
        s.p = digits.p;
        if (!start_ok (line_start, floor, s.p) || !stamp_read (&s, FALSE, ret))
            return FALSE;
    }
    zone_of_range (s, ret);
    return TRUE;
}

gboolean
time_next (const char *line_start, Span *rest, Stamp *ret)
{
    const char *floor = rest->p, *p = rest->p, *end = rest->end;

    while ((p = next_digit (p, end)) < end) {
        const char *after = p;

        while (after < end && g_ascii_isdigit (*after))
            after++;
        if (stamp_at (line_start, floor, (Span) { p, after }, end, ret)) {
            rest->p = ret->original.end;
            return TRUE;
        }
        p = after;
    }
    rest->p = end;
    return FALSE;
}

gboolean
time_value (Span text, Stamp *ret)
{
    Span s = span_unwrap (text, "\"\"''<>()[]``");
    Stamp st;

    if (!epoch_read (&s, &st) && !stamp_read (&s, TRUE, &st))
        return FALSE;
    s = span_trim (s);
    if (span_left (s) > 1 && *s.p == '(' && s.end[-1] == ')') /* a comment of RFC 5322 */
        s.p = s.end;
    if (span_left (s) == 1 && char_in (*s.p, ".,;"))
        s.p = s.end;
    if (s.p != s.end)
        return FALSE;
    *ret = st;
    return TRUE;
}
