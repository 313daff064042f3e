/* Dates of mail headers: RFC 5322 3.3 and 4.3, and what programs write instead. */
#include "base/calendar.h"
#include "read/intake.h"

#define MAX_VALUE 128

static const char months[][4] = { "jan", "feb", "mar", "apr", "may", "jun",
                                  "jul", "aug", "sep", "oct", "nov", "dec" };

/* RFC 5322 4.3: these have a meaning; every other name is taken as unknown. */
static const struct {
    const char *name;
    int hours;
} zones[] = {
    { "ut", 0 },   { "utc", 0 },  { "gmt", 0 },  { "z", 0 },    { "est", -5 }, { "edt", -4 },
    { "cst", -6 }, { "cdt", -5 }, { "mst", -7 }, { "mdt", -6 }, { "pst", -8 }, { "pdt", -7 },
    { "cet", 1 },  { "cest", 2 }, { "met", 1 },  { "mest", 2 }, { "eet", 2 },  { "eest", 3 },
    { "wet", 0 },  { "west", 1 }, { "msk", 3 },  { "jst", 9 },  { "kst", 9 },
};

typedef struct Date {
    guint day, month, year, hour, minute, second;
    gboolean has_time, has_zone;
    gint offset_s;
} Date;

static gboolean
read_clock (Span s, Date *d)
{
    if (!span_uint (&s, 23, &d->hour) || !span_lit (&s, ":") || !span_uint (&s, 59, &d->minute))
        return FALSE;
    d->second = 0;
    if (span_lit (&s, ":") && !span_uint (&s, 60, &d->second))
        return FALSE;
    d->has_time = TRUE;
    return TRUE;
}

/* "+0200", "-07:00"; "-0000" is no zone (RFC 5322 3.3). */
static void
read_offset (Span s, Date *d)
{
    gboolean west = *s.p++ == '-';
    const char *start = s.p;
    guint hours, minutes = 0;

    if (!span_uint (&s, 9999, &hours))
        return;
    if (s.p - start > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (span_lit (&s, ":") && !span_uint (&s, 59, &minutes)) {
        return;
    }
    if (hours > 14 || minutes > 59)
        return;
    d->offset_s = (gint)(hours * 3600 + minutes * 60) * (west ? -1 : 1);
    d->has_zone = !west || d->offset_s != 0;
}

/* RFC 5322 4.3: two digits below 50 are 20xx, other two and three digits count from 1900. */
static guint
full_year (guint year, gsize digits)
{
    if (digits >= 4)
        return year;
    return year + (digits == 2 && year < 50 ? 2000 : 1900);
}

static void
read_number (Span s, Date *d)
{
    gsize digits = span_left (s);
    guint n;

    if (!span_uint (&s, 9999, &n) || s.p != s.end)
        return;
    if (d->day == 0 && n >= 1 && n <= 31 && digits <= 2)
        d->day = n;
    else if (d->year == 0)
        d->year = full_year (n, digits);
}

static void
read_word (Span s, Date *d)
{
    for (guint i = 0; i < 12 && d->month == 0; i++)
        if (span_starts_nocase (s, months[i]))
            d->month = i + 1;
    for (gsize i = 0; i < G_N_ELEMENTS (zones) && d->has_time && !d->has_zone; i++)
        if (span_is_nocase (s, zones[i].name)) {
            d->offset_s = zones[i].hours * 3600;
            d->has_zone = TRUE;
        }
}

static void
read_token (Span token, Date *d)
{
    if (g_ascii_isalpha (*token.p))
        read_word (token, d);
    else if ((*token.p == '+' || *token.p == '-') && d->has_time && !d->has_zone)
        read_offset (token, d);
    else if (span_find (token, ":") != NULL && !d->has_time)
        (void)read_clock (token, d);
    else
        read_number (token, d);
}

/* Comments stand in parentheses (RFC 5322 3.2.2); a dash between day, month and year is met. */
static void
read_tokens (Span s, Date *d)
{
    const char *stops = " \t,;()";

    while (s.p < s.end) {
        const char *from = s.p;

        if (*s.p == '(' && d->has_zone)
            return;
        while (s.p < s.end && strchr (stops, *s.p) == NULL &&
               !(*s.p == '-' && !d->has_time && s.p > from))
            s.p++;
        if (s.p > from)
            read_token ((Span) { from, s.p }, d);
        if (s.p < s.end)
            s.p++;
    }
}

static gboolean
to_moment (const Date *d, Moment *ret)
{
    if (!d->has_time || !calendar_valid ((int)d->year, (int)d->month, (int)d->day))
        return FALSE;
    *ret = (Moment) { .known = TRUE,
                      .unix_s = calendar_unix ((int)d->year, (int)d->month, (int)d->day,
                                               (int)d->hour, (int)d->minute, (int)d->second) -
                                d->offset_s,
                      .has_zone = d->has_zone,
                      .offset_s = d->offset_s };
    return TRUE;
}

/* RFC 3339, as some programs write it there. */
static gboolean
iso_moment (Span s, Moment *ret)
{
    g_autofree char *text = span_dup (s);
    g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
    g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (text, utc);
    const char *clock = strchr (text, ':');

    if (at == NULL)
        return FALSE;
    *ret = (Moment) { .known = TRUE,
                      .unix_s = g_date_time_to_unix (at),
                      .has_zone = clock != NULL && strpbrk (clock, "Zz+-") != NULL,
                      .offset_s = (gint)(g_date_time_get_utc_offset (at) / G_USEC_PER_SEC) };
    return TRUE;
}

Moment
intake_moment (const char *value)
{
    Moment moment = { 0 };
    Date date = { 0 };
    Span s = span_trim (span_of (value));

    if (span_left (s) > MAX_VALUE)
        s.end = s.p + MAX_VALUE;
    read_tokens (s, &date);
    if (!to_moment (&date, &moment))
        (void)iso_moment (s, &moment);
    return moment;
}
