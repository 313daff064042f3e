#include "base/calendar.h"
#include "know/exit_list.h"

#define BLOCK_A                                                                                    \
    "ExitNode 0000000000000000000000000000000000000001\n"                                          \
    "Published 2026-11-19 18:00:00\n"                                                              \
    "LastStatus 2026-11-20 11:00:00\n"                                                             \
    "ExitAddress 198.51.100.7 2026-11-20 02:00:00\n"
#define BLOCK_B /* it moved: the older address is of the past */                                   \
    "ExitNode 0000000000000000000000000000000000000002\n"                                          \
    "Published 2026-11-19 18:00:00\n"                                                              \
    "LastStatus 2026-11-20 10:00:00\n"                                                             \
    "ExitAddress 198.51.100.20 2026-11-20 03:00:00\n"                                              \
    "ExitAddress 198.51.100.21 2026-11-17 03:00:00\n"
#define COLLECTOR(moment) "@type tordnsel 1.0\nDownloaded " moment "\n"

typedef struct Case {
    const char *name, *text, *written, *ip, *from, *to, *expected;
} Case;

#define AT(moment) "2026-11-" moment ":00Z"
#define WRITTEN AT ("20T12:00")
#define BULK "# made by hand\n198.51.100.7\n\n198.51.100.8\n"

