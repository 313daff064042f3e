#include "shell/inbound.h"
#include <glib/gstdio.h>

static Ration *ration; /* of all the mails here */

static Inbound *
given_mail (const char *yaml)
{
    Knowledge *know = g_new0 (Knowledge, 1);

    know->refs = 1;
    know->settings = settings_defaults ();
    if (yaml != NULL) {
        g_autofree char *path = NULL;
        g_autoptr (Mistakes) mistakes = mistakes_new ();
        int fd = g_file_open_tmp ("inbound-XXXXXX.yaml", &path, NULL);

        g_assert_cmpint (fd, >=, 0);
        g_assert_true (g_file_set_contents (path, yaml, -1, NULL));
        settings_unref (know->settings);
        know->settings = settings_load (path, mistakes);
        g_assert_nonnull (know->settings);
        g_remove (path);
        g_close (fd, NULL);
    }
    return inbound_new (know, ration, "<sender@example.org>");
}

static void
assert_bytes (const Inbound *in, const char *wanted)
{
    Span got = inbound_bytes (in);

    g_assert_cmpmem (got.p, span_left (got), wanted, strlen (wanted));
}

static void
test_raw (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    inbound_header (in, "Subject", " one\n  two", TRUE);
    inbound_header (in, "X-Empty", "", TRUE);
    inbound_header (in, "From", "a@example.org", FALSE);
    inbound_header (in, "X-CRLF", " a\r\n b", TRUE);
    inbound_end_of_headers (in);
    g_assert_true (inbound_body (in, (const guint8 *)"text\r\n", 6));
    assert_bytes (in,
                  "Subject: one\r\n  two\r\nX-Empty:\r\nFrom: a@example.org\r\nX-CRLF: a\r\n b\r\n"
                  "\r\ntext\r\n");
    g_assert_false (in->cut);
}

static void
test_empty (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    assert_bytes (in, "");
    g_assert_cmpuint (in->forged->len, ==, 0);
}

static void
test_limit (void)
{
    g_autoptr (Inbound) in = given_mail ("message_limit: 64KiB\n");
    g_autofree char *chunk = g_strnfill (65536, 'x');

    g_assert_true (inbound_body (in, (const guint8 *)chunk, 65536));
    g_assert_false (in->cut);
    g_assert_false (inbound_body (in, (const guint8 *)"y", 1));
    g_assert_true (in->cut);
    g_assert_cmpuint (span_left (inbound_bytes (in)), ==, 65536);
}

static void
test_limit_in_headers (void)
{
    g_autoptr (Inbound) in = given_mail ("message_limit: 64KiB\n");
    g_autofree char *chunk = g_strnfill (70000, 'x');

    inbound_header (in, "X-Large", chunk, TRUE);
    inbound_header (in, "X-Abuse-Id", " behind the limit", TRUE);
    g_assert_true (in->cut);
    g_assert_cmpuint (span_left (inbound_bytes (in)), ==, 65536);
    g_assert_cmpuint (in->forged->len, ==, 1);
}

static guint
forged_count (const Inbound *in, const char *name)
{
    for (guint i = 0; i < in->forged->len; i++)
        if (strcmp (g_array_index (in->forged, Forged, i).name, name) == 0)
            return g_array_index (in->forged, Forged, i).count;
    return 0;
}

