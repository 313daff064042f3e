/* The time of day, and seconds since 1970. */
#include "find/chars.h"
#include "find/time_read.h"

#define EPOCH_MIN G_GINT64_CONSTANT (946684800)  /* 2000-01-01 */
#define EPOCH_MAX G_GINT64_CONSTANT (2051222400) /* 2035-01-01 */

/* Two digits, or one as well when `short_ok'. */
static gboolean
pair (Span *s, gboolean short_ok, int max, int *ret)
{
    const char *p = s->p;
    int v = 0;

    while (p < s->end && p - s->p < 2 && g_ascii_isdigit (*p))
        v = v * 10 + *p++ - '0';
    if (p - s->p < (short_ok ? 1 : 2) || v > max)
        return FALSE;
    s->p = p;
    *ret = v;
    return TRUE;
}

static gsize
run_of_digits (Span s)
{
    gsize n = 0;

    while (n < span_left (s) && g_ascii_isdigit (s.p[n]))
        n++;
    return n;
}

/* ".769093", ",152" (not the next column of a CSV), ":123". */
static void
skip_fraction (Span *s)
{
    Span t = *s;
    gsize n;
    char c;

    if (span_left (t) < 2 || !char_in (c = *t.p, ".,:"))
        return;
    t.p++;
    n = run_of_digits (t);
    t.p += n;
    if (n == 0 || n > 9 || (c == ':' && n != 3) || (c == ',' && n != 3 && n != 6))
        return;
    if (c != '.' && t.p < t.end && (char_in (*t.p, ".,:") || char_in_word (*t.p)) && *t.p != 'Z')
        return;
    *s = t;
}

/* "PM", "p.m.", " am": the hour of a 12-hour clock. */
static gboolean
half_day (Span *s, gboolean *ret_pm)
{
    static const struct {
        const char *text;
        gboolean pm;
    } halves[] = { { "a.m.", FALSE }, { "p.m.", TRUE }, { "am", FALSE }, { "pm", TRUE } };
    Span t = *s;

    span_blanks (&t);
    for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
        if (char_lit_nocase (&t, halves[i].text)) {
            if (t.p < t.end && char_in_word (*t.p))
                return FALSE;
            *ret_pm = halves[i].pm;
            *s = t;
            return TRUE;
        }
    return FALSE;
}

/* The same before the hour: "下午3:45", "오후 3:45". */
static gboolean
half_day_before (Span *s, gboolean *ret_pm)
{
    if (s->p == s->end || (guchar)*s->p < 0x80)
        return FALSE;
    *ret_pm = span_lit (s, "下午") || span_lit (s, "오후") || span_lit (s, "午後");
    if (!*ret_pm && !span_lit (s, "上午") && !span_lit (s, "오전") && !span_lit (s, "午前"))
        return FALSE;
    span_blanks (s);
    return TRUE;
}

static void
apply_half (Stamp *st, gboolean pm)
{
    if (st->hour >= 1 && st->hour <= 12) {
        st->hour = st->hour % 12 + (pm ? 12 : 0);
        if (st->day_first_doubt && st->has_year) { /* who counts to twelve puts the month first */
            int month = st->day;

            st->day = st->month;
            st->month = month;
            st->day_first_doubt = FALSE;
        }
    }
}

/* "12h34", "12h34m56s", SpamCop's "20h/4" (hour 20, four times) */
static gboolean
clock_by_letters (Span *s, Stamp *st)
{
    Span t = *s;
    int hour, minute = 0, second = 0;
    gboolean has_seconds;

    if (!pair (&t, TRUE, 23, &hour) || !span_lit (&t, "h"))
        return FALSE;
    if (span_lit (&t, "/")) {
        if (run_of_digits (t) == 0)
            return FALSE;
        t.p += run_of_digits (t);
    } else if (!pair (&t, FALSE, 59, &minute)) {
        return FALSE;
    }
    has_seconds = (span_lit (&t, "m") || span_lit (&t, ":")) && pair (&t, FALSE, 60, &second);
    if (has_seconds)
        span_lit (&t, "s");
    if (t.p < t.end && char_in_word (*t.p))
        return FALSE;
    st->has_time = TRUE;
    st->has_seconds = has_seconds;
    st->hour = hour;
    st->minute = minute;
    st->second = second;
    *s = t;
    return TRUE;
}

gboolean
clock_packed (Span *s, Stamp *st)
{
    gsize n = run_of_digits (*s);
    int second = 0;

    if ((n != 6 && n != 4) || !pair (s, FALSE, 23, &st->hour) || !pair (s, FALSE, 59, &st->minute))
        return FALSE;
    if (n == 6 && !pair (s, FALSE, 60, &second))
        return FALSE;
    st->second = second;
    st->has_time = TRUE;
    st->has_seconds = n == 6;
    skip_fraction (s);
    return TRUE;
}

/* A colon and a hex digit: this was the middle of a MAC or IPv6 address. */
static gboolean
chain_goes_on (Span s)
{
    return span_left (s) >= 2 && *s.p == ':' && (g_ascii_isxdigit (s.p[1]) || s.p[1] == ':');
}

gboolean
clock_read (Span *s, Stamp *st)
{
    Span t = *s;
    Stamp clock = *st;
    char c;
    gboolean pm = FALSE, before = half_day_before (&t, &pm);

    if (!pair (&t, TRUE, 23, &clock.hour) || t.p == t.end)
        return FALSE;
    c = *t.p;
    if (c != ':' && !(c == '.' && st->has_date))
        return clock_by_letters (s, st);
    t.p++;
    if (!pair (&t, FALSE, 59, &clock.minute))
        return FALSE;
    clock.has_time = TRUE;
    clock.has_seconds = span_left (t) > 2 && *t.p == c && g_ascii_isdigit (t.p[1]);
    clock.second = 0;
    if (clock.has_seconds && (t.p++, !pair (&t, FALSE, 60, &clock.second)))
        return FALSE;
    if (c == '.' && (!clock.has_seconds || (t.p < t.end && *t.p == '.'))) /* "10.20.30.40" */
        return FALSE;
    skip_fraction (&t);
    if (chain_goes_on (t) || (t.p < t.end && g_ascii_isdigit (*t.p)))
        return FALSE;
    if (before || half_day (&t, &pm))
        apply_half (&clock, pm);
    *st = clock;
    *s = t;
    return TRUE;
}

gboolean
epoch_read (Span *s, Stamp *st)
{
    Span t = *s;
    gsize n = run_of_digits (t);
    gint64 v;

    if ((n != 10 && n != 13) || *t.p == '0' || !span_int64 (&t, &v))
        return FALSE;
    if (n == 13)
        v /= 1000;
    if (v < EPOCH_MIN || v >= EPOCH_MAX)
        return FALSE;
    if (n == 10 && span_left (t) > 1 && *t.p == '.' && g_ascii_isdigit (t.p[1])) {
        t.p++;
        t.p += run_of_digits (t);
    }
    if (t.p < t.end && (char_in_word (*t.p) || *t.p == '-' ||
                        (*t.p == '.' && span_left (t) > 1 && char_in_word (t.p[1]))))
        return FALSE;
    *st = (Stamp) { .original = span_to (*s, t.p), .epoch = TRUE, .unix_s = v, .weekday = -1 };
    *s = t;
    return TRUE;
}
