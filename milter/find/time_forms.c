/* The forms of a date. */
#include "base/calendar.h"
#include "find/chars.h"
#include "find/time_read.h"

/* Exactly what stands there: `min' to `max' digits and none after. */
static gboolean
digits (Span *s, gsize min, gsize max, int *ret)
{
    const char *p = s->p;
    int v = 0;

    while (p < s->end && (gsize)(p - s->p) < max && g_ascii_isdigit (*p))
        v = v * 10 + *p++ - '0';
    if ((gsize)(p - s->p) < min || (p < s->end && g_ascii_isdigit (*p)))
        return FALSE;
    s->p = p;
    *ret = v;
    return TRUE;
}

gboolean
year_read (Span *s, int *ret)
{
    Span t = *s;
    int year;

    if (!digits (&t, 4, 4, &year) || year < TIME_YEAR_MIN || year > TIME_YEAR_MAX)
        return FALSE;
    if (t.p < t.end && (g_ascii_isalpha (*t.p) && *t.p != 'T' && *t.p != 't')) /* no "2048k" */
        return FALSE;
    *s = t;
    *ret = year;
    return TRUE;
}

static gboolean
set_date (Stamp *st, int year, int month, int day) /* year 0: not said */
{
    if (!calendar_valid (year != 0 ? year : 2000, month, day))
        return FALSE;
    st->has_date = TRUE;
    st->has_year = year != 0;
    st->year = year;
    st->month = month;
    st->day = day;
    return TRUE;
}

/* A clock's "17:43" or "06h" comes next, so the number before it is no year. */
static gboolean
clock_follows (Span s)
{
    int hour;

    return digits (&s, 1, 2, &hour) && hour < 24 && s.p < s.end && char_in (*s.p, ":h");
}

static gboolean
clock_follows_soon (Span s)
{
    while (s.p < s.end && char_in (*s.p, " \t,-T@"))
        s.p++;
    return clock_follows (s);
}

/* 2021-12-26, 2021/02/02, 2023/Sep/25, 2017 Aug 22, 2021年12月26日 */
static gboolean
year_first (Span *s, Stamp *st)
{
    Span t = *s;
    int year, month, day;
    char c;

    if (!year_read (&t, &year) || t.p == t.end)
        return FALSE;
    if (span_lit (&t, "年") || span_lit (&t, "년")) {
        span_blanks (&t);
        if (!digits (&t, 1, 2, &month) || (!span_lit (&t, "月") && !span_lit (&t, "월")))
            return FALSE;
        span_blanks (&t);
        if (!digits (&t, 1, 2, &day) || (!span_lit (&t, "日") && !span_lit (&t, "일")))
            return FALSE;
    } else {
        c = *t.p++;
        if (!char_in (c, "-/. :") ||
            (!(c != ' ' && digits (&t, 1, 2, &month)) && !month_read (&t, &month)))
            return FALSE;
        if (t.p == t.end || *t.p++ != c || !digits (&t, 1, 2, &day) ||
            (c == ':' && !clock_follows_soon (t)))
            return FALSE;
    }
    if (!set_date (st, year, month, day))
        return FALSE;
    *s = t;
    return TRUE;
}

/* 20210422 before a clock: "20210422/06:43:57", "20210422T064357", "20210422064357". */
static gboolean
packed (Span *s, Stamp *st)
{
    int v = 0;
    Span t = *s;

    for (int i = 0; i < 8; i++, t.p++) {
        if (t.p == t.end || !g_ascii_isdigit (*t.p))
            return FALSE;
        v = v * 10 + *t.p - '0';
    }
    if (v / 10000 < TIME_YEAR_MIN || v / 10000 > TIME_YEAR_MAX ||
        !set_date (st, v / 10000, v / 100 % 100, v % 100))
        return FALSE;
    *s = t;
    return TRUE;
}

/* Which of two numbers is the month?  One above 12 says; else the day comes first, in doubt. */
static gboolean
set_either (Stamp *st, char separator, int year, int a, int b)
{
    if (b > 12 && a <= 12 && separator != '.')
        return set_date (st, year, a, b);
    if (!set_date (st, year, b, a))
        return FALSE;
    st->day_first_doubt = a <= 12 && a != b && separator != '.';
    return TRUE;
}

