/* Zones said away from a stamp. */
#include "base/eight.h"
#include "find/chars.h"
#include "find/time_read.h"

#define HINT_LINE_MAX 4096 /* bytes of a line that are looked at */
#define ASIDE_MAX 48       /* bytes of a remark in brackets */
#define HINT_WORDS 7       /* between "times" and the zone: "times given below are all in UTC" */

typedef enum Strength { HINT_NONE, HINT_BESIDE, HINT_TIMES, HINT_KEY } Strength;

/* Between the word for time and its zone. */
static const char *const links[] = {
    "are",       "is",       "in",        "as",       "at",     "given",  "expressed", "shown",
    "listed",    "reported", "displayed", "recorded", "logged", "stated", "all",       "local",
    "the",       "our",      "using",     "use",      "used",   "format", "zone",      "timezone",
    "based",     "on",       "of",        "below",    "above",  "stamps", "times",     "time",
    "logs",      "server",   "entries",   "provided", "sont",   "en",     "sind",      "alle",
    "in",        "zijn",     "sono",      "están",    "estan",  "horas",  "for",       "these",
    "time-zone", "and",      "date",      "dates",    "utc",
};

/* Words for time without "time" in them, before "UTC" and "GMT". */
static const char *const time_words[] = {
    "date",       "dates",    "heure",    "heures",    "hora",    "horas",     "uhrzeit",
    "uhrzeiten",  "zeit",     "zeiten",   "ora",       "orario",  "tijd",      "tijden",
    "czas",       "время",    "Время",    "Дата",      "дата",    "時刻",      "日時",
    "時間",       "时间",     "시간",     "logs",      "log",     "stamp",     "when",
    "seen",       "tijdstip", "tidpunkt", "tidspunkt", "tid",     "zeitpunkt", "zeitstempel",
    "horodatage", "fecha",    "data",     "datum",     "godzina", "tarih",     "saat",
    "čas",        "发生时间", "発生",     "clock",     "clocks",  "period",    "zeitraum",
    "période",    "periodo",
};

static gboolean
one_of (Span word, const char *const *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (word.p < word.end && ((*word.p ^ list[i][0]) & ~0x20) == 0 &&
            span_is_nocase (word, list[i]))
            return TRUE;
    return FALSE;
}

/* Scripts that set no blanks between words: the word begins the run. */
static gboolean
is_time_word (Span word)
{
    if (one_of (word, time_words, G_N_ELEMENTS (time_words)))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (time_words); i++)
        if ((guchar)*time_words[i] >= 0xe0 && span_starts_nocase (word, time_words[i]))
            return TRUE;
    return FALSE;
}

static gboolean
letter (char c)
{
    return g_ascii_isalpha (c) || (guchar)c >= 0x80;
}

static Span
take_word (Span *s)
{
    Span word = *s;

    while (s->p < s->end && letter (*s->p))
        s->p++;
    word.end = s->p;
    return word;
}

static gboolean
zone_here (Span s, gboolean key, TimeZone *ret)
{
    Span t = s;

    if (!time_zone_read (&t, ret))
        return FALSE;
    if (!key && ret->sort == ZONE_OFFSET && char_in (*s.p, "+-") &&
        t.p - s.p < 3) /* "-5" of what? */
        return FALSE;
    return t.p == t.end || !char_in (*t.p, ":/") || t.p + 1 == t.end || !g_ascii_isalnum (t.p[1]);
}

/* Past one byte, or past words in brackets that hold no zone: "(at the very left)". */
static const char *
aside_end (Span s)
{
    const char *close = *s.p == '(' ? memchr (s.p, ')', MIN (span_left (s), ASIDE_MAX)) : NULL;

    return close != NULL ? close + 1 : s.p + 1;
}

/* From behind the word for time over linking words and marks to a zone; over other words only to
 * one in brackets: "Time of the incident (UTC+2)". */
static gboolean
zone_behind (Span s, gboolean key, TimeZone *ret)
{
    gboolean linked = TRUE;

    for (guint words = 0; words < HINT_WORDS;) {
        Span word;

        if (s.p == s.end || g_ascii_isdigit (*s.p))
            return FALSE;
        if ((linked || char_in (*s.p, "([")) && zone_here (s, key, ret))
            return TRUE;
        if (!letter (*s.p)) {
            if (char_in (*s.p, ".;") && !key)
                return FALSE;
            s.p = aside_end (s);
            continue;
        }
        word = take_word (&s);
        words++;
        linked = linked && one_of (word, links, G_N_ELEMENTS (links));
    }
    return FALSE;
}

/* "UTC time", "US Central time": the zone ends right before or with `word'. */
static gboolean
zone_before (const char *floor, Span word, TimeZone *ret)
{
    const char *p = word.p;

    for (int words = 0; words < 3 && p > floor; words++) {
        Span s;

        while (p > floor && char_in (p[-1], " -_("))
            p--;
        while (p > floor && (g_ascii_isalnum (p[-1]) || char_in (p[-1], "+/:")))
            p--;
        if (p == word.p || (p > floor && !char_in (p[-1], " (\"'[,_")))
            return FALSE;
        if (p > floor + 1 && p[-1] == ' ' && g_ascii_isdigit (p[-2])) /* a stamp's */
            return FALSE;
        s = (Span) { p, word.end };
        if (time_zone_read (&s, ret) && s.p + 1 >= word.p)
            return TRUE;
    }
    return FALSE;
}

