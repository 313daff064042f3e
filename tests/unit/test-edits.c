/* What actions make of a mail. */
#include "effect/edits.h"

typedef struct Case {
    const char *name, *actions, *scenario;
    Priority priority;
    const char *subject, *recipients, *want;
} Case;

#define RCPT "<abuse@example.net>"

static const Case cases[] = {
    { "none", "", "phishing", PRIORITY_URGENT, "s", RCPT, "" },
    { "tag", "[{subject_tag: '[{scenario}/{priority}]'}]", "phishing", PRIORITY_HIGH, "Hello", RCPT,
      "subject [phishing/high] Hello\n" },
    { "tag-without-a-subject", "[{subject_tag: T}]", "ddos", PRIORITY_LOW, NULL, RCPT,
      "subject T\n" },
    { "tagged-once", "[{subject_tag: '[abuse]'}]", "ddos", PRIORITY_LOW, "Re: [abuse] Hello", RCPT,
      "" },
    { "two-tags", "[{subject_tag: A}, {subject_tag: B}]", "ddos", PRIORITY_LOW, "Hello", RCPT,
      "subject B A Hello\n" },
    { "folded", "[{subject_tag: T}]", "ddos", PRIORITY_LOW, "one\n two\n\tthree", RCPT,
      "subject T one\n two\n\tthree\n" },
    { "injecting-subject", "[{subject_tag: T}]", "ddos", PRIORITY_LOW, "one\r\nX-Evil: y\nBcc: z",
      RCPT, "subject T one  X-Evil: y Bcc: z\n" },
    { "by-scenario", "[{scenario: phishing, subject_tag: T}]", "ddos", PRIORITY_LOW, "s", RCPT,
      "" },
    { "by-scenarios", "[{scenario: [phishing, ddos], quarantine: why}]", "ddos", PRIORITY_LOW, "s",
      RCPT, "quarantine why\n" },
    { "by-priority", "[{priority: [high, urgent], add_recipient: a@b.example}]", "ddos",
      PRIORITY_URGENT, "s", RCPT, "add <a@b.example>\n" },
    { "not-by-priority", "[{priority: [high, urgent], add_recipient: a@b.example}]", "ddos",
      PRIORITY_NORMAL, "s", RCPT, "" },
    { "both-must-hold", "[{scenario: ddos, priority: low, quarantine: x}]", "ddos", PRIORITY_HIGH,
      "s", RCPT, "" },
    { "recipients-once-each",
      "[{add_recipient: a@b.example}, {add_recipient: c@d.example}, {add_recipient: a@b.example}]",
      "ddos", PRIORITY_LOW, "s", RCPT, "add <a@b.example>\nadd <c@d.example>\n" },
    { "redirect", "[{redirect: '+{scenario}'}]", "ssh-bruteforce", PRIORITY_LOW, "s", RCPT,
      "redirect <abuse@example.net> <abuse+ssh-bruteforce@example.net>\n" },
    { "redirect-bare-address", "[{redirect: '-{priority}'}]", "ddos", PRIORITY_LOW, "s",
      "abuse@example.net", "redirect abuse@example.net <abuse-low@example.net>\n" },
    { "redirect-all-watched", "[{redirect: +x}]", "ddos", PRIORITY_LOW, "s",
      "<a@example.net> <b@example.net>",
      "redirect <a@example.net> <a+x@example.net>\nredirect <b@example.net> <b+x@example.net>\n" },
    { "redirected-already", "[{redirect: +x}]", "ddos", PRIORITY_LOW, "s",
      "<abuse+y@example.net> <@example.net> <nobody> <>", "" },
    { "first-redirect-and-quarantine",
      "[{redirect: +a, quarantine: one}, {redirect: +b, quarantine: two}]", "ddos", PRIORITY_LOW,
      "s", RCPT, "redirect <abuse@example.net> <abuse+a@example.net>\nquarantine one\n" },
};

static char *
print (const Edits *e)
{
    GString *out = g_string_new (NULL);

    if (e->subject != NULL)
        g_string_append_printf (out, "subject %s\n", e->subject);
    for (guint i = 0; i < e->add_recipients.n; i++)
        g_string_append_printf (out, "add %s\n", e->add_recipients.items[i]);
    for (guint i = 0; i < e->redirects.n; i++)
        g_string_append_printf (out, "redirect %s %s\n", e->redirects.items[i].from,
                                e->redirects.items[i].to);
    if (e->quarantine != NULL)
        g_string_append_printf (out, "quarantine %s\n", e->quarantine);
    return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *yaml = g_strdup_printf ("%s%s", *c->actions ? "actions: " : "", c->actions);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = settings_parse ("t.yaml", span_of (yaml), mistakes);
    g_auto (GStrv) recipients = g_strsplit (c->recipients, " ", -1);
    g_autoptr (Arena) arena = arena_new (1 << 16);
    Verdict v = { .scenario = c->scenario, .priority = c->priority };
    g_autofree char *got = NULL;
    Edits edits;

    g_assert_nonnull (s);
    edits_make (arena, s, &v, c->subject, (const char *const *)recipients, &edits);
    got = print (&edits);
    g_assert_cmpstr (got, ==, c->want);
}

static void
test_no_memory (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = settings_parse (
        "t.yaml",
        span_of ("actions: [{subject_tag: T, redirect: +x, add_recipient: a@b.c, quarantine: q}]"),
        mistakes);
    const char *const recipients[] = { RCPT, NULL };
    Verdict v = { .scenario = "ddos" };

    for (gsize limit = 0; limit < 512; limit += 16) {
        g_autoptr (Arena) arena = arena_new (limit);
        Edits edits;

        edits_make (arena, s, &v, "subject", recipients, &edits);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strconcat ("/edits/", cases[i].name, NULL);

        g_test_add_data_func (name, &cases[i], test_case);
    }
    g_test_add_func ("/edits/hardly-any-memory", test_no_memory);
    return g_test_run ();
}
