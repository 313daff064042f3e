#include "base/calendar.h"
#include "find/time.h"

#define MAIL_DATE "2026-01-05T12:00:00Z" /* a Monday */

static const struct {
    const char *name, *stamp, *hint; /* hint: a line that says the zone, or NULL */
    const char *utc;                 /* what the moment is; NULL: no UTC time is claimed */
    const char *latest;              /* of an ambiguous zone; NULL: the same */
    const char *local;
    ZoneBasis basis;
} cases[] = {
    { "an-offset-counts", "2026-01-04 03:04:05 +0200", NULL, "2026-01-04T01:04:05Z", NULL,
      "2026-01-04T03:04:05Z", TIME_OFFSET },
    { "utc-is-an-offset", "2026-01-04T03:04:05Z", "All times are CET", "2026-01-04T03:04:05Z", NULL,
      "2026-01-04T03:04:05Z", TIME_OFFSET },
    { "epoch-is-utc", "1767495845", NULL, "2026-01-04T03:04:05Z", NULL, "2026-01-04T03:04:05Z",
      TIME_OFFSET },
    { "an-abbreviation-is-a-name", "2026-01-04 03:04:05 EST", NULL, "2026-01-04T08:04:05Z", NULL,
      "2026-01-04T03:04:05Z", TIME_NAME },
    { "an-ambiguous-one-is-a-range", "2026-01-04 03:04:05 CST", NULL, "2026-01-03T19:04:05Z",
      "2026-01-04T09:04:05Z", "2026-01-04T03:04:05Z", TIME_NAME },
    { "the-mail's-own-zone-settles-it", "2026-01-04 03:04:05 IST", NULL, "2026-01-04T02:04:05Z",
      NULL, "2026-01-04T03:04:05Z", TIME_NAME },
    { "a-place-in-its-language", "2026-01-04 03:04:05 (heure de Paris)", NULL,
      "2026-01-04T02:04:05Z", NULL, "2026-01-04T03:04:05Z", TIME_NAME },
    { "a-place-in-chinese", "2026-01-04 03:04:05 北京时间", NULL, "2026-01-03T19:04:05Z", NULL,
      "2026-01-04T03:04:05Z", TIME_NAME },
    { "a-tz-name-in-winter", "2026-01-04 03:04:05 Europe/Berlin", NULL, "2026-01-04T02:04:05Z",
      NULL, "2026-01-04T03:04:05Z", TIME_NAME },
    { "a-tz-name-in-summer", "2025-07-04 03:04:05 Europe/Berlin", NULL, "2025-07-04T01:04:05Z",
      NULL, "2025-07-04T03:04:05Z", TIME_NAME },
    { "a-tz-name-before-its-zone-changed", "2014-07-04 03:04:05 Europe/Moscow", NULL,
      "2014-07-03T23:04:05Z", NULL, "2014-07-04T03:04:05Z", TIME_NAME },
    { "a-tz-name-that-is-none", "2026-01-04 03:04:05 Europe/Nowhere", "All times are CET",
      "2026-01-04T02:04:05Z", NULL, "2026-01-04T03:04:05Z", TIME_HINT },
    { "a-hint-fills-in", "2026-01-04 03:04:05", "All times are CET", "2026-01-04T02:04:05Z", NULL,
      "2026-01-04T03:04:05Z", TIME_HINT },
    { "an-ambiguous-hint", "2026-01-04 03:04:05", "All times CST", "2026-01-03T19:04:05Z",
      "2026-01-04T09:04:05Z", "2026-01-04T03:04:05Z", TIME_HINT },
    { "a-tz-hint-by-the-season", "2025-07-04 03:04:05", "TZ - America/New_York",
      "2025-07-04T07:04:05Z", NULL, "2025-07-04T03:04:05Z", TIME_HINT },
    { "no-zone-no-utc", "2026-01-04 03:04:05", NULL, NULL, NULL, "2026-01-04T03:04:05Z",
      TIME_NO_ZONE },
    { "no-year-is-this-year", "Jan  4 03:04:05", NULL, NULL, NULL, "2026-01-04T03:04:05Z",
      TIME_NO_ZONE },
    { "december-in-january", "Dec 28 03:04:05", NULL, NULL, NULL, "2025-12-28T03:04:05Z",
      TIME_NO_ZONE },
    { "never-after-the-mail", "Jan 28 03:04:05", NULL, NULL, NULL, "2025-01-28T03:04:05Z",
      TIME_NO_ZONE },
    { "a-day-ahead-is-a-zone-away", "Jan  6 03:04:05", NULL, NULL, NULL, "2026-01-06T03:04:05Z",
      TIME_NO_ZONE },
    { "the-weekday-confirms-the-year", "Sat Jan  4 03:04:05", NULL, NULL, NULL,
      "2025-01-04T03:04:05Z", TIME_NO_ZONE },
    { "the-leap-day-has-its-year", "Feb 29 03:04:05", NULL, NULL, NULL, "2024-02-29T03:04:05Z",
      TIME_NO_ZONE },
    { "doubt-is-day-first", "03/04/2025 03:04:05", NULL, NULL, NULL, "2025-04-03T03:04:05Z",
      TIME_NO_ZONE },
    { "doubt-is-settled-by-the-mail", "01/04/2026 03:04:05", NULL, NULL, NULL,
      "2026-01-04T03:04:05Z", TIME_NO_ZONE },
    { "doubt-is-settled-by-freshness", "01/03/2026 03:04:05", NULL, NULL, NULL,
      "2026-01-03T03:04:05Z", TIME_NO_ZONE },
    { "doubt-is-settled-within-a-month", "12/11/2025 03:04:05", NULL, NULL, NULL,
      "2025-12-11T03:04:05Z", TIME_NO_ZONE },
    { "a-zone-hint-in-summer", "2025-07-04 03:04:05", "Our time zone is CET",
      "2025-07-04T01:04:05Z", NULL, "2025-07-04T03:04:05Z", TIME_HINT },
    { "a-date-alone-is-its-midnight", "2026-01-04", NULL, NULL, NULL, "2026-01-04T00:00:00Z",
      TIME_NO_ZONE },
    { "a-leap-second", "2016-12-31T23:59:60Z", NULL, "2017-01-01T00:00:00Z", NULL,
      "2017-01-01T00:00:00Z", TIME_OFFSET },
};