static const Case cases[] = {
    { "seen-at-the-minute", BLOCK_A, WRITTEN, "198.51.100.7", AT ("20T02:00"), NULL,
      "yes, seen as an exit 2026-11-20T02:00:00Z" },
    { "until-the-relay's-last-status", BLOCK_A, WRITTEN, "198.51.100.7", AT ("20T10:30"), NULL,
      "yes, seen as an exit 2026-11-20T10:30:00Z" },
    { "a-day-before-the-test", BLOCK_A, WRITTEN, "198.51.100.7", AT ("19T02:00"), NULL,
      "yes, seen as an exit 2026-11-20T02:00:00Z" },
    { "more-than-a-day-before-the-test", BLOCK_A, WRITTEN, "198.51.100.7", AT ("19T01:59"), NULL,
      "unknown, no list is of that time, the nearest is of 2026-11-20T11:00:00Z" },
    { "a-day-after-the-last-status", BLOCK_A, WRITTEN, "198.51.100.7", AT ("21T11:00"), NULL,
      "yes, seen as an exit 2026-11-20T11:00:00Z" },
    { "after-the-list", BLOCK_A, WRITTEN, "198.51.100.7", AT ("21T11:01"), NULL,
      "unknown, no list is of that time, the nearest is of 2026-11-20T11:00:00Z" },
    { "not-listed", BLOCK_A, WRITTEN, "198.51.100.9", AT ("20T02:00"), NULL,
      "no, not in the list of 2026-11-20T11:00:00Z" },
    { "not-listed-and-fresh", BLOCK_A, WRITTEN, "198.51.100.9", AT ("20T14:00"), NULL,
      "no, not in the list of 2026-11-20T11:00:00Z" },
    { "not-listed-and-too-old", BLOCK_A, WRITTEN, "198.51.100.9", AT ("20T14:01"), NULL,
      "unknown, no list is of that time, the nearest is of 2026-11-20T11:00:00Z" },
    { "not-listed-long-ago", BLOCK_A, WRITTEN, "198.51.100.9", AT ("19T10:59"), NULL,
      "unknown, no list is of that time, the nearest is of 2026-11-20T11:00:00Z" },
    { "it-moved-away", BLOCK_B, WRITTEN, "198.51.100.21", AT ("20T03:00"), NULL,
      "no, last seen as an exit 2026-11-17T03:00:00Z" },
    { "where-it-was", BLOCK_B, WRITTEN, "198.51.100.21", AT ("17T20:00"), NULL,
      "yes, seen as an exit 2026-11-17T03:00:00Z" },
    { "where-it-is", BLOCK_B, WRITTEN, "198.51.100.20", AT ("20T10:00"), NULL,
      "yes, seen as an exit 2026-11-20T10:00:00Z" },
    { "not-in-the-list-of-that-day",
      COLLECTOR ("2026-11-20 12:00:00") BLOCK_A COLLECTOR ("2026-11-18 22:00:00") BLOCK_B, WRITTEN,
      "198.51.100.7", AT ("18T22:30"), NULL, "no, not in the list of 2026-11-18T22:00:00Z" },
    { "collector-says-when", COLLECTOR ("2026-11-20 20:00:00") BLOCK_A, WRITTEN, "198.51.100.9",
      AT ("20T22:00"), NULL, "no, not in the list of 2026-11-20T20:00:00Z" },
    { "bulk-is-of-its-file's-time", BULK, WRITTEN, "198.51.100.8", AT ("20T01:00"), NULL,
      "yes, seen as an exit 2026-11-20T12:00:00Z" },
    { "bulk-not-listed", BULK, WRITTEN, "198.51.100.9", AT ("20T01:00"), NULL,
      "no, not in the list of 2026-11-20T12:00:00Z" },
    { "bulk-of-another-day", BULK, WRITTEN, "198.51.100.8", AT ("18T01:00"), NULL,
      "unknown, no list is of that time, the nearest is of 2026-11-20T12:00:00Z" },
    { "ipv6", "ExitNode A\nExitAddress 2001:db8::7 2026-11-20 02:00:00\n", WRITTEN, "2001:db8::7",
      AT ("20T02:30"), NULL, "yes, seen as an exit 2026-11-20T02:00:00Z" },
    { "ipv6-not-listed", "2001:db8::7\n", WRITTEN, "2001:db8::8", AT ("20T02:30"), NULL,
      "no, not in the list of 2026-11-20T12:00:00Z" },
    { "lists-of-ipv4-say-nothing-of-ipv6", BLOCK_A, WRITTEN, "2001:db8::7", AT ("20T02:30"), NULL,
      "unknown, the lists hold no IPv6 addresses" },
    { "crlf-and-no-end-of-line", "198.51.100.7\r\n198.51.100.8", WRITTEN, "198.51.100.8",
      AT ("20T11:00"), NULL, "yes, seen as an exit 2026-11-20T12:00:00Z" },
    { "empty", "", WRITTEN, "198.51.100.8", AT ("20T11:00"), NULL,
      "unknown, there is no exit list" },
    { "comments-alone", "# nothing\n", WRITTEN, "198.51.100.8", AT ("20T11:00"), NULL,
      "unknown, there is no exit list" },
    { "range-within", BLOCK_A, WRITTEN, "198.51.100.7", AT ("19T20:00"), AT ("20T11:00"),
      "yes, seen as an exit 2026-11-20T02:00:00Z" },
    { "range-beyond", BLOCK_A, WRITTEN, "198.51.100.7", AT ("20T10:00"), AT ("22T11:00"),
      "unknown, no list is of that time, the nearest is of 2026-11-20T11:00:00Z" },
    { "range-not-listed", BLOCK_A, WRITTEN, "198.51.100.9", AT ("20T01:00"), AT ("20T11:00"),
      "no, not in the list of 2026-11-20T11:00:00Z" },
    { "range-while-it-moved", BLOCK_B COLLECTOR ("2026-11-18 08:00:00") BLOCK_B, WRITTEN,
      "198.51.100.21", AT ("18T02:00"), AT ("20T02:00"),
      "unknown, an exit for a part of the time that it may have been" },
};

static gint64
moment (const char *text)
{
    gint64 at;

    g_assert_true (calendar_parse_rfc3339 (span_of (text), &at));
    return at;
}

static ExitListRead
add_exact (ExitList *x, const char *text, const char *written)
{
    gsize n = strlen (text);
    g_autofree char *exact = g_malloc (n + (n == 0));

    memcpy (exact, text, n);
    return exit_list_add (x, (Span) { exact, exact + n }, moment (written));
}

static char *
find (const ExitList *x, const char *address, const char *from, const char *to)
{
    ExitFound found;
    char when[RFC3339_MAX];
    Ip ip;

    g_assert_true (ip_parse (span_of (address), &ip));
    found = exit_list_find (x, &ip, moment (from), moment (to != NULL ? to : from));
    return g_strdup_printf ("%s, %s%s%s", exit_answer_name (found.answer),
                            exit_reason_text (found.reason), found.at_unix_s != 0 ? " " : "",
                            found.at_unix_s != 0 ? calendar_rfc3339 (found.at_unix_s, when) : "");
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (ExitList) x = exit_list_new ();
    ExitListRead read = add_exact (x, c->text, c->written);
    g_autofree char *got = NULL;

    exit_list_finish (x);
    got = find (x, c->ip, c->from, c->to);
    g_assert_cmpstr (got, ==, c->expected);
    g_assert_cmpuint (read.ignored, ==, 0);
}

