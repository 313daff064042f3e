/* Reports about the same thing fold into one case: by rule, and over a mailbox whose cases are
 * known. */
#include "base/calendar.h"
#include "effect/casebook.h"
#include "judge/judge.h"
#include "read/intake.h"
#include "store.h"

#define NOON G_GINT64_CONSTANT (1795176000) /* 2026-11-20T12:00:00Z */
#define DAY 86400
#define SEED 0x1234567890abcdef

/* One rule at a time */

typedef struct Report {
    const char *scenario, *ip, *from,
        *kind; /* NULL: ssh-bruteforce, none, soc@example.org, automated */
    gint days; /* after the first */
    const char *id, *answers, *subject;
    guint port;
} Report;

static LogRow *
row_of (const Report *r, guint n)
{
    LogRow *row = row_new (n);

    row->scenario = r->scenario != NULL ? r->scenario : "ssh-bruteforce";
    row->from_address = row->complainant_address = r->from != NULL ? r->from : "soc@example.org";
    row->complainant = r->kind != NULL ? r->kind : "automated";
    row->received_unix_ms = (NOON + (gint64)r->days * DAY) * 1000;
    row->message_id = r->id != NULL ? r->id : row->message_id;
    row->in_reply_to = r->answers;
    row->subject = r->subject != NULL ? r->subject : row->subject;
    row->n_incidents = r->ip != NULL;
    row->incidents[0].ip = r->ip;
    row->incidents[0].dst_ip = NULL;
    row->incidents[0].dst_port = 0;
    row->incidents[0].src_port = r->port;
    return row;
}

#define A "198.51.100.7"
#define B "198.51.100.8"

static const struct {
    const char *name;
    Report first, second;
    gboolean fold;
} pairs[] = {
    { "same-offender-and-scenario",
      { .ip = A },
      { .ip = A, .from = "x@example.net", .days = 2 },
      TRUE },
    { "too-long-after", { .ip = A }, { .ip = A, .days = 8 }, FALSE },
    { "another-address", { .ip = A }, { .ip = B }, FALSE },
    { "another-scenario", { .ip = A }, { .ip = A, .scenario = "port-scan" }, FALSE },
    { "police-of-two-places",
      { .ip = A, .scenario = "law-enforcement", .from = "a@one.example" },
      { .ip = A, .scenario = "law-enforcement", .from = "b@two.example" },
      FALSE },
    { "police-of-one-place",
      { .ip = A,
        .scenario = "law-enforcement",
        .from = "a@one.example",
        .kind = "law-enforcement" },
      { .ip = A,
        .scenario = "law-enforcement",
        .from = "b@one.example",
        .kind = "law-enforcement" },
      TRUE },
    { "an-answer",
      { .ip = A, .id = "1@x" },
      { .answers = "1@x", .kind = "person", .days = 40 },
      TRUE },
    { "an-answer-of-another-scenario",
      { .ip = A, .id = "1@x" },
      { .ip = B, .scenario = "trace-request", .answers = "1@x", .kind = "person" },
      TRUE },
    { "a-program-that-threads-all-it-sends",
      { .ip = A, .id = "1@x" },
      { .ip = B, .answers = "1@x" },
      FALSE },
    { "an-answer-to-something-old",
      { .ip = A, .id = "1@x" },
      { .answers = "1@x", .kind = "person", .days = 91 },
      FALSE },
    { "both-answer-what-we-have-not",
      { .answers = "ours@example.com", .kind = "person" },
      { .answers = "ours@example.com", .kind = "person", .from = "x@example.net", .subject = "Y" },
      TRUE },
    { "sent-twice", { .id = "1@x" }, { .id = "1@x", .subject = "Y" }, TRUE },
    { "one-moment-from-two", /* the provider forwards, and calls it something else */
      { .ip = A, .port = 40001 },
      { .ip = A,
        .port = 40001,
        .scenario = "provider-notice",
        .from = "noc@isp.example",
        .days = 9 },
      TRUE },
    { "one-moment-and-no-port", { .ip = A }, { .ip = A, .scenario = "ddos" }, FALSE },
    { "no-offender-same-subject",
      { .subject = "Daily report 17" },
      { .subject = "Re: Daily report 18", .days = 1 },
      TRUE },
    { "no-offender-other-reporter",
      { .subject = "Daily report 17" },
      { .subject = "Daily report 17", .from = "x@example.net" },
      FALSE },
    { "an-earlier-one-that-came-late", { .ip = A }, { .ip = A, .days = -3 }, TRUE },
    { "no-complaint", { .ip = A }, { .ip = A, .scenario = "not-a-complaint" }, FALSE },
    { "six-and-four", { .ip = "2001:db8::7" }, { .ip = A }, FALSE },
};

