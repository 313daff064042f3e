/* Whose Authentication-Results are believed. */
#include "effect/report_json.h"
#include "judge/trust.h"

#define AR(text)                                                                                   \
    {                                                                                              \
        "Authentication-Results", text                                                             \
    }
#define PASS AR ("mx.example.net; spf=pass smtp.mailfrom=a@example.org")
#define FORGED AR ("mx.example.net; spf=pass; dkim=pass; dmarc=pass")
#define BORDER                                                                                     \
    {                                                                                              \
        "Received", "from mail.example.org (mail.example.org [192.0.2.5]) by mx.example.net "      \
                    "(Postfix) with "                                                              \
                    "ESMTP id 4Xq; Fri, 20 Nov 2026 03:04:05 +0000"                                \
    }
#define INSIDE                                                                                     \
    {                                                                                              \
        "Received", "from mx.example.net (mx.example.net [198.51.100.25]) by "                     \
                    "store.mx.example.net with LMTP; x"                                            \
    }
#define FOREIGN                                                                                    \
    {                                                                                              \
        "Received", "from a.example.org by mail.example.org; Fri, 20 Nov 2026 03:04:00 +0000"      \
    }

static const struct {
    const char *name, *authserv_id;
    const char *want; /* "spf dkim dmarc", '-' null */
    Header headers[8];
} cases[] = {
    { "nobody-is-trusted", NULL, "- - -", { PASS, BORDER } },
    { "no-such-field", "mx.example.net", "unknown unknown unknown", { BORDER, FOREIGN } },
    { "above-the-first-hop", "mx.example.net", "pass unknown unknown", { PASS, BORDER, FOREIGN } },
    { "below-our-own-hop", "mx.example.net", "pass unknown unknown", { BORDER, PASS, FOREIGN } },
    { "several-fields",
      "mx.example.net",
      "pass none unknown",
      { PASS, AR ("mx.example.net; dkim=none"), FOREIGN } },
    { "the-upper-one-counts",
      "mx.example.net",
      "fail pass pass",
      { AR ("mx.example.net; spf=fail"), FORGED, FOREIGN } },
    { "case-of-the-name", "MX.example.NET", "pass unknown unknown", { PASS } },
    { "somebody-else's",
      "mx.example.net",
      "unknown unknown unknown",
      { AR ("mail.example.org; spf=pass"), AR ("xmx.example.net; spf=pass"),
        AR ("example.net; spf=pass"), BORDER } },
    { "below-a-foreign-hop",
      "mx.example.net",
      "unknown unknown unknown",
      { BORDER, FOREIGN, FORGED } },
    { "behind-a-forged-hop",
      "mx.example.net",
      "unknown unknown unknown",
      { BORDER, BORDER, FORGED } },
    { "within-the-house",
      "mx.example.net",
      "pass unknown unknown",
      { INSIDE, BORDER, PASS, FOREIGN } },
    { "our-name-in-the-helo",
      "mx.example.net",
      "unknown unknown unknown",
      { { "Received", "from mx.example.net (unknown [203.0.113.9]) by mx.example.net (Postfix)" },
        BORDER,
        FORGED } },
    { "by-in-a-comment",
      "mx.example.net",
      "unknown unknown unknown",
      { { "Received", "from a (x by mx.example.net (y)) by mail.example.org; z" }, FORGED } },
    { "name-that-ends-like-ours",
      "mx.example.net",
      "unknown unknown unknown",
      { { "Received", "from a by notmx.example.net; z" }, FORGED } },
    { "hop-without-by",
      "mx.example.net",
      "unknown unknown unknown",
      { { "Received", "from mx.example.net" }, FORGED } },
    { "empty-hop", "mx.example.net", "unknown unknown unknown", { { "Received", "" }, FORGED } },
    { "malformed",
      "mx.example.net",
      "unknown unknown unknown",
      { AR ("mx.example.net; spf=pass (") } },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    Settings settings = { .authserv_id = cases[i].authserv_id };
    Message m = { .headers = cases[i].headers, .message_id = "", .from_address = "" };
    Facts facts = { .message = &m, .format = "text" };
    Verdict v = { .facts = &facts, .scenario = "ddos", .format = "text" };
    g_autoptr (GString) got = g_string_new (NULL);
    g_autoptr (Json) report = NULL;
    const Json *auth;

    while (m.n_headers < G_N_ELEMENTS (cases[i].headers) && m.headers[m.n_headers].name != NULL)
        m.n_headers++;
    trust_find (&v, &settings);
    report = report_json (&v, "x", NULL);
    auth = json_get (json_get (report, "complainant"), "auth");
    g_assert_true (json_is_object (auth));
    for (guint k = 0; k < N_AUTH_METHODS; k++) {
        const char *said = json_text (json_get (auth, auth_method_name ((AuthMethod)k)));

        g_string_append_printf (got, "%s%s", k > 0 ? " " : "", said != NULL ? said : "-");
    }
    g_assert_cmpstr (got->str, ==, cases[i].want);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/trust/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    return g_test_run ();
}
