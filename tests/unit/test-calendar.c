#include "base/calendar.h"

static const struct {
    int year, month, day;
    gboolean valid;
} dates[] = {
    { 2024, 2, 29, TRUE },  { 2023, 2, 29, FALSE }, { 1900, 2, 29, FALSE }, { 2000, 2, 29, TRUE },
    { 2025, 4, 31, FALSE }, { 2025, 4, 30, TRUE },  { 2025, 13, 1, FALSE }, { 2025, 0, 1, FALSE },
    { 2025, 1, 0, FALSE },  { 1899, 1, 1, FALSE },  { 2199, 12, 31, TRUE }, { 2200, 1, 1, FALSE },
};

static void
test_valid (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
        g_assert_cmpint (calendar_valid (dates[i].year, dates[i].month, dates[i].day), ==,
                         dates[i].valid);
}

static const struct {
    gint64 unix_s;
    const char *text;
    int weekday;
} moments[] = {
    { 0, "1970-01-01T00:00:00Z", 4 },          { -1, "1969-12-31T23:59:59Z", 3 },
    { 951782400, "2000-02-29T00:00:00Z", 2 },  { 1763607845, "2025-11-20T03:04:05Z", 4 },
    { 4102444799, "2099-12-31T23:59:59Z", 4 }, { -2208988800, "1900-01-01T00:00:00Z", 1 },
};

static void
test_moments (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (moments); i++) {
        char text[RFC3339_MAX];
        gint64 back;

        g_assert_cmpstr (calendar_rfc3339 (moments[i].unix_s, text), ==, moments[i].text);
        g_assert_true (calendar_parse_rfc3339 (span_of (text), &back));
        g_assert_cmpint (back, ==, moments[i].unix_s);
        g_assert_cmpint (calendar_weekday (moments[i].unix_s), ==, moments[i].weekday);
    }
}

static void
test_every_day (void)
{
    gint64 day = calendar_days (1900, 1, 1), last = calendar_days (2199, 12, 31);
    int was_month = 1, was_day = 0;

    for (; day <= last; day++) {
        int y, m, d;

        calendar_civil (day * 86400 + 86399, &y, &m, &d);
        g_assert_true (calendar_valid (y, m, d));
        g_assert_cmpint (calendar_days (y, m, d), ==, day);
        g_assert_true (m == was_month ? d == was_day + 1 : d == 1);
        was_month = m;
        was_day = d;
    }
}

static const struct {
    const char *text;
    gboolean ok;
    gint64 unix_s;
} parsed[] = {
    { "2025-11-20T03:04:05+01:30", TRUE, 1763602445 },
    { "2025-11-20t03:04:05z", TRUE, 1763607845 },
    { "2025-11-20 03:04:05.250Z", TRUE, 1763607845 },
    { " 2025-11-20T03:04:05-00:00\n", TRUE, 1763607845 },
    { "2025-11-20", TRUE, 1763596800 },
    { "2025-11-20T03:04:05", FALSE, 0 },
    { "2025-11-20T03:04:05+0130", FALSE, 0 },
    { "2025-11-20T24:04:05Z", FALSE, 0 },
    { "2025-02-29T03:04:05Z", FALSE, 0 },
    { "2025-11-20T03:04Z", FALSE, 0 },
    { "2025-11-20T03:04:05Zulu", FALSE, 0 },
    { "20251120", FALSE, 0 },
    { "", FALSE, 0 },
};

static void
test_parse (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (parsed); i++) {
        gsize n = strlen (parsed[i].text);
        g_autofree char *exact = g_malloc (n + (n == 0));
        gint64 unix_s = 0;

        memcpy (exact, parsed[i].text, n);
        g_assert_cmpint (calendar_parse_rfc3339 ((Span) { exact, exact + n }, &unix_s), ==,
                         parsed[i].ok);
        g_assert_cmpint (unix_s, ==, parsed[i].unix_s);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/calendar/valid/leap-days-and-month-ends", test_valid);
    g_test_add_func ("/calendar/rfc3339/there-and-back", test_moments);
    g_test_add_func ("/calendar/civil/every-day-from-1900-to-2199", test_every_day);
    g_test_add_func ("/calendar/parse/good-and-bad", test_parse);
    return g_test_run ();
}