static void
test_pair (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autoptr (LogRow) first = row_of (&pairs[i].first, 1), second = row_of (&pairs[i].second, 2);
    g_autoptr (CaseBook) book = casebook_new (SEED);

    g_assert_false (casebook_fold (book, first));
    g_assert_cmpstr (first->case_id, ==, first->id);
    g_assert_cmpint (casebook_fold (book, second), ==, pairs[i].fold);
    if (pairs[i].fold)
        g_assert_cmpstr (second->case_id, ==, first->id);
    else
        g_assert_cmpstr (second->case_id, !=, first->id);
}

static void
test_no_complaint_opens_none (void)
{
    g_autoptr (CaseBook) book = casebook_new (SEED);
    g_autoptr (LogRow) row = row_of (&(Report) { .ip = A, .scenario = "not-a-complaint" }, 1);

    g_assert_false (casebook_fold (book, row));
    g_assert_null (row->case_id);
    g_assert_cmpuint (casebook_size (book), ==, 0);
}

static void
test_a_network_holds_its_addresses (void)
{
    g_autoptr (CaseBook) book = casebook_new (SEED);
    g_autoptr (LogRow) net = row_of (&(Report) { .ip = "198.51.100.0" }, 1);
    g_autoptr (LogRow) one = row_of (&(Report) { .ip = A }, 2);
    g_autoptr (LogRow) outside = row_of (&(Report) { .ip = "203.0.113.7" }, 3);

    net->incidents[0].bits = 24;
    g_assert_false (casebook_fold (book, net));
    g_assert_true (casebook_fold (book, one));
    g_assert_false (casebook_fold (book, outside));
}

static void
test_a_closed_case_only_by_its_thread (void)
{
    g_autoptr (CaseBook) book = casebook_new (SEED);
    g_autoptr (LogRow) first = row_of (&(Report) { .ip = A, .id = "1@x" }, 1);
    g_autoptr (LogRow) answer =
        row_of (&(Report) { .ip = A, .kind = "person", .answers = "1@x" }, 2);
    g_autoptr (LogRow) again = row_of (&(Report) { .ip = A }, 3);
    g_autoptr (LogRow) copy = row_of (&(Report) { .ip = A, .id = "1@x" }, 5);
    g_autoptr (LogRow) next = row_of (&(Report) { .ip = A }, 4);

    casebook_fold (book, first);
    casebook_close_case (book, first->id, TRUE);
    g_assert_false (casebook_fold (book, again));
    g_assert_false (again->follow_up);
    g_assert_true (casebook_fold (book, copy));
    g_assert_cmpstr (copy->case_id, ==, first->id);
    g_assert_false (copy->follow_up); /* nothing new is asked */
    g_assert_true (casebook_fold (book, answer));
    g_assert_true (answer->follow_up);
    g_assert_cmpstr (answer->case_id, ==, first->id);
    g_assert_true (casebook_fold (book, next)); /* which is open again */
}

static void
test_what_was_learnt_folds (void)
{
    g_autoptr (CaseBook) book = casebook_new (SEED), later = casebook_new (SEED + 1);
    g_autoptr (LogRow) first = row_of (&(Report) { .ip = A }, 1);
    g_autoptr (LogRow) second = row_of (&(Report) { .ip = B }, 2);
    g_autoptr (LogRow) third = row_of (&(Report) { .ip = B }, 3);

    casebook_fold (book, first);
    casebook_fold (book, second);
    casebook_learn (later, second); /* the newest first, as it is read */
    casebook_learn (later, first);
    g_assert_true (casebook_fold (later, third));
    g_assert_cmpstr (third->case_id, ==, second->id);
}

