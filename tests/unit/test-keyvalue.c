/* Which "Key: value" lines are evidence, and which are the sender's own words. */
#include "read/intake.h"
#include "read/read.h"

/* A letter a line that is not empty, as in test-lines: P prose, E evidence. */
static const char letters[N_ZONES + 1] = "SPERQGBA";

static const struct {
    const char *name, *body, *want;
    guint values; /* addresses, ports, URLs and times found */
} cases[] = {
    { "fields", "Source IP: 198.51.100.7\nDestination port: 22\nTime: 2026-11-20 03:04:05 UTC\n",
      "EEE", 3 },
    { "key-is-half-a-sentence", "The IP address that attacked us: 198.51.100.7\n", "P", 1 },
    { "key-of-four-words", "IP address of attacker: 198.51.100.7\n", "E", 1 },
    { "value-is-half-a-sentence",
      "The following URL: https://www.example.net/x is a phishing page\n", "P", 1 },
    { "value-of-few-words", "URL: https://www.example.net/x (phishing page)\n", "E", 1 },
    { "names-are-no-sentence",
      "Source IP: 198.51.100.7 Example Hosting Ltd Network Of Many Names\n", "E", 1 },
    { "commas", "Source IP: 198.51.100.7 which we have seen, again and again.\n", "P", 1 },
    { "sentence-within-a-block",
      "Source IP: 198.51.100.7\nComment: somebody guesses our passwords all day\nPort: 22\n", "EPE",
      2 },
    { "word-within-a-block", "Source IP: 198.51.100.7\nComment: password guessing\nPort: 22\n",
      "EEE", 2 },
    { "no-latin-letters",
      "IP: 198.51.100.7 \xd0\xbd\xd0\xb0 \xd1\x8d\xd1\x82\xd0\xbe\xd0\xbc "
      "\xd1\x81\xd0\xb0\xd0\xb9\xd1\x82\xd0\xb5 \xd1\x84\xd0\xb8\xd1\x88\xd0\xb8\xd0\xbd\xd0\xb3\n",
      "P", 1 },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autofree char *mail = g_strconcat (
        "From: a@example.org\nContent-Type: text/plain; charset=utf-8\n\n", cases[i].body, NULL);
    gsize n = strlen (mail);
    g_autofree char *exact = g_memdup2 (mail, n);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autoptr (GString) zones = g_string_new (NULL);
    const Facts *facts = facts_read (intake_read (arena, (Span) { exact, exact + n }), shapes);
    guint values = 0;

    for (guint k = 0; k < facts->lines.n; k++)
        if (facts->lines.items[k].part > 0 && span_left (facts->lines.items[k].text) > 0)
            g_string_append_c (zones, letters[facts->lines.items[k].zone]);
    for (guint k = 0; k < facts->facts.n; k++) {
        FactKind kind = facts->facts.items[k].kind;

        values +=
            kind == FACT_ADDRESS || kind == FACT_PORT || kind == FACT_URL || kind == FACT_TIME;
    }
    g_assert_cmpstr (zones->str, ==, cases[i].want);
    g_assert_cmpuint (values, ==, cases[i].values);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/keyvalue/zones/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    return g_test_run ();
}
