/* Zones at the start of a span: offsets, abbreviations, names of the tz database and of people. */
#include "find/chars.h"
#include "find/time_read.h"
#include "find/timezone_names.h"

#define EAST_MAX_S (14 * 3600)
#define WEST_MAX_S (12 * 3600)

static const char *const regions[] = {
    "Africa/",    "America/", "Antarctica/", "Arctic/",  "Asia/", "Atlantic/",
    "Australia/", "Europe/",  "Indian/",     "Pacific/", "Etc/",  "US/",
    "Canada/",    "Brazil/",  "Mexico/",     "Chile/",
};

static gboolean
word_ends (Span s)
{
    return s.p == s.end || (!char_in_word (*s.p) && (guchar)*s.p < 0x80);
}

static TimeZone
fixed (gint offset_s)
{
    return (TimeZone) { .sort = ZONE_OFFSET, .offset_s = offset_s, .offset_latest_s = offset_s };
}

/* Whether the database has it is asked when an offset is needed: that reads a file. */
static TimeZone
named (Span tz)
{
    TimeZone zone = { .sort = ZONE_TZ };

    memcpy (zone.tz, tz.p, MIN (span_left (tz), sizeof zone.tz - 1));
    return zone;
}

/* "+0200", "-07:00", "+2", "+5:30", with "−" (U+2212) for "-". */
static gboolean
offset_read (Span *s, gint *ret_s)
{
    Span t = *s;
    gboolean west = span_lit (&t, "-") || span_lit (&t, "−");
    const char *first;
    gint hours = 0, minutes = 0, n;

    if (!west && !span_lit (&t, "+") && !span_lit (&t, "±"))
        return FALSE;
    first = t.p;
    while (t.p < t.end && t.p - first < 4 && g_ascii_isdigit (*t.p))
        hours = hours * 10 + *t.p++ - '0';
    n = (gint)(t.p - first);
    if (n == 0 || (t.p < t.end && g_ascii_isdigit (*t.p)))
        return FALSE;
    if (n > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (span_left (t) >= 3 && (*t.p == ':' || *t.p == '.') && g_ascii_isdigit (t.p[1]) &&
               g_ascii_isdigit (t.p[2])) {
        minutes = (t.p[1] - '0') * 10 + t.p[2] - '0';
        t.p += 3;
    }
    hours = hours * 3600 + minutes * 60;
    if (minutes > 59 || minutes % 15 != 0 || hours > (west ? WEST_MAX_S : EAST_MAX_S) ||
        !word_ends (t))
        return FALSE;
    *ret_s = west ? -hours : hours;
    *s = t;
    return TRUE;
}

/* "GMT - 3": one or two digits, and nothing that they could belong to. */
static gboolean
apart_offset_read (Span *s, gint *ret_s)
{
    Span t = *s;
    gboolean west = span_lit (&t, "- ");
    guint hours;

    if ((!west && !span_lit (&t, "+ ")) || !span_uint (&t, 12, &hours))
        return FALSE;
    if (t.p < t.end && !char_in (*t.p, ")],;"))
        return FALSE;
    *ret_s = (gint)hours * (west ? -3600 : 3600);
    *s = t;
    return TRUE;
}

/* "UTC", "GMT+8", "UTC -06:00", "Z", "UTC/GMT +1 hour" */
static gboolean
universal_read (Span *s, TimeZone *ret)
{
    static const char *const names[] = { "UTC/GMT",
                                         "GMT/UTC",
                                         "UTC",
                                         "GMT",
                                         "UCT",
                                         "UTz",
                                         "Zulu",
                                         "UT",
                                         "Z",
                                         "Coordinated Universal Time",
                                         "Universal Time",
                                         "Greenwich Mean Time" };
    Span t = *s, behind;
    gint offset_s = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        t = *s;
        if (char_lit_nocase (&t, names[i]) && (word_ends (t) || char_in (*t.p, "+-")))
            break;
        t.p = s->p;
    }
    if (t.p == s->p || (t.p - s->p == 1 && *s->p != 'Z') || (t.p - s->p == 2 && *s->p != 'U'))
        return FALSE;
    behind = t;
    span_blanks (&behind);
    if (offset_read (&behind, &offset_s) || apart_offset_read (&behind, &offset_s))
        t = behind;
    *ret = fixed (offset_s);
    *s = t;
    return TRUE;
}

/* For hints: an abbreviation that names a zone rather than an offset. */
static void
name_winter (Span text, TimeZone *zone)
{
    for (guint i = 0; i < n_zone_winters; i++)
        if (span_is (text, zone_winters[i].text))
            g_strlcpy (zone->tz, zone_winters[i].tz, sizeof zone->tz);
}