/* "time" stands at `at' ("Time", "timestamp", "datetime", "DATE_TIME", "timezone"). */
static Strength
around_time (Span line, const char *at, TimeZone *ret)
{
    Span word = { at, line.end }, behind;
    gboolean key;

    behind = word;
    behind.p += strlen ("time");
    key = span_lit_nocase (&behind, "zone") || span_lit_nocase (&behind, " zone") ||
          span_lit_nocase (&behind, "-zone") || span_lit_nocase (&behind, "_zone");
    if (!key) {
        span_lit_nocase (&behind, "stamp");
        span_lit_nocase (&behind, "s");
    }
    if (behind.p < behind.end && g_ascii_isalpha (*behind.p))
        return HINT_NONE;
    if (zone_behind (behind, key, ret))
        return key ? HINT_KEY : HINT_TIMES;
    word.end = behind.p;
    return zone_before (line.p, word, ret) ? HINT_BESIDE : HINT_NONE;
}

/* "TZ - Europe/Moscow", "Zone: CET", "Zeitzone: MEZ" */
static Strength
around_zone (Span line, const char *at, TimeZone *ret)
{
    static const char *const words[] = { "tz",           "zone", "zeitzone",
                                         "zona horaria", "zona", "tijdzone" };
    Span s = { at, line.end };

    if (at > line.p && g_ascii_tolower (at[-1]) == 't')
        s.p--;
    else if (at - line.p >= 4 && span_starts_nocase ((Span) { at - 4, line.end }, "zeit"))
        s.p -= 4;
    else if (at - line.p >= 4 && span_starts_nocase ((Span) { at - 4, line.end }, "tijd"))
        s.p -= 4;
    if (s.p > line.p && char_in_word (s.p[-1]) && s.p[-1] != '_')
        return HINT_NONE;
    if (span_starts_nocase (s, "zeit") && !span_starts_nocase (s, "zeitzone")) {
        take_word (&s); /* "Zeitangaben in MEZ", "Zeiten sind MEZ" */
        return zone_behind (s, FALSE, ret) ? HINT_TIMES : HINT_NONE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
        Span behind = s;

        if (span_lit_nocase (&behind, words[i]) &&
            (behind.p == behind.end || !g_ascii_isalnum (*behind.p)))
            return zone_behind (behind, TRUE, ret) ? HINT_KEY : HINT_NONE;
    }
    return HINT_NONE;
}

/* "(UTC)", and nothing else in its line. */
static gboolean
stands_alone (Span line, const char *at, const char *end)
{
    for (const char *p = line.p; p < line.end; p++)
        if ((p < at || p >= end) && !char_in (*p, " \t()[]#*:."))
            return FALSE;
    return TRUE;
}

/* "Date (UTC)", "Toutes les heures sont en UTC" */
static Strength
around_utc (Span line, const char *at, TimeZone *ret)
{
    Span s = { at, line.end };
    const char *p = at;

    if ((at > line.p && char_in_word (at[-1]) && at[-1] != '_') || !time_zone_read (&s, ret))
        return HINT_NONE;
    if (stands_alone (line, at, s.p))
        return HINT_BESIDE;
    for (int words = 0; words < 4; words++) {
        const char *end;

        while (p > line.p && !char_in_word (p[-1]) && (guchar)p[-1] < 0x80 &&
               !char_in (p[-1], ".;"))
            p--;
        end = p;
        if (p > line.p && p[-1] == '_')
            end = --p;
        while (p > line.p && letter (p[-1]))
            p--;
        if (p == end)
            return HINT_NONE;
        if (is_time_word ((Span) { p, end }))
            return HINT_BESIDE;
    }
    return HINT_NONE;
}

/* The next m or z of either case, or U: every hint has "time", a word with "z", GMT or UTC. */
static const char *
next_anchor (const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        guint64 x = eight_at (p), lower = x | EIGHT (0x20);
        guint64 hits = eight_equal (lower, 'm') | eight_equal (lower, 'z') | eight_equal (x, 'U');

        if (hits != 0)
            return p + eight_first (hits);
    }
    while (p < end && !char_in (*p, "mMzZU"))
        p++;
    return p;
}

static Strength
hint_at (Span line, const char *p, TimeZone *ret)
{
    gsize before = (gsize)(p - line.p), after = (gsize)(line.end - p);

    switch (*p) {
    case 'U':
        return after >= 3 && p[1] == 'T' && p[2] == 'C' ? around_utc (line, p, ret) : HINT_NONE;
    case 'z':
    case 'Z':
        return around_zone (line, p, ret);
    default:
        if (before >= 1 && after >= 2 && p[-1] == 'G' && p[1] == 'T')
            return around_utc (line, p - 1, ret);
        if (before < 2 || after < 2 || !span_starts_nocase ((Span) { p - 2, line.end }, "time"))
            return HINT_NONE;
        return around_time (line, p - 2, ret);
    }
}

gboolean
time_zone_hint (Span line, TimeZone *ret)
{
    Strength best = HINT_NONE;

    if (span_left (line) > HINT_LINE_MAX)
        line.end = line.p + HINT_LINE_MAX;
    for (const char *p = line.p; (p = next_anchor (p, line.end)) < line.end && best < HINT_KEY;
         p++) {
        TimeZone zone;
        Strength strength = hint_at (line, p, &zone);

        if (strength > best) {
            best = strength;
            *ret = zone;
        }
    }
    if (best == HINT_KEY && ret->sort == ZONE_ABBREVIATION && ret->tz[0] != '\0')
        ret->sort = ZONE_TZ; /* "our time zone is CET" goes for the summer, too */
    return best != HINT_NONE;
}