/* 03.08.2017, 25/01/2021, 2/14/2025, 23-11-2023, 23/01/22, 12/15 (with a clock behind) */
static gboolean
numbers_only (Span *s, Stamp *st)
{
    Span t = *s;
    int a, b, year = 0;
    char c;

    if (!digits (&t, 1, 2, &a) || t.p == t.end || !char_in (c = *t.p, "/.-"))
        return FALSE;
    t.p++;
    if (!digits (&t, 1, 2, &b))
        return FALSE;
    if (t.p < t.end && *t.p == c && span_left (t) > 1 && g_ascii_isdigit (t.p[1])) {
        t.p++;
        if (!year_read (&t, &year)) {
            if (!digits (&t, 2, 2, &year) || (c != '/' && !clock_follows_soon (t)))
                return FALSE;
            year += 2000;
        }
    } else if (c == '.' || (c == '-' && t.p - s->p != 5) || !clock_follows_soon (t)) {
        return FALSE;
    }
    if (year == 0 && b > 12 ? !set_date (st, 0, a, b) : !set_either (st, c, year, a, b))
        return FALSE;
    if (year == 0 && st->day_first_doubt) /* what leaves the year out counts months first (Snort) */
        set_date (st, 0, a, b);
    *s = t;
    return TRUE;
}

static void
ordinal (Span *s)
{
    static const char *const marks[] = { "st", "nd", "rd", "th", "er", "º", "ª", "°", "." };

    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (char_lit_nocase (s, marks[i]))
            return;
}

/* The year behind day and month, however it is set off; the two-digit year needs a clock behind it.
 */
static void
take_year (Span *s, gboolean short_year, int *ret)
{
    static const char *const before[] = { "de ", "del ", "of " };
    Span t = *s;
    int year;

    while (t.p < t.end && char_in (*t.p, " ,./-"))
        t.p++;
    for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
        if (char_lit_nocase (&t, before[i]))
            break;
    if (clock_follows (t))
        return;
    if (year_read (&t, &year)) {
        *ret = year;
        *s = t;
    } else if (t.p > s->p && short_year && digits (&t, 2, 2, &year) && clock_follows_soon (t)) {
        *ret = 2000 + year;
        *s = t;
    }
}

/* 16 Dec 2017, 22nd of April 2021, 14. Apr, 25/Jun/2021, 07.Dec.2021, 04Mar2022 */
static gboolean
day_month (Span *s, Stamp *st)
{
    static const char *const between[] = { "of ", "de ", "di " };
    Span t = *s;
    int day, month, year = 0;

    if (!digits (&t, 1, 2, &day))
        return FALSE;
    ordinal (&t);
    while (t.p < t.end && char_in (*t.p, " -/.,"))
        t.p++;
    if (t.p - s->p > 8)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (between); i++)
        if (char_lit_nocase (&t, between[i]))
            break;
    if (!month_read (&t, &month))
        return FALSE;
    span_lit (&t, ".");
    take_year (&t, TRUE, &year);
    if (!set_date (st, year, month, day))
        return FALSE;
    *s = t;
    return TRUE;
}

/* Dec 25, 2022; Mar  4; April 22nd, 2021; Sep/25/2023; Oct, 23 2003 */
static gboolean
month_day (Span *s, Stamp *st)
{
    Span t = *s;
    const char *after;
    int day, month, year = 0;

    if (!month_read (&t, &month))
        return FALSE;
    after = t.p;
    while (t.p < t.end && char_in (*t.p, " \t,./-"))
        t.p++;
    if (t.p == after || t.p - after > 4 || !digits (&t, 1, 2, &day))
        return FALSE;
    if (t.p < t.end && *t.p == ':')
        return FALSE;
    ordinal (&t);
    take_year (&t, FALSE, &year);
    if (!set_date (st, year, month, day))
        return FALSE;
    *s = t;
    return TRUE;
}

static gboolean
bare_date (Span *s, Stamp *st)
{
    gsize n = 0;

    while (n < span_left (*s) && g_ascii_isdigit (s->p[n]))
        n++;
    switch (n) {
    case 0:
        return month_day (s, st);
    case 1:
    case 2:
        return numbers_only (s, st) || day_month (s, st);
    case 4:
        return year_first (s, st);
    default:
        return packed (s, st);
    }
}

/* "Sat ", "Sat, ", "Do, den " */
static void
take_weekday (Span *s, Stamp *st)
{
    Span t = *s;
    int weekday;

    if (!weekday_read (&t, &weekday))
        return;
    if (!span_lit (&t, "."))
        span_lit (&t, ",");
    if (!span_lit (&t, " ") && !span_lit (&t, "\t"))
        return;
    span_blanks (&t);
    if (span_lit (&t, "den ") || span_lit (&t, "the "))
        span_blanks (&t);
    *s = t;
    st->weekday = weekday;
}

gboolean
date_read (Span *s, Stamp *st)
{
    Span t = *s;
    Stamp dated = *st;

    if (t.p < t.end && !g_ascii_isdigit (*t.p))
        take_weekday (&t, &dated);
    if (!bare_date (&t, &dated)) {
        t = *s; /* "Mar" was no mardi */
        dated = *st;
        if (!bare_date (&t, &dated))
            return FALSE;
    }
    *st = dated;
    *s = t;
    return TRUE;
}