static void
test_it_does_not_grow_without_end (void)
{
    g_autoptr (CaseBook) book = casebook_new (SEED);
    g_autoptr (LogRow) first = NULL, last = NULL;

    for (guint i = 0; i < CASEBOOK_MAX_CASES + 50; i++) {
        char ip[IP_TEXT_MAX];
        g_autoptr (LogRow) row = NULL;

        g_snprintf (ip, sizeof ip, "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
        row = row_of (&(Report) { .ip = ip }, i);
        g_assert_false (casebook_fold (book, row));
    }
    g_assert_cmpuint (casebook_size (book), ==, CASEBOOK_MAX_CASES);
    first = row_of (&(Report) { .ip = "10.0.0.0" }, 90000); /* forgotten */
    last = row_of (&(Report) { .ip = "10.0.39.60" }, 90001);
    g_assert_false (casebook_fold (book, first));
    g_assert_true (casebook_fold (book, last));
}

/* A mailbox: mails as they come, read and judged as the milter does it */

typedef struct Mailbox {
    GPtrArray *mails, *rows; /* char *, LogRow * */
    GArray *truth;           /* of guint: the number of the case */
    GArray *at;              /* of gint64: received, unix s */
    guint cases;
} Mailbox;

static void put_mail (Mailbox *m, guint of_case, gint64 at, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
put_mail (Mailbox *m, guint of_case, gint64 at, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_ptr_array_add (m->mails, g_strdup_vprintf (format, args));
    va_end (args);
    g_array_append_val (m->truth, of_case);
    g_array_append_val (m->at, at);
}

static void
stamp (char ret[32], gint64 at)
{
    g_autoptr (GDateTime) t = g_date_time_new_from_unix_utc (at);
    g_autofree char *text = g_date_time_format (t, "%b %d %H:%M:%S");

    g_strlcpy (ret, text, 32);
}

static void
put_ssh (Mailbox *m, guint of_case, gint64 at, const char *ip, const char *from, guint line)
{
    char when[32];

    stamp (when, at - 600);
    put_mail (m, of_case, at,
              "From: Fail2Ban <fail2ban@%s>\r\nTo: abuse@example.com\r\n"
              "Subject: [Fail2Ban] sshd: banned %s\r\nMessage-ID: <%u.%u@%s>\r\n\r\n"
              "The IP %s has just been banned after several attempts against sshd.\r\n"
              "Times are UTC.\r\n\r\n%s host sshd[%u]: Failed password for invalid user "
              "admin from %s port %u ssh2\r\n",
              from, ip, of_case, line, from, ip, when, 1000 + line, ip, 40000 + line);
}

/* The same thing on several days, from one or several reporters. */
static void
add_repeats (Mailbox *m, guint i)
{
    guint c = m->cases++;
    g_autofree char *ip = g_strdup_printf ("198.51.100.%u", i);
    gint64 at = NOON + (gint64)i * 7200;

    for (guint k = 0; k < 4; k++) {
        g_autofree char *from = g_strdup_printf ("host%u.example.org", k % 2 + 1);

        put_ssh (m, c, at + k * DAY, ip, from, i * 10 + k);
    }
}

/* What was complained about in add_repeats(), five weeks later. */
static void
add_relapse (Mailbox *m, guint i)
{
    g_autofree char *ip = g_strdup_printf ("198.51.100.%u", i);

    put_ssh (m, m->cases++, NOON + 35 * DAY + (gint64)i * 7200, ip, "host1.example.org",
             i * 10 + 9);
}

/* A person complains, asks again, and again. */
static void
add_thread (Mailbox *m, guint i)
{
    guint c = m->cases++;
    gint64 at = NOON + (gint64)i * 5400;
    char when[32];

    stamp (when, at - 3600);
    put_mail (m, c, at,
              "From: Ann Writer <ann%u@mail.example.net>\r\nTo: abuse@example.com\r\n"
              "Subject: Spam in my guest book\r\nMessage-ID: <first.%u@mail.example.net>\r\n\r\n"
              "Somebody at 203.0.113.%u posted comment spam in my guest book at %s UTC, with\r\n"
              "links to pills. Please stop this.\r\n\r\nAnn\r\n",
              i, i, i, when);
    put_mail (m, c, at + 3 * DAY,
              "From: Ann Writer <ann%u@mail.example.net>\r\nTo: abuse@example.com\r\n"
              "Subject: Re: Spam in my guest book\r\nMessage-ID: <second.%u@mail.example.net>\r\n"
              "In-Reply-To: <first.%u@mail.example.net>\r\n\r\n"
              "I have heard nothing of you so far. When will you act on my complaint?\r\n",
              i, i, i);
    put_mail (
        m, c, at + 15 * DAY,
        "From: Ann Writer <ann%u@mail.example.net>\r\nTo: abuse@example.com\r\n"
        "Subject: Re: Spam in my guest book\r\nMessage-ID: <third.%u@mail.example.net>\r\n"
        "In-Reply-To: <our-answer.%u@example.com>\r\n"
        "References: <second.%u@mail.example.net> <our-answer.%u@example.com>\r\n\r\n"
        "Your answer does not help me: the spam goes on, from the same address. Who is it?\r\n",
        i, i, i, i, i);
}

/* One notice that comes from its author, and forwarded by two providers. */
static void
add_forwards (Mailbox *m, guint i)
{
    static const char *const intro[] = {
        "Please see the report below and take care of it within 24 hours.",
        "We received the following complaint about your server. Please look into it."
    };
    guint c = m->cases++;
    gint64 at = NOON + (gint64)i * 3600;
    g_autofree char *notice = NULL;
    char when[RFC3339_MAX];

    calendar_rfc3339 (at - 7200, when);
    notice = g_strdup_printf (
        "Notice of claimed infringement under the DMCA. We act for the copyright owner.\r\n\r\n"
        "Title: The Invented Film, part %u\r\nIP Address: 192.0.2.%u\r\nPort: %u\r\n"
        "Timestamp: %s\r\nProtocol: BitTorrent\r\nPlease remove or disable access to it.\r\n",
        i, i, 50000 + i, when);
    put_mail (m, c, at,
              "From: Notices <notices@rights.example>\r\nTo: abuse@example.com\r\nMessage-ID: "
              "<n%u@rights.example>\r\nSubject: Notice of claimed infringement, case %u\r\n\r\n%s",
              i, 7000 + i, notice);
    for (guint k = 0; k < 2; k++)
        put_mail (m, c, at + (k + 1) * 40000,
                  "From: Abuse desk <abuse@isp%u.example>\r\nTo: abuse@example.com\r\nMessage-ID: "
                  "<t%u@isp%u.example>\r\nSubject: Abuse report, ticket %u%u\r\n\r\nHello,\r\n\r\n"
                  "%s\r\n\r\n---------- Forwarded message ----------\r\nFrom: Notices "
                  "<notices@rights.example>\r\nSubject: Notice of claimed infringement, case "
                  "%u\r\n\r\n%s",
                  k, i, k, k, i, intro[k], 7000 + i, notice);
}

/* A feed that names several of our addresses every day, mostly the same. */
static void
add_feed (Mailbox *m, guint i)
{
    guint c = m->cases++;

    for (guint day = 0; day < 6; day++) {
        g_autoptr (GString) list = g_string_new (NULL);
        gint64 at = NOON + (gint64)i * 1800 + day * DAY;
        char when[RFC3339_MAX];

        calendar_rfc3339 (at - 20000, when);
        for (guint k = 0; k < 4; k++)
            g_string_append_printf (list, "%s 192.0.2.%u port scan of ports 22, 23, 80, 443\r\n",
                                    when, 100 + i * 10 + day / 3 + k);
        put_mail (m, c, at,
                  "From: Scan feed <feed%u@sensor.example>\r\nTo: abuse@example.com\r\nMessage-ID: "
                  "<%u.%u@sensor.example>\r\nAuto-Submitted: auto-generated\r\n"
                  "Subject: Port scans from your network, day %u\r\n\r\n"
                  "Our sensors saw port scans from these addresses (UTC):\r\n\r\n%s\r\n",
                  i, i, day, day, list->str);
    }
}

/* Look-alikes: each a case of its own. */
static void
add_singles (Mailbox *m, guint i)
{
    gint64 at = NOON + (gint64)i * 4000;
    char when[32];

    stamp (when, at - 900);
    put_mail (
        m, m->cases++, at,
        "From: Officer Example <desk@police%u.example>\r\nTo: abuse@example.com\r\nMessage-ID: "
        "<p%u@police%u.example>\r\nSubject: Request for subscriber data\r\n\r\n"
        "The criminal police of town %u investigates a fraud. Please tell us who used\r\n"
        "198.51.100.250 at %s UTC, and preserve all data.\r\n",
        i, i, i, i, when);
    put_mail (m, m->cases++, at,
              "From: Admin <admin%u@web.example>\r\nTo: abuse@example.com\r\nMessage-ID: "
              "<w%u@web.example>\r\nSubject: DDoS from 198.51.100.%u\r\n\r\nWe are under a "
              "denial of service attack: a UDP flood comes from 198.51.100.%u since %s UTC.\r\n",
              i, i, i, i, when);
}

static void
fill_mailbox (Mailbox *m)
{
    for (guint i = 1; i <= 40; i++)
        add_repeats (m, i);
    for (guint i = 1; i <= 34; i++)
        add_relapse (m, i);
    for (guint i = 1; i <= 30; i++)
        add_thread (m, i);
    for (guint i = 1; i <= 26; i++)
        add_forwards (m, i);
    for (guint i = 1; i <= 8; i++)
        add_feed (m, i);
    for (guint i = 1; i <= 45; i++)
        add_singles (m, i);
}

static LogRow *
judge_one (const Knowledge *know, const char *mail, gint64 at, guint n)
{
    static const Envelope envelope = { NULL, "x@example.org", "abuse@example.com" };
    g_autoptr (Arena) a = arena_new (64 << 20);
    const Verdict *v = judge_mail (know, a, span_of (mail), at);
    guint8 random[10] = { [8] = (guint8)(n >> 8), [9] = (guint8)n };
    char id[ULID_LEN + 1];

    ulid_make (at * 1000, random, id);
    return logrow_new (v, &envelope, id, at * 1000);
}

static gint
by_time (gconstpointer a, gconstpointer b, gpointer data)
{
    const Mailbox *m = data;
    gint64 x = g_array_index (m->at, gint64, *(const guint *)a);
    gint64 y = g_array_index (m->at, gint64, *(const guint *)b);

    return x < y ? -1 : x > y;
}

static void
judge_all (Mailbox *m)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Knowledge) know = knowledge_load_from (NULL, "scenarios", mistakes);
    g_autoptr (CaseBook) book = casebook_new (SEED);
    g_autofree guint *order = g_new (guint, m->mails->len);

    g_assert_nonnull (know);
    m->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    for (guint i = 0; i < m->mails->len; i++) {
        order[i] = i;
        g_ptr_array_add (m->rows, judge_one (know, g_ptr_array_index (m->mails, i),
                                             g_array_index (m->at, gint64, i), i));
    }
    g_qsort_with_data (order, (gint)m->mails->len, sizeof *order, by_time, m);
    for (guint i = 0; i < m->mails->len; i++)
        casebook_fold (book, g_ptr_array_index (m->rows, order[i]));
}

