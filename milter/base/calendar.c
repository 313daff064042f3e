#include "base/calendar.h"

#define DAY_S 86400

static gboolean
leap (int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

gboolean
calendar_valid (int year, int month, int day)
{
    static const int last[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
        return FALSE;
    return day <= last[month - 1] + (month == 2 && leap (year));
}

/* Years are counted from March, so that the leap day is the last of its year; an era is the 400
 * years after which the Gregorian calendar repeats itself. */
gint64
calendar_days (int year, int month, int day)
{
    gint64 y = (gint64)year - (month <= 2);
    gint64 era = (y >= 0 ? y : y - 399) / 400;
    gint64 year_of_era = y - era * 400;
    gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

gint64
calendar_unix (int year, int month, int day, int hour, int minute, int second)
{
    return calendar_days (year, month, day) * DAY_S + hour * 3600 + minute * 60 + second;
}

static gint64
days_before (gint64 unix_s) /* division that rounds down also before 1970 */
{
    return unix_s / DAY_S - (unix_s % DAY_S < 0);
}

void
calendar_civil (gint64 unix_s, int *ret_year, int *ret_month, int *ret_day)
{
    gint64 days = days_before (unix_s) + 719468;
    gint64 era = (days >= 0 ? days : days - 146096) / 146097;
    gint64 doe = days - era * 146097;
    gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    gint64 from_march = (5 * doy + 2) / 153;

    *ret_day = (int)(doy - (153 * from_march + 2) / 5 + 1);
    *ret_month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    *ret_year = (int)(yoe + era * 400 + (*ret_month <= 2));
}

int
calendar_weekday (gint64 unix_s)
{
    gint64 day = (days_before (unix_s) + 4) % 7; /* 1970-01-01 was a Thursday */

    return (int)(day < 0 ? day + 7 : day);
}

const char *
calendar_rfc3339 (gint64 unix_s, char ret[RFC3339_MAX])
{
    int year, month, day, second_of_day = (int)(unix_s - days_before (unix_s) * DAY_S);

    calendar_civil (unix_s, &year, &month, &day);
    g_snprintf (ret, RFC3339_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day,
                second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
    return ret;
}

/* Exactly `digits' digits. */
static gboolean
read_number (Span *s, int digits, int min, int max, int *ret)
{
    int v = 0;

    if (span_left (*s) < (gsize)digits)
        return FALSE;
    for (int i = 0; i < digits; i++) {
        if (!g_ascii_isdigit (s->p[i]))
            return FALSE;
        v = v * 10 + s->p[i] - '0';
    }
    if (v < min || v > max)
        return FALSE;
    s->p += digits;
    *ret = v;
    return TRUE;
}

static gboolean
read_clock (Span *s, int *ret_second_of_day)
{
    int hour, minute, second;

    if (!read_number (s, 2, 0, 23, &hour) || !span_lit (s, ":") ||
        !read_number (s, 2, 0, 59, &minute) || !span_lit (s, ":") ||
        !read_number (s, 2, 0, 60, &second)) /* 60: a leap second */
        return FALSE;
    if (span_lit (s, "."))
        while (s->p < s->end && g_ascii_isdigit (*s->p))
            s->p++;
    *ret_second_of_day = hour * 3600 + minute * 60 + second;
    return TRUE;
}

static gboolean
read_offset (Span *s, int *ret_offset_s)
{
    int hour, minute;
    gboolean west;

    *ret_offset_s = 0;
    if (span_lit_nocase (s, "Z"))
        return TRUE;
    west = span_lit (s, "-");
    if ((!west && !span_lit (s, "+")) || !read_number (s, 2, 0, 23, &hour) || !span_lit (s, ":") ||
        !read_number (s, 2, 0, 59, &minute))
        return FALSE;
    *ret_offset_s = (hour * 3600 + minute * 60) * (west ? -1 : 1);
    return TRUE;
}

gboolean
calendar_parse_rfc3339 (Span text, gint64 *ret_unix_s)
{
    Span s = span_trim (text);
    int year, month, day, second_of_day = 0, offset_s = 0;

    if (!read_number (&s, 4, 0, 9999, &year) || !span_lit (&s, "-") ||
        !read_number (&s, 2, 1, 12, &month) || !span_lit (&s, "-") ||
        !read_number (&s, 2, 1, 31, &day) || !calendar_valid (year, month, day))
        return FALSE;
    if (s.p < s.end) {
        /* RFC 3339 5.6: "T" may be lower case, or a space for readability */
        if (!span_lit_nocase (&s, "T") && !span_lit (&s, " "))
            return FALSE;
        if (!read_clock (&s, &second_of_day) || !read_offset (&s, &offset_s) || s.p != s.end)
            return FALSE;
    }
    *ret_unix_s = calendar_days (year, month, day) * DAY_S + second_of_day - offset_s;
    return TRUE;
}
