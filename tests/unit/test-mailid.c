/* A stored mail's time, id and envelope; and the line of progress. */
#include "effect/mailid.h"
#include "read/intake.h"
#include "shell/progress.h"

#define NOW G_GINT64_CONSTANT (1763600000) /* 2025-11-20T00:53:20Z */

typedef struct Dated {
    const char *name, *header;
    gint64 unix_s; /* 0: none */
} Dated;

static const Dated dated[] = {
    { "received-above-date",
      "Received: from a.example.org by mx.example.com; Thu, 20 Nov 2025 00:00:00 +0000\n"
      "Received: from b.example.org by a.example.org; Wed, 19 Nov 2025 00:00:00 +0000\n"
      "Date: Tue, 18 Nov 2025 00:00:00 +0000\n",
      1763596800 },
    { "folded",
      "Received: from a.example.org (a.example.org [192.0.2.1])\n\tby mx.example.com;\n"
      "\tThu, 20 Nov 2025 01:00:00 +0100\n",
      1763596800 },
    { "crlf", "Date: Thu, 20 Nov 2025 00:00:00 +0000\r\nSubject: x\r\n", 1763596800 },
    { "undated-received", "Received: by mx.example.com\nDate: Thu, 20 Nov 2025 00:00:00 +0000\n",
      1763596800 },
    { "future-received",
      "Received: by mx.example.com; Fri, 20 Nov 2026 00:00:00 +0000\n"
      "Date: Thu, 20 Nov 2025 00:00:00 +0000\n",
      1763596800 },
    { "future", "Date: Fri, 20 Nov 2026 00:00:00 +0000\n", 0 },
    { "ancient", "Date: Thu, 1 Jan 1970 00:00:00 +0000\n", 0 },
    { "nonsense", "Date: soon\n", 0 },
    { "nothing", "", 0 },
    { "not-of-the-body", "Subject: x\n\nDate: Thu, 20 Nov 2025 00:00:00 +0000\n", 0 },
};

static void
test_dated (gconstpointer data)
{
    const Dated *d = data;
    g_autofree char *mail = g_strconcat (d->header, "\nbody\n", NULL);
    MailId id;

    mailid_make (span_of (mail), NOW, &id);
    g_assert_cmpint (id.dated, ==, d->unix_s != 0);
    g_assert_cmpint (id.received_unix_ms, ==, (d->unix_s != 0 ? d->unix_s : NOW) * 1000);
    g_assert_true (ulid_valid (id.id));
    g_assert_cmpint (ulid_unix_ms (id.id), ==, id.received_unix_ms);
}

#define DATE "Date: Thu, 20 Nov 2025 00:00:00 +0000"

static void
id_of (const char *mail, gint64 now, char ret[ULID_LEN + 1])
{
    MailId id;

    mailid_make (span_of (mail), now, &id);
    g_strlcpy (ret, id.id, ULID_LEN + 1);
}

static void
test_same (void)
{
    static const char *const same[] = {
        DATE "\nSubject: x\n\nbody\n",
        DATE "\r\nSubject: x\r\n\r\nbody\r\n",
        DATE "\nSubject: x\n\nbody\n\n\n",
        DATE "\nStatus: RO\nSubject: x\nX-UID: 17\nContent-Length:\n 5\n\nbody\n",
        DATE "\nX-Mozilla-Status2: 00000000\nSubject: x\n\nbody",
    };
    char first[ULID_LEN + 1], id[ULID_LEN + 1];

    id_of (same[0], NOW, first);
    for (guint i = 1; i < G_N_ELEMENTS (same); i++) {
        id_of (same[i], NOW + i, id);
        g_assert_cmpstr (id, ==, first);
    }
}

static void
test_different (void)
{
    static const char *const different[] = {
        DATE "\nSubject: x\n\nbody\n",   DATE "\nSubject: y\n\nbody\n",
        DATE "\nSubject: x\n\nbody 2\n", DATE "\nSubject: x\nbody\n",
        DATE "\n\nSubject: x\n\nbody\n", DATE "\nSubject: x\n\nStatus: RO\nbody\n",
        DATE "\nSubject: x\n\nbo\ndy\n",
    };
    char ids[G_N_ELEMENTS (different)][ULID_LEN + 1];

    for (guint i = 0; i < G_N_ELEMENTS (different); i++) {
        id_of (different[i], NOW, ids[i]);
        for (guint k = 0; k < i; k++)
            g_assert_cmpstr (ids[k], !=, ids[i]);
    }
}

static void
test_undated (void)
{
    char early[ULID_LEN + 1], late[ULID_LEN + 1];

    id_of ("Subject: x\n\nbody\n", NOW, early);
    id_of ("Subject: x\n\nbody\n", NOW + 1, late);
    g_assert_cmpstr (early, !=, late);
    g_assert_cmpstr (early + MAILID_DIGEST_AT, ==, late + MAILID_DIGEST_AT);
}

static void
test_envelope (void)
{
    static const char mail[] = "Return-Path: <kim@example.org>\nDelivered-To: abuse@example.com\n"
                               "Delivered-To: <jo@example.com>\nX-Original-To: no@example.com\n"
                               "From: Kim <other@example.org>\n\nbody\n",
                      bounce[] = "Return-Path: <>\nX-Original-To: abuse@example.com\n\nbody\n",
                      bare[] = "Subject: x\n\nbody\n";
    g_autoptr (Arena) arena = arena_new (1 << 20);
    Envelope e;

    mailid_envelope (intake_read (arena, span_of (mail)), &e);
    g_assert_cmpstr (e.sender, ==, "kim@example.org");
    g_assert_cmpstr (e.recipients, ==, "abuse@example.com, jo@example.com");
    mailid_envelope (intake_read (arena, span_of (bounce)), &e);
    g_assert_cmpstr (e.sender, ==, "");
    g_assert_cmpstr (e.recipients, ==, "abuse@example.com");
    mailid_envelope (intake_read (arena, span_of (bare)), &e);
    g_assert_null (e.sender);
    g_assert_null (e.recipients);
}

static void
test_progress (void)
{
    char line[PROGRESS_MAX];

    g_assert_cmpstr (progress_line ("import", 0, 200, 0, line), ==,
                     "import  [------------------------------]   0 %  0 of 200");
    g_assert_cmpstr (progress_line ("import", 100, 200, 60000, line), ==,
                     "import  [###############---------------]  50 %  100 of 200, 60 s left");
    g_assert_cmpstr (progress_line ("import", 1, 200, 60000, line), ==,
                     "import  [------------------------------]   0 %  1 of 200, 199 min left");
    g_assert_cmpstr (progress_line ("import", 201, 200, 60000, line), ==,
                     "import  [##############################] 100 %  200 of 200");
    g_assert_cmpstr (progress_line ("import", 7, 0, 60000, line), ==, "import  7");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (dated); i++) {
        g_autofree char *path = g_strconcat ("/mailid/time/", dated[i].name, NULL);

        g_test_add_data_func (path, &dated[i], test_dated);
    }
    g_test_add_func ("/mailid/same", test_same);
    g_test_add_func ("/mailid/different", test_different);
    g_test_add_func ("/mailid/undated", test_undated);
    g_test_add_func ("/mailid/envelope", test_envelope);
    g_test_add_func ("/progress/line", test_progress);
    return g_test_run ();
}