static void
tell_pair (const Mailbox *m, guint i, guint k, const char *what)
{
    const LogRow *a = g_ptr_array_index (m->rows, i), *b = g_ptr_array_index (m->rows, k);

    g_test_message ("%s: %s (%s, %s) and %s (%s, %s)", what, a->subject, a->scenario,
                    a->accused != NULL ? a->accused : "-", b->subject, b->scenario,
                    b->accused != NULL ? b->accused : "-");
}

static void
test_a_mailbox (void)
{
    Mailbox m = { g_ptr_array_new_with_free_func (g_free), NULL,
                  g_array_new (FALSE, FALSE, sizeof (guint)),
                  g_array_new (FALSE, FALSE, sizeof (gint64)), 0 };
    guint both = 0, only_ours = 0, only_true = 0, told = 0;

    fill_mailbox (&m);
    judge_all (&m);
    for (guint i = 0; i < m.rows->len; i++)
        for (guint k = 0; k < i; k++) {
            const LogRow *a = g_ptr_array_index (m.rows, i), *b = g_ptr_array_index (m.rows, k);
            gboolean ours = a->case_id != NULL && g_strcmp0 (a->case_id, b->case_id) == 0;
            gboolean truly = g_array_index (m.truth, guint, i) == g_array_index (m.truth, guint, k);

            both += ours && truly;
            only_ours += ours && !truly;
            only_true += !ours && truly;
            if (ours != truly && told++ < 20)
                tell_pair (&m, i, k, ours ? "wrongly together" : "wrongly apart");
        }
    g_test_message ("%u mails of %u cases: pair precision %.3f, recall %.3f", m.rows->len, m.cases,
                    (double)both / (both + only_ours), (double)both / (both + only_true));
    g_assert_cmpuint (m.rows->len, ==, 500);
    g_assert_cmpfloat ((double)both / (both + only_ours), >=, 0.95);
    g_assert_cmpfloat ((double)both / (both + only_true), >=, 0.90);
    g_ptr_array_unref (m.mails);
    g_ptr_array_unref (m.rows);
    g_array_unref (m.truth);
    g_array_unref (m.at);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
        g_autofree char *path = g_strconcat ("/cases/pair/", pairs[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_pair);
    }
    g_test_add_func ("/cases/no-complaint-opens-none", test_no_complaint_opens_none);
    g_test_add_func ("/cases/a-network-holds-its-addresses", test_a_network_holds_its_addresses);
    g_test_add_func ("/cases/a-closed-case-only-by-its-thread",
                     test_a_closed_case_only_by_its_thread);
    g_test_add_func ("/cases/what-was-learnt-folds", test_what_was_learnt_folds);
    g_test_add_func ("/cases/it-does-not-grow-without-end", test_it_does_not_grow_without_end);
    g_test_add_func ("/cases/a-mailbox", test_a_mailbox);
    return g_test_run ();
}
