/* Time that ends anywhere: the budget alone, and mails judged with one that ends at each place
 * where it is asked. */
#include "effect/headers.h"
#include "judge/judge.h"
#include "read/intake.h"

#ifndef SCENARIOS
#define SCENARIOS "scenarios"
#endif
#define NOW 1795161600

static gint64
next_ms (gpointer data) /* each look at the clock is a millisecond */
{
    return ++*(gint64 *)data * 1000;
}

static void
test_alone (void)
{
    gint64 looks = 0;
    Budget b = budget_new (next_ms, &looks, 3), part;
    guint asked = 0;

    g_assert_false (budget_over (NULL));
    g_assert_false (budget_ask (NULL));
    while (!budget_over (&b))
        asked++;
    g_assert_cmpuint (asked, ==, 3 * BUDGET_STRIDE - 1);
    g_assert_true (budget_over (&b));
    looks = -1000;
    g_assert_true (budget_ask (&b)); /* for good */
    looks = 0;
    b = budget_new (next_ms, &looks, 1000);
    part = budget_part (&b, 50);
    g_assert_cmpint (part.until_us, ==, 2000 + (b.until_us - 2000) / 2);
    part = budget_part (NULL, 50);
    g_assert_false (budget_ask (&part));
}

static Knowledge *
knowledge (void)
{
    static Knowledge *know;
    g_autoptr (Mistakes) mistakes = mistakes_new ();

    if (know == NULL)
        know = knowledge_load_from (NULL, SCENARIOS, mistakes);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    return know;
}

/* Judges with a budget of so many looks; how many there were is the answer, for one without end. */
static gint64
judge_within (const char *mail, guint limit, Arena *arena, const Verdict **ret)
{
    gint64 looks = 0;
    Budget budget = budget_new (next_ms, &looks, limit);

    *ret = judge_mail_with (knowledge (), arena, span_of (mail), NOW,
                            &(JudgeOptions) { .budget = &budget });
    g_assert_nonnull (*ret);
    g_assert_null ((*ret)->facts->message->budget);
    return looks;
}

static gboolean
says (const Verdict *v, const char *text)
{
    const Message *m = v->facts->message;

    for (guint i = 0; i < m->defects.n; i++)
        if (strstr (m->defects.items[i], text) != NULL)
            return TRUE;
    return FALSE;
}

static const char complaint[] =
    "From: s@example.org\r\nTo: abuse@example.net\r\nSubject: SSH attack from 198.51.100.7\r\n"
    "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
    "Your address 198.51.100.7 tried to guess passwords. Please stop this and send us logs.\r\n\r\n"
    "Source IP: 198.51.100.7\r\nPort: 22\r\n\r\n"
    "Nov 20 03:04:05 h sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2\r\n"
    "Nov 20 03:04:09 h sshd[4711]: Failed password for root from 198.51.100.7 port 43123 ssh2\r\n"
    "--b\r\nContent-Type: text/plain; name=log.txt\r\n\r\n"
    "2026-11-20 03:05:00 UTC 198.51.100.7 login failed\r\n--b--\r\n";

static const char material[] =
    "From: hotline@example.org\r\nTo: abuse@example.net\r\n"
    "Subject: child sexual abuse material at www.bad.example\r\n"
    "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\n"
    "We found child sexual abuse material (CSAM) at http://www.bad.example/secret-path/\r\n"
    "hosted at 198.51.100.7. Remove it at once and preserve data for the police.\r\n";

static void
test_anywhere (void)
{
    g_autoptr (Arena) whole = arena_new (1 << 26);
    const Verdict *v;
    gint64 looks = judge_within (complaint, 1 << 30, whole, &v);
    guint unclassified = 0, finished = 0;

    g_assert_cmpstr (v->scenario, ==, "ssh-bruteforce");
    g_assert_false (says (v, "time_limit"));
    g_assert_cmpint (looks, >, 10);
    for (guint limit = 0; limit < looks + 2; limit++) {
        g_autoptr (Arena) arena = arena_new (1 << 26);

        judge_within (complaint, limit, arena, &v);
        g_assert_cmpstr (v->scenario, !=, "not-a-complaint");
        g_assert_true (v->complaint);
        unclassified += strcmp (v->scenario, "unclassified") == 0;
        finished += !says (v, "time_limit");
        if (strcmp (v->scenario, "ssh-bruteforce") != 0)
            g_assert_true (says (v, "takes more time than time_limit allows"));
    }
    g_assert_cmpuint (unclassified, >, 0);
    g_assert_cmpuint (finished, >, 0);
}

static void
assert_not_repeated (const Verdict *v)
{
    g_autoptr (Arena) arena = arena_new (1 << 20);
    HeaderLine lines[HEADERS_MAX];
    guint n = headers_make (arena, v, "X-Abuse-", NULL, lines);

    for (guint i = 0; i < n; i++)
        g_assert_null (strstr (lines[i].value, "bad.example"));
    g_assert_cmpuint (v->n_urls, ==, 0);
    g_assert_null (strstr (v->facts->message->subject, "bad.example"));
    for (guint i = 0; i < v->n_signals; i++)
        g_assert_true (v->signals[i].text == NULL ||
                       strstr (v->signals[i].text, "bad.example") == NULL);
}

/* Whoever had no time to see what it is must not repeat it. */
static void
test_withheld_anywhere (void)
{
    g_autoptr (Arena) whole = arena_new (1 << 26);
    const Verdict *v;
    gint64 looks = judge_within (material, 1 << 30, whole, &v);

    g_assert_cmpstr (v->scenario, ==, "child-abuse");
    for (guint limit = 0; limit < looks + 2; limit++) {
        g_autoptr (Arena) arena = arena_new (1 << 26);

        judge_within (material, limit, arena, &v);
        assert_not_repeated (v);
    }
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    intake_init ();
    g_test_add_func ("/budget/alone", test_alone);
    g_test_add_func ("/budget/ends-anywhere", test_anywhere);
    g_test_add_func ("/budget/withheld-wherever-it-ends", test_withheld_anywhere);
    status = g_test_run ();
    knowledge_unref (knowledge ());
    return status;
}
