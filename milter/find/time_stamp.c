/* Date, clock, zone and year put together. */
#include "find/chars.h"
#include "find/time_read.h"

#define MAX_BLANKS 8 /* between a date and its clock */

/* Words between a date and its clock. */
static const char *const to_clock[] = {
    "at",     "um",   "à",   "a las", "alle",   "o",        "w",    "o godz.",
    "в",      "om",   "kl.", "kl",    "time:",  "time",     "г. в", "г.",
    "года в", "года", "às",  "hora:", "heure:", "uhrzeit:", "den",  "time=\"",
    "time=",  "a la", "ve",  "v",     "saat",   "klokken",  "klo",
};

/* Words between a clock and its date. */
static const char *const to_date[] = {
    "on the", "on", "am", "le", "of", "op", "el", "den", "dnia", "del", "em", "date:",
};

static gboolean
word_ends (Span s)
{
    return s.p == s.end || char_in (*s.p, " \t,:") || g_ascii_isdigit (*s.p);
}

static void
skip_word (Span *s, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        Span t = *s;

        if (char_lit_nocase (&t, words[i]) && word_ends (t)) {
            span_blanks (&t);
            *s = t;
            return;
        }
    }
}

/* One mark, with blanks around it: " - ", ", ", " @ ", " | ". */
static void
skip_mark (Span *s)
{
    static const char *const marks[] = { "\",\"", "-", ",", "@", "|", ";", "–", "." };

    span_blanks (s);
    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (span_lit (s, marks[i]))
            break;
    span_blanks (s);
}

static gboolean
clock_behind (Span *s, Stamp *st)
{
    Span t = *s;

    if (t.p == t.end)
        return FALSE;
    if (char_in (*t.p, "Tt_/:") || g_ascii_isdigit (*t.p)) {
        t.p += !g_ascii_isdigit (*t.p);
        if (!clock_read (&t, st) && !clock_packed (&t, st))
            return FALSE;
        *s = t;
        return TRUE;
    }
    if (*t.p == '"' && span_left (t) > 1 && t.p[1] == ' ') /* date="..." time="..." */
        t.p++;
    skip_mark (&t);
    if (t.p == s->p || t.p - s->p > MAX_BLANKS || t.p == t.end)
        return FALSE;
    if (!g_ascii_isdigit (*t.p))
        skip_word (&t, to_clock, G_N_ELEMENTS (to_clock));
    if (!clock_read (&t, st))
        return FALSE;
    *s = t;
    return TRUE;
}

/* "10:00-12:00" is a range; "17:03:11-07:00" and "T17:03-07:00" have a zone. */
static gboolean
is_range (Span s, gboolean iso, const Stamp *st)
{
    gsize n = 1;

    if (s.p == s.end || *s.p != '-' || st->has_seconds || iso)
        return FALSE;
    while (n < span_left (s) && g_ascii_isdigit (s.p[n]))
        n++;
    return n <= 3 && n < span_left (s) && s.p[n] == ':';
}

/* A lone sign with one digit is data, unless UTC stands beside it: "17:03 -5". */
static gboolean
is_sign_only (Span before, Span after)
{
    return char_in (*before.p, "+-") && after.p - before.p == 2;
}

/* "[2022-08-18 22:01:23 00:00]": the sign got lost on the way. */
static gboolean
lost_sign (Span *s, TimeZone *ret)
{
    Span t = *s;

    if (!span_lit (&t, "00:00") || (t.p < t.end && (char_in_word (*t.p) || char_in (*t.p, ":.-"))))
        return FALSE;
    *ret = (TimeZone) { .sort = ZONE_OFFSET };
    *s = t;
    return TRUE;
}

static gboolean
take_zone (Span *s, Stamp *st)
{
    Span t = *s;
    TimeZone zone;

    span_blanks (&t);
    if (span_lit (&t, ","))
        span_blanks (&t);
    if (t.p - s->p > 3 || t.p == t.end)
        return FALSE;
    if (t.p == s->p && *t.p == 'z' && (span_left (t) < 2 || !char_in_word (t.p[1]))) {
        st->zone = (TimeZone) { .sort = ZONE_OFFSET }; /* RFC 3339 5.6: may be lower case */
        t.p++;
    } else if (t.p > s->p && *t.p == '0' && st->has_seconds && lost_sign (&t, &zone)) {
        st->zone = zone;
    } else {
        Span before = t;

        if (g_ascii_isdigit (*t.p) || (g_ascii_islower (*t.p) && !char_in (*t.p, "ugho")) ||
            !time_zone_read (&t, &zone) || is_sign_only (before, t))
            return FALSE;
        if (zone.sort == ZONE_ABBREVIATION && span_left (t) > 1 && char_in (*t.p, "-.") &&
            char_in_word (t.p[1]))
            return FALSE; /* a host's name: "EST-gw7" */
        if (st->zone.sort == ZONE_UNSAID ||
            (zone.sort == ZONE_OFFSET && st->zone.sort != ZONE_OFFSET))
            st->zone = zone;
    }
    *s = t;
    return TRUE;
}

