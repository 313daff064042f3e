/* Nothing that is made of a report on child abuse repeats its URLs.  The mails are invented. */
#include "effect/explain.h"
#include "effect/headers.h"
#include "effect/logrow.h"
#include "effect/report_json.h"
#include "judge/judge.h"
#include "judge/trial.h"
#include "judge/withhold.h"
#include "read/intake.h"

#define NOW 1795161600
#define ID "01KAFC0S000000000000000000"

static Knowledge *know;

static const struct {
    const char *name, *mail;
    gboolean withheld;
    const char *ip;         /* of the first incident; NULL: none has one */
    const char *secrets[6]; /* stand in the mail, and in nothing made of it */
} cases[] = {
    { "prose",
      "From: Desk <desk@hotline.example.org>\r\nSubject: CSAM at pics.example.net\r\n\r\n"
      "Our hotline has received a report of child sexual abuse material at\r\n"
      "https://pics.example.net/gallery/secret-path?id=7 and "
      "hxxp://cdn[.]pics[.]example[.]net/b.jpg\r\n"
      "on your server 198.51.100.7.  Please remove it within 24 hours.\r\n",
      TRUE,
      "198.51.100.7",
      { "pics.example", "pics[.]", "secret-path", "gallery" } },
    { "words-in-the-url",
      "From: Desk <desk@hotline.example.org>\r\nSubject: Report\r\n\r\n"
      "Child sexual abuse material is on 198.51.100.7: http://example.net/child-porn-zzqq.html\r\n",
      TRUE,
      "198.51.100.7",
      { "zzqq", "child-porn", "example.net" } },
    { "url-alone",
      "From: Desk <desk@hotline.example.org>\r\nSubject: Child sexual abuse: "
      "http://a.example.net/x1\r\n\r\n"
      "URL: http://a.example.net/x1\r\nPlease take down this child sexual abuse material.\r\n",
      TRUE,
      NULL,
      { "a.example.net", "/x1" } },
    { "host-alone",
      "From: \"Desk for hidden.example.com\" <desk@hotline.example.org>\r\nSubject: Underage "
      "hidden.example.com\r\n\r\n"
      "Domain: hidden.example.com\r\nIP: 198.51.100.7\r\nIndecent images of children, child "
      "pornography.\r\n",
      TRUE,
      "198.51.100.7",
      { "hidden.example", "hidden" } },
    { "cut-quote",
      "From: Desk <desk@hotline.example.org>\r\nSubject: Report\r\n\r\n"
      "Hotline report 5 of 2026: "
      "http://example.net/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/child\r\n"
      "Child sexual exploitation material, address 198.51.100.7\r\n",
      TRUE,
      "198.51.100.7",
      { "aaaaaaaa", "example.net" } },
    { "other-reports-repeat-theirs",
      "From: Desk <desk@hotline.example.org>\r\nSubject: Phishing at pics.example.net\r\n\r\n"
      "A phishing page is at https://pics.example.net/login.\r\n",
      FALSE,
      NULL,
      { NULL } },
};

static char *
headers_of (const Verdict *v)
{
    HeaderLine lines[HEADERS_MAX];
    guint n = headers_make (v->facts->message->arena, v, "X-Abuse-", ID, lines);
    GString *out = g_string_new (NULL);

    for (guint i = 0; i < n; i++)
        g_string_append_printf (out, "%s: %s\n", lines[i].name, lines[i].value);
    return g_string_free (out, FALSE);
}

/* All that the effects make of a verdict. */
static char *
all_of (const Verdict *v)
{
    const Envelope envelope = { "4Xq", "desk@hotline.example.org", "abuse@relay.example.org" };
    g_autoptr (LogRow) row = logrow_new (v, &envelope, ID, NOW * G_GINT64_CONSTANT (1000));
    g_autoptr (Json) report = report_json (v, "mail.eml", ID);
    g_autoptr (Json) logged = logrow_to_json (row);
    g_autofree char *headers = headers_of (v), *json = json_line (report),
                    *log = json_line (logged);
    GString *out = g_string_new (NULL);

    explain_page (out, v, "X-Abuse-", FALSE, 1000);
    g_string_append_printf (out, "%s\n%s\n%s\n", headers, json, log);
    return g_string_free (out, FALSE);
}

