#include "read/auth_results.h"

static const struct {
    const char *name, *in;
    gboolean ok;
    const char *id, *want; /* "spf dkim dmarc", '-' not said */
} cases[] = {
    { "nothing-reported", "mx.example.net; none", TRUE, "mx.example.net", "- - -" },
    { "version", "mx.example.net 1; none", TRUE, "mx.example.net", "- - -" },
    { "all-three",
      "mx.example.net; dkim=pass header.d=example.org header.s=s1 header.b=\"ab/c+\"; spf=pass "
      "smtp.mailfrom=soc@example.org; dmarc=pass (p=reject dis=none) header.from=example.org",
      TRUE, "mx.example.net", "pass pass pass" },
    { "folded", "mx.example.net;\r\n\tspf=fail\r\n\tsmtp.mailfrom=a@example.org;\r\n\tdkim=none",
      TRUE, "mx.example.net", "fail none -" },
    { "upper-case", "MX.Example.NET; SPF=Pass; DKIM=NONE", TRUE, "MX.Example.NET", "pass none -" },
    { "quoted-id", "\"mx example\"; spf=pass", TRUE, "mx example", "pass - -" },
    { "comments-anywhere",
      "mx.example.net (a) 1 (b) ; (c) spf (d) / (e) 1 (f) = (g (h) \\) i) pass (j) reason (k) = "
      "(l) "
      "\"ok; dkim=pass\" smtp (m) . mailfrom=x",
      TRUE, "mx.example.net", "pass - -" },
    { "soft-and-policy", "mx; spf=softfail; dkim=policy; dmarc=none", TRUE, "mx",
      "fail fail none" },
    { "errors-tell-nothing", "mx; spf=temperror; dkim=neutral; dmarc=permerror", TRUE, "mx",
      "unknown unknown unknown" },
    { "word-that-is-no-result", "mx; dmarc=bestguesspass", TRUE, "mx", "- - unknown" },
    { "best-of-two-signatures", "mx; dkim=fail header.d=a.example; dkim=pass header.d=b.example",
      TRUE, "mx", "- pass -" },
    { "best-of-two-signatures-first", "mx; dkim=pass; dkim=fail", TRUE, "mx", "- pass -" },
    { "sender-before-helo",
      "mx; spf=pass smtp.helo=a.example; spf=fail smtp.mailfrom=b@example.org", TRUE, "mx",
      "fail - -" },
    { "sender-before-helo-first",
      "mx; spf=fail smtp.mailfrom=b@example.org; spf=pass smtp.helo=a.example", TRUE, "mx",
      "fail - -" },
    { "helo-alone", "mx; spf=pass smtp.helo=a.example", TRUE, "mx", "pass - -" },
    { "first-of-two", "mx; dmarc=fail; dmarc=pass", TRUE, "mx", "- - fail" },
    { "other-methods", "mx; iprev=pass policy.iprev=192.0.2.1; auth=pass smtp.auth=x; arc=fail",
      TRUE, "mx", "- - -" },
    { "semicolon-at-the-end", "mx; spf=pass;", TRUE, "mx", "pass - -" },
    { "a-result-in-a-comment", "mx; spf=fail (dkim=pass; dmarc=pass)", TRUE, "mx", "fail - -" },
    { "a-result-in-a-property", "mx; spf=fail smtp.mailfrom=\"a; dkim=pass\"", TRUE, "mx",
      "fail - -" },
    { "words-that-are-no-property", "mx; dkim=pass (ok) whatever @ == header.d=x; spf=fail", TRUE,
      "mx", "fail pass -" },
    { "method-like-another", "mx; xspf=pass; spf2=pass; dkim-atps=pass", TRUE, "mx", "- - -" },
    { "empty", "", FALSE, NULL, NULL },
    { "blank", " \t", FALSE, NULL, NULL },
    { "open-comment", "mx; spf=pass (not closed; dkim=pass", FALSE, NULL, NULL },
    { "open-quote", "mx; spf=pass reason=\"not closed; dkim=pass", FALSE, NULL, NULL },
    { "open-comment-first", "(mx; spf=pass", FALSE, NULL, NULL },
    { "no-result", "mx; spf", FALSE, NULL, NULL },
    { "no-method", "mx; =pass", FALSE, NULL, NULL },
    { "none-and-more", "mx; none; spf", FALSE, NULL, NULL },
    { "two-words-before-the-first", "mx 1 2; spf=pass", FALSE, NULL, NULL },
    { "deep-comments", "mx; spf=pass ((((((((((((((((((((((((a))))))))))))))))))))))))", FALSE,
      NULL, NULL },
    { "backslash-at-the-end", "mx; spf=pass (\\", FALSE, NULL, NULL },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (cases[i].in);
    g_autofree char *exact = g_malloc (n);
    g_autoptr (GString) got = g_string_new (NULL);
    AuthResults r = { .authserv_id = SPAN_LIT ("untouched") };

    if (n > 0)
        memcpy (exact, cases[i].in, n);
    g_assert_cmpint (auth_results_read ((Span) { exact, exact + n }, &r), ==, cases[i].ok);
    if (!cases[i].ok) {
        g_assert_true (span_is (r.authserv_id, "untouched"));
        return;
    }
    g_assert_true (span_is (r.authserv_id, cases[i].id));
    for (guint m = 0; m < N_AUTH_METHODS; m++)
        g_string_append_printf (got, "%s%s", m > 0 ? " " : "",
                                r.results[m] != AUTH_NOT_SAID ? auth_result_name (r.results[m])
                                                              : "-");
    g_assert_cmpstr (got->str, ==, cases[i].want);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/auth-results/read/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    return g_test_run ();
}