static void
test_forged (void)
{
    static const char *const fields[] = { "X-Abuse-Id",       "X-Abuse-Scenario", "x-abuse-id",
                                          "X-ABUSE-ID",       "X-Abuse-Id ",      "X-Abuse",
                                          "X-Abuse-Anything", "Y-X-Abuse-Id",     "X-Abuse_Id",
                                          "X-Abuse-Scenario", "X-Abuse-" };
    g_autoptr (Inbound) in = given_mail (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        inbound_header (in, fields[i], " x", TRUE);
    g_assert_cmpuint (in->forged->len, ==, 4);
    g_assert_cmpuint (forged_count (in, "X-Abuse-Id"), ==, 4);
    g_assert_cmpuint (forged_count (in, "X-Abuse-Scenario"), ==, 2);
    g_assert_cmpuint (forged_count (in, "X-Abuse-Anything"), ==, 1);
    g_assert_cmpuint (forged_count (in, "X-Abuse-"), ==, 1);
}

/* A mail of nothing but forged names is remembered in bounded memory, and ours among them are seen.
 */
static void
test_many_forged (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    for (guint i = 0; i < 20000; i++) {
        g_autofree char *name = g_strdup_printf ("X-Abuse-%u", i);

        inbound_header (in, name, " x", TRUE);
        inbound_header (in, "X-Abuse-Priority", " low", TRUE);
    }
    inbound_header (in, "X-Abuse-SCENARIO", " x", TRUE);
    g_assert_cmpuint (in->forged->len, <=, INBOUND_MAX_FORGED + 10);
    g_assert_cmpuint (forged_count (in, "X-Abuse-Priority"), ==, 20000);
    g_assert_cmpuint (forged_count (in, "X-Abuse-SCENARIO"), ==, 1);
}

static void
test_own_prefix (void)
{
    g_autoptr (Inbound) in = given_mail ("header_prefix: X-Complaint-\n");

    inbound_header (in, "X-Abuse-Id", " x", TRUE);
    g_assert_cmpuint (in->forged->len, ==, 0);
    inbound_header (in, "x-complaint-id", " x", TRUE);
    g_assert_cmpuint (in->forged->len, ==, 1);
}

static void
test_envelope (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    g_assert_cmpstr (in->sender, ==, "sender@example.org");
    inbound_recipient (in, "<bob@example.net>", NULL);
    g_assert_false (in->watched);
    inbound_recipient (in, "<Abuse@Example.net>", NULL);
    g_assert_true (in->watched);
    inbound_recipient (in, "<>", NULL);
    g_assert_cmpstr (in->recipients->str, ==, "bob@example.net, Abuse@Example.net, ");
}

static void
test_rewritten (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    inbound_recipient (in, "<postmaster@example.net>", "abuse@example.net");
    g_assert_true (in->watched);
}

static void
test_many_recipients (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    for (guint i = 0; i < 1000; i++)
        inbound_recipient (in, "<somebody@example.net>", NULL);
    inbound_recipient (in, "<abuse@example.net>", NULL);
    g_assert_true (in->watched);
    g_assert_cmpuint (in->recipients->len, <=, INBOUND_MAX_ENVELOPE + 3);
    g_assert_true (g_str_has_suffix (in->recipients->str, ", ..."));
}

static void
test_subject (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    inbound_header (in, "subject", " first\n  folded", TRUE);
    inbound_header (in, "Subject", " second", TRUE);
    g_assert_cmpstr (in->subject, ==, "first\n  folded");
}

static void
test_watched_as (void)
{
    g_autoptr (Inbound) in = given_mail (NULL);

    inbound_recipient (in, "<bob@example.net>", NULL);
    inbound_recipient (in, "<alias@example.net>", "abuse@example.net");
    for (guint i = 0; i < 2 * INBOUND_MAX_RECIPIENTS; i++)
        inbound_recipient (in, "<abuse@example.net>", NULL);
    g_assert_cmpuint (in->watched_as->len, ==, INBOUND_MAX_RECIPIENTS);
    g_assert_cmpstr (in->watched_as->pdata[0], ==, "<alias@example.net>");
}

/* All that mails hold stays below what is left for them; what is given back can be held by others.
 */
static void
test_ration (void)
{
    const char *small =
        "message_limit: 1MiB\nmemory_limit: 4MiB\nmemory_total: 39MiB\nmax_wait: 20ms\n";
    g_autofree char *body = g_strnfill (1 << 20, 'x');
    Inbound *mails[5];

    for (guint i = 0; i < 5; i++) {
        mails[i] = given_mail (small);
        inbound_body (mails[i], (const guint8 *)body, 1 << 20);
        g_assert_cmpuint (ration_held (ration), <=, 3 << 20);
        g_assert_cmpint (mails[i]->short_of_memory, ==, i >= 3);
        g_assert_cmpint (mails[i]->cut, ==, i >= 3);
    }
    g_assert_cmpuint (span_left (inbound_bytes (mails[4])), ==, 0);
    g_assert_cmpuint (mails[4]->wait_left_ms, ==, 0);
    inbound_free (mails[0]);
    inbound_forget_bytes (mails[1]);
    inbound_forget_bytes (mails[2]);
    g_assert_cmpuint (span_left (inbound_bytes (mails[1])), ==, 0);
    g_assert_cmpuint (ration_held (ration), ==, 0);
    mails[0] = given_mail (small);
    g_assert_true (inbound_body (mails[0], (const guint8 *)body, 1 << 20));
    for (guint i = 0; i < 5; i++)
        inbound_free (mails[i]);
    g_assert_cmpuint (ration_held (ration), ==, 0);
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    ration = ration_new ();
    g_test_add_func ("/inbound/raw/header-fields-are-rebuilt", test_raw);
    g_test_add_func ("/inbound/raw/nothing-sent-is-empty", test_empty);
    g_test_add_func ("/inbound/limit/the-body-stops-there", test_limit);
    g_test_add_func ("/inbound/limit/forged-fields-behind-it-are-still-seen",
                     test_limit_in_headers);
    g_test_add_func ("/inbound/forged/index-counts-each-name-in-any-case", test_forged);
    g_test_add_func ("/inbound/forged/prefix-of-the-settings", test_own_prefix);
    g_test_add_func ("/inbound/envelope/watched-in-any-case", test_envelope);
    g_test_add_func ("/inbound/envelope/rewritten-recipient-counts", test_rewritten);
    g_test_add_func ("/inbound/envelope/list-of-recipients-is-bounded", test_many_recipients);
    g_test_add_func ("/inbound/envelope/watched-recipients-as-the-mta-wrote-them", test_watched_as);
    g_test_add_func ("/inbound/forged/bounded-but-ours-are-seen", test_many_forged);
    g_test_add_func ("/inbound/subject/the-first", test_subject);
    g_test_add_func ("/inbound/ration/shared-by-all", test_ration);
    status = g_test_run ();
    ration_free (ration);
    return status;
}