static void
assert_silent (const char *text, const char *secret)
{
    g_autofree char *low = g_ascii_strdown (text, -1);

    if (strstr (low, secret) != NULL)
        g_error ("'%s' stands in: %s", secret, text);
}

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), len = strlen (cases[i].mail);
    g_autofree char *exact = g_malloc (len), *all = NULL;
    g_autoptr (Arena) arena = arena_new (64 << 20);
    char ip[IP_TEXT_MAX];
    const Trial *trials;
    const Verdict *v;
    guint n;

    memcpy (exact, cases[i].mail, len);
    trials = trial_of_mail (know, arena, (Span) { exact, exact + len }, NOW, &v, &n);
    all = all_of (v);
    g_assert_cmpint (v->urls_withheld, ==, cases[i].withheld);
    for (gsize k = 0; cases[i].secrets[k] != NULL; k++)
        assert_silent (all, cases[i].secrets[k]);
    if (!cases[i].withheld) {
        g_assert_cmpuint (v->n_urls, >, 0);
        return;
    }
    g_assert_cmpstr (v->scenario, ==, "child-abuse");
    g_assert_cmpint (v->priority, ==, PRIORITY_URGENT);
    g_assert_cmpuint (v->n_signals, >, 0);
    g_assert_nonnull (strstr (all, "URLs are withheld"));
    g_assert_nonnull (strstr (all, "desk@hotline.example.org"));
    for (guint t = 0; t < n; t++)
        for (guint s = 0; s < trials[t].n_signals; s++)
            g_assert_null (trials[t].signals[s].text);
    if (cases[i].ip != NULL)
        g_assert_cmpstr (ip_format (&v->incidents[0].ip, ip), ==, cases[i].ip);
    else
        g_assert_cmpuint (v->n_incidents, ==, 0);
}

/* Wherever the memory ends: what was judged says nothing, even if the finders could not look. */
static void
test_exhausted (void)
{
    guint judged = 0, unjudged = 0, exhausted = 0;

    for (gsize limit = 16 << 10; limit < 128 << 10; limit += 256) {
        g_autoptr (Arena) arena = arena_new (limit);
        const Verdict *v = judge_mail (know, arena, span_of (cases[0].mail), NOW);
        g_autofree char *all = NULL;

        if (!v->urls_withheld) {
            unjudged++;
            continue;
        }
        judged++;
        exhausted += arena_exhausted (arena);
        all = all_of (v);
        for (gsize k = 0; cases[0].secrets[k] != NULL; k++)
            assert_silent (all, cases[0].secrets[k]);
    }
    g_test_message ("%u judged, of them %u without memory at the end; %u not", judged, exhausted,
                    unjudged);
    g_assert_cmpuint (judged, >, 0);
    g_assert_cmpuint (exhausted, >, 0);
    g_assert_cmpuint (unjudged, >, 0);
}

static void
test_runner_up (void)
{
    const Alternative near = { "child-abuse", WITHHOLD_FROM },
                      far = { "child-abuse", WITHHOLD_FROM / 2 };
    Verdict v = { .scenario = "phishing", .alternatives = &near, .n_alternatives = 1 };

    g_assert_true (withhold_asked (&v, know->rules));
    v.alternatives = &far;
    g_assert_false (withhold_asked (&v, know->rules));
}

int
main (int argc, char **argv)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    int status;

    g_test_init (&argc, &argv, NULL);
    intake_init ();
    know = knowledge_load_from (NULL, "scenarios", mistakes);
    g_assert_nonnull (know);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/withhold/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    g_test_add_func ("/withhold/for-a-runner-up", test_runner_up);
    g_test_add_func ("/withhold/where-memory-ends", test_exhausted);
    status = g_test_run ();
    knowledge_unref (know);
    return status;
}