static gboolean
abbreviation_read (Span *s, TimeZone *ret)
{
    Span t = *s;
    gsize n;

    while (t.p < t.end && t.p - s->p < 5 && g_ascii_isupper (*t.p))
        t.p++;
    n = (gsize)(t.p - s->p);
    if (n < 3 || !word_ends (t))
        return FALSE;
    for (gsize i = 0; i < n_zone_abbreviations; i++) {
        if (zone_abbreviations[i].text[0] != *s->p || strlen (zone_abbreviations[i].text) != n ||
            memcmp (zone_abbreviations[i].text, s->p, n) != 0)
            continue;
        *ret = (TimeZone) { .sort = ZONE_ABBREVIATION,
                            .offset_s = zone_abbreviations[i].east * 60,
                            .offset_latest_s = zone_abbreviations[i].least * 60 };
        name_winter (span_to (*s, t.p), ret);
        span_lit (&t, " DST"); /* "MET DST" */
        *s = t;
        return TRUE;
    }
    return FALSE;
}

static gboolean
tz_name_read (Span *s, TimeZone *ret)
{
    Span t = *s;

    for (gsize i = 0; i < G_N_ELEMENTS (regions); i++) {
        if (*t.p != regions[i][0] || !span_lit (&t, regions[i]))
            continue;
        while (t.p < t.end && (char_in_word (*t.p) || char_in (*t.p, "/+-")))
            t.p++;
        if ((gsize)(t.p - s->p) >= sizeof ret->tz)
            return FALSE;
        *ret = named (span_to (*s, t.p));
        *s = t;
        return TRUE;
    }
    return FALSE;
}

/* "US Central", "Eastern Daylight Time", "French time", and in capitals "ET", "PT". */
static gboolean
place_read (Span *s, TimeZone *ret)
{
    static const char *const seasons[] = { " standard", " daylight", " summer", " winter" };
    Span t = *s;
    gboolean us = span_lit (&t, "US ") || span_lit (&t, "U.S. ");

    for (gsize i = 0; i < n_zone_places; i++) {
        Span u = t;

        if (!char_lit_nocase (&u, zone_places[i].text) || !word_ends (u))
            continue;
        for (gsize k = 0; k < G_N_ELEMENTS (seasons); k++)
            if (span_lit_nocase (&u, seasons[k]))
                break;
        if (!span_lit_nocase (&u, " time") && !us)
            continue;
        if (!word_ends (u))
            continue;
        *ret = named (span_of (zone_places[i].tz));
        *s = u;
        return TRUE;
    }
    return FALSE;
}

static gboolean
short_place_read (Span *s, TimeZone *ret)
{
    static const char *const names[][2] = { { "ET", "America/New_York" },
                                            { "CT", "America/Chicago" },
                                            { "MT", "America/Denver" },
                                            { "PT", "America/Los_Angeles" } };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        Span t = *s;

        if (!span_lit (&t, names[i][0]) || !word_ends (t))
            continue;
        *ret = named (span_of (names[i][1]));
        *s = t;
        return TRUE;
    }
    return FALSE;
}

/* "heure de Paris", "МСК" */
static gboolean
phrase_read (Span *s, TimeZone *ret)
{
    for (guint i = 0; i < n_zone_phrases; i++) {
        Span t = *s;

        if (((*t.p ^ zone_phrases[i].text[0]) & ~0x20) != 0 ||
            !span_lit_nocase (&t, zone_phrases[i].text) || (t.p < t.end && g_ascii_isalnum (*t.p)))
            continue;
        *ret = named (span_of (zone_phrases[i].tz));
        *s = t;
        return TRUE;
    }
    return FALSE;
}

static gboolean
bare_zone_read (Span *s, TimeZone *ret)
{
    Span t = *s;
    gint offset_s;

    if (offset_read (&t, &offset_s)) { /* "-6 UTC" */
        Span utc = t;
        TimeZone ignored;

        span_blanks (&utc);
        if (universal_read (&utc, &ignored) && ignored.offset_s == 0)
            t = utc;
        *ret = fixed (offset_s);
        *s = t;
        return TRUE;
    }
    if (s->p == s->end || (!g_ascii_isalpha (*s->p) && (guchar)*s->p < 0x80))
        return FALSE;
    return phrase_read (s, ret) || place_read (s, ret) || universal_read (s, ret) ||
           abbreviation_read (s, ret) || tz_name_read (s, ret) || short_place_read (s, ret);
}

gboolean
time_zone_read (Span *s, TimeZone *ret)
{
    Span t = *s;
    TimeZone zone;
    char close = 0;

    if (t.p == t.end)
        return FALSE;
    if (*t.p == '(' || *t.p == '[') {
        close = *t.p++ == '(' ? ')' : ']';
        span_blanks (&t);
    }
    if (!bare_zone_read (&t, &zone))
        return FALSE;
    if (close != 0) {
        span_blanks (&t);
        if (span_lit_nocase (&t, "format") || span_lit_nocase (&t, "time"))
            span_blanks (&t);
        if (t.p == t.end || *t.p++ != close)
            return FALSE;
    }
    *ret = zone;
    *s = t;
    return TRUE;
}

gboolean
timezone_offset (const char *tz, gint64 local_s, gint *ret_offset_s)
{
    GTimeZone *zone = g_time_zone_new_identifier (tz);
    gint interval;

    if (zone == NULL)
        return FALSE;
    interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &local_s);
    *ret_offset_s = g_time_zone_get_offset (zone, interval);
    g_time_zone_unref (zone);
    return TRUE;
}