/* The year of ctime(): "03:26:09 2017". */
static gboolean
take_late_year (Span *s, Stamp *st)
{
    Span t = *s;
    int year;

    if (!st->has_date || st->has_year || !span_lit (&t, " ") || !year_read (&t, &year))
        return FALSE;
    if (t.p < t.end && (char_in_word (*t.p) ||
                        (char_in (*t.p, "-/:.") && span_left (t) > 1 && g_ascii_isalnum (t.p[1]))))
        return FALSE;
    st->has_year = TRUE;
    st->year = year;
    *s = t;
    return TRUE;
}

static void
take_zone_and_year (Span *s, gboolean iso, Stamp *st)
{
    static const char *const hours[] = { " Uhr", " hrs", " hours", "h", "hs" };

    for (gsize i = 0; i < G_N_ELEMENTS (hours); i++) {
        Span t = *s;

        if (span_lit (&t, hours[i]) && (t.p == t.end || !char_in_word (*t.p))) {
            *s = t;
            break;
        }
    }
    if (is_range (*s, iso, st))
        return;
    for (int i = 0; i < 3; i++)
        if (!take_zone (s, st) && !take_late_year (s, st))
            return;
}

/* A clock of its own behind the date makes it the next stamp's. */
static gboolean
date_is_free (Span s)
{
    Stamp st = { .has_date = TRUE, .has_year = TRUE };

    return !clock_behind (&s, &st);
}

static void
date_behind (Span *s, Stamp *st)
{
    Span t = *s;
    Stamp dated = *st;

    while (t.p < t.end && char_in (*t.p, " \t,|-"))
        t.p++;
    if (t.p == s->p || t.p - s->p > MAX_BLANKS)
        return;
    skip_word (&t, to_date, G_N_ELEMENTS (to_date));
    if (!date_read (&t, &dated) || !date_is_free (t))
        return;
    *st = dated;
    *s = t;
    if (st->zone.sort == ZONE_UNSAID)
        take_zone (s, st);
}

/* A date without year and clock needs its month written out: "March 4", "4 марта". */
static gboolean
month_in_full (Span text)
{
    gboolean marked = FALSE;
    gsize run = 0;

    for (const char *p = text.p; p < text.end && run < 4; p++) {
        gboolean foreign = (guchar)*p >= 0x80;

        marked |= foreign || g_ascii_isupper (*p);
        run = foreign || g_ascii_isalpha (*p) ? run + 1 : 0;
    }
    return run == 4 && marked;
}

static gboolean
all_digits (Span text)
{
    while (text.p < text.end && g_ascii_isdigit (*text.p))
        text.p++;
    return text.p == text.end;
}

/* "2022.12.2.204824", "2022.01.13-54.240.0.57" */
static gboolean
version_goes_on (Span text, Span behind)
{
    if (span_left (behind) < 2 || !g_ascii_isdigit (behind.p[1]))
        return FALSE;
    return *behind.p == '.' || (*behind.p == '-' && span_left (text) > 4 && text.p[4] == '.');
}

/* Not enough: "1/2/20", "20260401", "Mar 4", "16:9", "12:30". */
static gboolean
enough (Span text, const Stamp *st)
{
    if (st->has_date && st->has_time)
        return TRUE;
    if (st->has_date && st->has_year)
        return span_left (text) >= 8 && !all_digits (text);
    if (st->has_date)
        return month_in_full (text);
    return st->has_seconds || st->zone.sort != ZONE_UNSAID || char_in (text.end[-1], "mM.r");
}

gboolean
stamp_read (Span *s, gboolean sure, Stamp *ret)
{
    Span t = *s;
    Stamp st = { .weekday = -1 };

    if (date_read (&t, &st)) {
        gboolean iso = t.p < t.end && char_in (*t.p, "Tt");

        if (clock_behind (&t, &st))
            take_zone_and_year (&t, iso, &st);
    } else if (clock_read (&t, &st)) {
        take_zone_and_year (&t, FALSE, &st);
        date_behind (&t, &st);
    } else {
        return FALSE;
    }
    st.original = span_to (*s, t.p);
    if (!sure && (!enough (st.original, &st) || (!st.has_time && version_goes_on (st.original, t))))
        return FALSE;
    *ret = st;
    *s = t;
    return TRUE;
}
