/* The JSON of a row's details: what goes in comes out, and SQL sees the same. */
#include "effect/logdetail.h"
#include "store.h"

static const char *const strange[] = { "plain",
                                       "",
                                       "\"quoted\" \\ back",
                                       "\x01\x1f\t\n\r",
                                       "\x7f\xc3\xa9\xe2\x82\xac",
                                       "long enough to be no short string, with a \" in its middle",
                                       NULL };

static char *
detail_of (const LogRow *row)
{
    GString *out = g_string_new (NULL);

    logdetail_write (row, out);
    g_assert_cmpuint (strlen (out->str), ==, out->len);
    return g_string_free (out, FALSE);
}

/* Columns are not the detail's: they are copied from `like'. */
static LogRow *
row_from (const char *detail, const LogRow *like)
{
    LogRow *row = row_new (0);
    Arena *a = row->arena;

    *row = *like;
    row->arena = a;
    row->incidents = NULL;
    row->signals = NULL;
    row->alternatives = NULL;
    row->n_incidents = row->n_signals = row->n_alternatives = 0;
    g_assert_true (logdetail_read (detail, row));
    return row;
}

static void
assert_back (const LogRow *row)
{
    g_autofree char *detail = detail_of (row), *first = NULL, *second = NULL;
    g_autoptr (LogRow) back = row_from (detail, row);
    g_autoptr (Json) a = logrow_to_json (row), b = logrow_to_json (back);

    first = json_line (a);
    second = json_line (b);
    g_assert_cmpstr (first, ==, second);
}

static void
test_strange_texts (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (strange); i++) {
        const char *list[] = { "x", strange[i], NULL };
        g_autoptr (LogRow) row = row_new (0);

        row->recipients = strange[i];
        row->urls = list;
        row->incidents[1].url = strange[i];
        row->signals[2].text = strange[i];
        assert_back (row);
    }
}

static void
test_numbers (void)
{
    static const double reals[] = { 0, 0.5, -0.5, -3, 4.25, 0.000001, -12.125, 123456789 };

    for (gsize i = 0; i < G_N_ELEMENTS (reals); i++) {
        g_autoptr (LogRow) row = row_new (0);

        row->signals[0].weight = reals[i];
        row->incidents[1].count = G_MAXINT64;
        row->incidents[2].count = 0;
        row->incidents[0].src_port = 65535;
        row->date_unix_s = i % 2 == 0 ? G_MININT64 : -(gint64)i;
        assert_back (row);
    }
}

static void
test_all_alike_or_none (void)
{
    static const guint lengths[] = { 0, 1, 2, 3 };

    for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
        g_autoptr (LogRow) row = row_new (0);

        row->n_incidents = lengths[i];
        assert_back (row);
        for (guint k = 0; k < 3; k++)
            row->incidents[k] = row->incidents[0];
        assert_back (row);
        memset (&row->incidents[0], 0, sizeof row->incidents[0]); /* nothing is known of one */
        assert_back (row);
    }
}

static void
test_what_is_no_utf8_is_mended (void)
{
    g_autoptr (LogRow) row = row_new (0), back = NULL;
    g_autofree char *detail = NULL;

    row->recipients = "a\xff\"b";
    detail = detail_of (row);
    back = row_from (detail, row);
    g_assert_cmpstr (back->recipients, ==, "a\xef\xbf\xbd\"b");
}

static void
test_what_is_no_detail (void)
{
    static const char *const wrong[] = { "", "[]", "7", "{", "null" };

    for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
        g_autoptr (LogRow) row = row_new (0);

        g_assert_false (logdetail_read (wrong[i], row));
        g_assert_nonnull (row->urls);
    }
}

static void
test_odd_values_are_unknown (void)
{
    static const char text[] =
        "{\"queue_id\":7,\"urls\":{},\"incidents\":{\"all\":[],\"names\":[\"ip\",7,\"nothing\","
        "\"src_port\"],\"each\":[[\"198.51.100.7\",1,2,22],7,[],[null,null,null,\"x\"]]},"
        "\"signals\":7,\"alternatives\":{\"each\":{}}}";
    g_autoptr (LogRow) like = row_new (0), row = row_from (text, like);

    g_assert_null (row->queue_id);
    g_assert_null (row->urls[0]);
    g_assert_cmpuint (row->n_signals, ==, 0);
    g_assert_cmpuint (row->n_incidents, ==, 4);
    g_assert_cmpstr (row->incidents[0].ip, ==, "198.51.100.7");
    g_assert_cmpuint (row->incidents[0].src_port, ==, 22);
    g_assert_null (row->incidents[1].ip);
    g_assert_null (row->incidents[3].ip);
    g_assert_cmpuint (row->incidents[3].src_port, ==, 0);
}

/* The views show what was put. */
static void
test_views (void)
{
    static const struct {
        const char *sql;
        gint64 n;
    } asked[] = {
        { "SELECT count (*) FROM incidents WHERE dst_ip = '203.0.113.9' AND dst_port = 22", 3 },
        { "SELECT count (*) FROM incidents WHERE ip = '198.51.100.1' AND n = 1", 1 },
        { "SELECT sum (where_line) FROM incidents", 14 + 15 + 16 },
        { "SELECT count (*) FROM incidents WHERE url IS NULL", 3 },
        { "SELECT count (*) FROM signals WHERE weight > 3.2 AND name = 'sshd-log'", 2 },
        { "SELECT count (*) FROM alternatives", 0 },
        { "SELECT count (*) FROM urls WHERE url = 'http://example.net/\"x\"' AND n = 0", 1 },
        { "SELECT count (*) FROM refs", 0 },
    };
    const char *urls[] = { "http://example.net/\"x\"", "http://example.net/y", NULL };
    LogRow *row = row_new (0);
    LogStore *log;
    Scratch s;

    scratch_new (&s);
    row->urls = urls;
    log = logstore_open (s.uri, s.spool, AWAIT_S * 1000, NULL);
    g_assert_cmpint (logstore_put (log, row), ==, LOG_COMMITTED);
    logstore_close (log);
    for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
        if (ask (&s, asked[i].sql) != asked[i].n)
            g_error ("%s: not %" G_GINT64_FORMAT, asked[i].sql, asked[i].n);
    scratch_free (&s);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/logdetail/strange-texts", test_strange_texts);
    g_test_add_func ("/logdetail/numbers", test_numbers);
    g_test_add_func ("/logdetail/all-alike-or-none", test_all_alike_or_none);
    g_test_add_func ("/logdetail/what-is-no-utf8-is-mended", test_what_is_no_utf8_is_mended);
    g_test_add_func ("/logdetail/read/what-is-no-detail", test_what_is_no_detail);
    g_test_add_func ("/logdetail/read/odd-values-are-unknown", test_odd_values_are_unknown);
    g_test_add_func ("/logdetail/views", test_views);
    return g_test_run ();
}