static TimeContext
mail_context (void)
{
    TimeContext context = { .mail_date = { .known = TRUE, .has_zone = TRUE, .offset_s = 3600 } };

    g_assert_true (calendar_parse_rfc3339 (span_of (MAIL_DATE), &context.mail_date.unix_s));
    return context;
}

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    TimeContext context = mail_context ();
    char text[RFC3339_MAX];
    TimeZone hint;
    Stamp stamp;
    When when;

    g_assert_true (time_value (span_of (cases[i].stamp), &stamp));
    if (cases[i].hint != NULL) {
        g_assert_true (time_zone_hint (span_of (cases[i].hint), &hint));
        context.hint = &hint;
    }
    g_assert_true (stamp_resolve (&stamp, &context, &when));
    g_assert_true (when.has_date);
    g_assert_cmpint (when.basis, ==, cases[i].basis);
    g_assert_cmpstr (calendar_rfc3339 (when.local_s, text), ==, cases[i].local);
    g_assert_cmpint (when.ambiguous, ==, cases[i].latest != NULL);
    if (cases[i].utc == NULL)
        return;
    g_assert_cmpstr (calendar_rfc3339 (when.unix_s, text), ==, cases[i].utc);
    g_assert_cmpstr (calendar_rfc3339 (when.latest_s, text), ==,
                     cases[i].latest != NULL ? cases[i].latest : cases[i].utc);
}

static void
test_date_zone (void)
{
    TimeContext context = mail_context ();
    char text[RFC3339_MAX];
    Stamp stamp;
    When when;

    context.guess_zone = TRUE;
    g_assert_true (time_value (span_of ("2026-01-04 03:04:05"), &stamp));
    g_assert_true (stamp_resolve (&stamp, &context, &when));
    g_assert_cmpint (when.basis, ==, TIME_DATE_ZONE);
    g_assert_cmpstr (calendar_rfc3339 (when.unix_s, text), ==, "2026-01-04T02:04:05Z");
    context.mail_date.has_zone = FALSE;
    g_assert_true (stamp_resolve (&stamp, &context, &when));
    g_assert_cmpint (when.basis, ==, TIME_NO_ZONE);
}

static void
test_clock_alone (void)
{
    TimeContext context = mail_context ();
    char text[RFC3339_MAX];
    Stamp clock, date;
    When when;

    g_assert_true (time_value (span_of ("03:04:05"), &clock));
    g_assert_false (stamp_resolve (&clock, &context, &when));
    g_assert_true (time_value (span_of ("4 January"), &date));
    context.date = &date;
    g_assert_true (stamp_resolve (&clock, &context, &when));
    g_assert_cmpstr (calendar_rfc3339 (when.local_s, text), ==, "2026-01-04T03:04:05Z");
}

static void
test_no_mail_date (void)
{
    TimeContext context = { .guess_zone = TRUE };
    Stamp stamp;
    When when;

    g_assert_true (time_value (span_of ("Jan  4 03:04:05"), &stamp));
    g_assert_false (stamp_resolve (&stamp, &context, &when));
    g_assert_true (time_value (span_of ("2026-01-04 03:04:05"), &stamp));
    g_assert_true (stamp_resolve (&stamp, &context, &when));
    g_assert_cmpint (when.basis, ==, TIME_NO_ZONE);
}

int
main (int argc, char **argv)
{
    g_setenv ("TZ", "Asia/Tokyo", TRUE); /* the host's zone plays no part */
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/time/resolve/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    g_test_add_func ("/time/resolve/the-date-header-lends-its-zone", test_date_zone);
    g_test_add_func ("/time/resolve/a-clock-alone-needs-a-date", test_clock_alone);
    g_test_add_func ("/time/resolve/without-a-mail-date", test_no_mail_date);
    return g_test_run ();
}