static const struct {
    const char *name, *text;
    guint sightings, ignored, line;
} strange[] = {
    { "html", "<html>\n<body>403</body>\n", 0, 2, 1 },
    { "cut-off", "ExitNode A\nExitAddress 198.51.100.7 2026-11-20 02:00:00\nExitAddress 198.51.1",
      1, 1, 3 },
    { "no-address", "ExitAddress example.org 2026-11-20 02:00:00\n", 0, 1, 1 },
    { "no-time", "198.51.100.7\nExitAddress 198.51.100.7\n", 1, 1, 2 },
    { "octet-above-255", "198.51.100.256\n198.51.100.7\n", 1, 1, 1 },
    { "no-such-day", "ExitAddress 198.51.100.7 2026-02-30 02:00:00\n", 0, 1, 1 },
    { "time-with-zone", "ExitAddress 198.51.100.7 2026-11-20 02:00:00+01:00\n", 0, 1, 1 },
    { "network", "198.51.100.0/24\n", 0, 1, 1 },
    { "another-type", "@type server-descriptor 1.0\n198.51.100.7\n", 1, 1, 1 },
    { "bad-status", "ExitNode A\nLastStatus never\nExitAddress 198.51.100.7 2026-11-20 02:00:00\n",
      1, 1, 2 },
};

static void
test_strange (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autoptr (ExitList) x = exit_list_new ();
    ExitListRead read = add_exact (x, strange[i].text, WRITTEN);

    exit_list_finish (x);
    g_assert_cmpuint (read.sightings, ==, strange[i].sightings);
    g_assert_cmpuint (read.ignored, ==, strange[i].ignored);
    g_assert_cmpuint (read.first_ignored_line, ==, strange[i].line);
    g_assert_cmpuint (exit_list_addresses (x), ==, strange[i].sightings);
}

static void
test_files_together (void)
{
    g_autoptr (ExitList) x = exit_list_new ();
    g_autofree char *old = NULL, *new = NULL;

    g_assert_cmpint (exit_list_newest_unix_s (x), ==, G_MININT64);
    add_exact (x, BLOCK_A, WRITTEN);
    add_exact (x, "198.51.100.7\n198.51.100.7\n192.0.2.1\n", AT ("10T12:00"));
    add_exact (x, "198.51.100.7\n", AT ("24T12:00"));
    exit_list_finish (x);
    g_assert_cmpuint (exit_list_addresses (x), ==, 2);
    g_assert_cmpint (exit_list_newest_unix_s (x), ==, moment (AT ("24T12:00")));
    old = find (x, "198.51.100.7", AT ("10T10:00"), NULL);
    new = find (x, "192.0.2.1", AT ("24T10:00"), NULL);
    g_assert_cmpstr (old, ==, "yes, seen as an exit 2026-11-10T12:00:00Z");
    g_assert_cmpstr (new, ==, "no, last seen as an exit 2026-11-10T12:00:00Z");
}

/* Against the plain way: every line asked. */
static void
test_many (void)
{
    enum { N = 3000 };
    g_autoptr (ExitList) x = exit_list_new ();
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree gboolean *listed = g_new0 (gboolean, 65536);

    for (guint i = 0; i < N; i++) {
        guint host = (guint)g_test_rand_int_range (0, 65536);

        listed[host] = TRUE;
        g_string_append_printf (text, "198.18.%u.%u\n", host >> 8, host & 255);
    }
    add_exact (x, text->str, WRITTEN);
    exit_list_finish (x);
    for (guint host = 0; host < 65536; host++) {
        Ip ip = { 4, { 198, 18, (guint8)(host >> 8), (guint8)host } };
        ExitAnswer answer = exit_list_find (x, &ip, moment (WRITTEN), moment (WRITTEN)).answer;

        g_assert_cmpint (answer, ==, listed[host] ? EXIT_YES : EXIT_NO);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/exit-list/find/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (strange); i++) {
        g_autofree char *path = g_strconcat ("/exit-list/strange/", strange[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_strange);
    }
    g_test_add_func ("/exit-list/find/several-files", test_files_together);
    g_test_add_func ("/exit-list/find/many-as-one-by-one", test_many);
    return g_test_run ();
}
