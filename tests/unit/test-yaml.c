#include "base/glob.h"
#include "base/nearest.h"
#include "base/yaml.h"
#include <string.h>

static Yaml *
parse_exact (const char *text, gsize n, Mistakes *mistakes)
{
    g_autofree char *exact = g_malloc (n + (n == 0));

    memcpy (exact, text, n);
    return yaml_parse ("t.yaml", exact, n, mistakes);
}

static void
test_tree (void)
{
    static const char text[] = "# a comment\n"
                               "title: 'no'\n"
                               "on: no\n"
                               "list: [a, {deep: b}]\n"
                               "again: &x\n"
                               "  k: |\n"
                               "    two\n"
                               "    lines\n"
                               "same: *x\n";
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Yaml) y = parse_exact (text, strlen (text), mistakes);
    const YamlNode *root, *list;

    g_assert_nonnull (y);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    root = yaml_root (y);
    g_assert_cmpint (yaml_kind (root), ==, YAML_MAP);
    g_assert_cmpuint (yaml_length (root), ==, 5);
    g_assert_cmpstr (yaml_text (yaml_key (root, 1)), ==, "on");
    g_assert_cmpuint (yaml_line (yaml_key (root, 1)), ==, 3);
    g_assert_true (yaml_plain (yaml_get (root, "on")));
    g_assert_false (yaml_plain (yaml_get (root, "title")));
    list = yaml_get (root, "list");
    g_assert_cmpint (yaml_kind (list), ==, YAML_LIST);
    g_assert_null (yaml_text (list));
    g_assert_cmpstr (yaml_text (yaml_get (yaml_item (list, 1), "deep")), ==, "b");
    g_assert_cmpstr (yaml_text (yaml_get (yaml_get (root, "same"), "k")), ==, "two\nlines\n");
    g_assert_null (yaml_get (root, "nothing"));
}

static const struct {
    const char *name, *text;
    gsize n;             /* 0: strlen */
    const char *mistake; /* NULL: good */
} cases[] = {
    { "empty", "", 0, NULL },
    { "only-a-comment", "# nothing\n", 0, NULL },
    { "only-a-start", "---\n", 0, NULL },
    { "crlf", "a: 1\r\nb: 2\r\n", 0, NULL },
    { "byte-order-mark",
      "\xef\xbb\xbf"
      "a: 1\n",
      0, NULL },
    { "duplicate", "a: 1\nb: 2\na: 3\n", 0, "t.yaml:3: 'a' is given twice" },
    { "list-as-key", "[a, b]: 1\n", 0, "t.yaml:1: a key must be a single word or text" },
    { "second-document", "a: 1\n---\nb: 2\n", 0,
      "t.yaml:3: a second document: one file holds one" },
    { "bad-indent", "a: 1\n  b: 2\n", 0,
      "t.yaml:2: not valid YAML: mapping values are not allowed in this context" },
    { "unclosed", "a: [1, 2\nb: 3\n", 0, NULL }, /* set below: the words are libyaml's */
    { "nul-in-text", "a: \"x\\0y\"\n", 0, "t.yaml:1: a text must not contain NUL" },
    { "bad-utf-8", "a: 1\nb: \xff\n", 0, "t.yaml:2: not valid YAML: invalid leading UTF-8 octet" },
    { "nul-in-file", "a: 1\n\0", 6,
      "t.yaml:2: not valid YAML: control characters are not allowed" },
    { "unknown-alias", "a: *b\n", 0, NULL },
    { "alias-to-itself", "a: &a [*a]\n", 0, "t.yaml:1: nested deeper than 16" },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Yaml) y =
        parse_exact (cases[i].text, cases[i].n > 0 ? cases[i].n : strlen (cases[i].text), mistakes);
    g_autofree char *told = mistakes_text (mistakes);
    g_autofree char *want = NULL;

    if (strcmp (cases[i].name, "unclosed") == 0 || strcmp (cases[i].name, "unknown-alias") == 0) {
        g_assert_null (y);
        g_assert_true (g_str_has_prefix (told, "t.yaml:"));
        return;
    }
    want = cases[i].mistake != NULL ? g_strconcat (cases[i].mistake, "\n", NULL) : g_strdup ("");
    g_assert_cmpstr (told, ==, want);
    g_assert_true ((y != NULL) == (cases[i].mistake == NULL));
}

static void
test_every_duplicate_is_told (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Yaml) y = parse_exact ("a: 1\na: 2\nb: {c: 1, c: 2}\n", 26, mistakes);

    g_assert_null (y);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 2);
    g_assert_cmpstr (mistakes_get (mistakes, 1), ==, "t.yaml:3: 'c' is given twice");
}

/* Nine lists of nine aliases each: 9^9 values in 300 bytes. */
static void
test_laughs (void)
{
    g_autoptr (GString) text = g_string_new ("a0: &a0 [x]\n");
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Yaml) y = NULL;

    for (int i = 1; i <= 9; i++) {
        g_string_append_printf (text, "a%d: &a%d [", i, i);
        for (int j = 0; j < 9; j++)
            g_string_append_printf (text, "*a%d,", i - 1);
        g_string_append (text, "]\n");
    }
    y = parse_exact (text->str, text->len, mistakes);
    g_assert_null (y);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 1);
    g_assert_nonnull (strstr (mistakes_get (mistakes, 0), "more than 20000 values in one file"));
}

static void
test_load_names_the_file (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();

    g_assert_null (yaml_load ("/nonexistent/x.yaml", mistakes));
    g_assert_null (yaml_load ("/", mistakes));
    g_assert_cmpuint (mistakes_count (mistakes), ==, 2);
    g_assert_cmpstr (mistakes_get (mistakes, 0), ==,
                     "/nonexistent/x.yaml: cannot be read: No such file or directory");
    g_assert_cmpstr (mistakes_get (mistakes, 1), ==, "/: cannot be read: Is a directory");
}

static const struct {
    const char *word, *nearest;
} misspelled[] = {
    { "netwroks", "networks" },
    { "log_wiat", "log_wait" },
    { "Log", "log" },
    { "listn", "listen" },
    { "tor", NULL },
    { "", NULL },
    { "zzzzzz", NULL },
};

static void
test_nearest (void)
{
    static const char *const known[] = { "listen", "log", "log_wait", "networks", NULL };
    g_autofree char *monster = g_strnfill (5000, 'n');

    for (gsize i = 0; i < G_N_ELEMENTS (misspelled); i++)
        g_assert_cmpstr (nearest_word (misspelled[i].word, known), ==, misspelled[i].nearest);
    g_assert_null (nearest_word (monster, known));
}

static const struct {
    const char *glob, *text;
    gboolean matches;
} globs[] = {
    { "abuse@*", "Abuse@Example.org", TRUE },
    { "abuse@*", "noabuse@example.org", FALSE },
    { "*", "", TRUE },
    { "?", "", FALSE },
    { "", "", TRUE },
    { "", "x", FALSE },
    { "*@a.*.org", "x@a.b.c.org", TRUE },
    { "*@a.*.org", "x@a.b.c.net", FALSE },
    { "a?c",
      "a\xff"
      "c",
      TRUE },
    { "a*a*a", "aa", FALSE },
    { "a**b", "ab", TRUE },
    { "*ab", "aab", TRUE },
};

static void
test_glob (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (globs); i++) {
        gsize n = strlen (globs[i].text);
        g_autofree char *exact = g_malloc (n + (n == 0));

        memcpy (exact, globs[i].text, n);
        g_test_message ("'%s' on '%s'", globs[i].glob, globs[i].text);
        g_assert_cmpint (glob_match (globs[i].glob, (Span) { exact, exact + n }), ==,
                         globs[i].matches);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/yaml/tree/kinds-lines-and-texts", test_tree);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/yaml/parse/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    g_test_add_func ("/yaml/parse/every-duplicate-is-told", test_every_duplicate_is_told);
    g_test_add_func ("/yaml/parse/aliases-cannot-grow-without-bound", test_laughs);
    g_test_add_func ("/yaml/load/names-the-file", test_load_names_the_file);
    g_test_add_func ("/nearest/word/misspelled", test_nearest);
    g_test_add_func ("/glob/match/bytes", test_glob);
    return g_test_run ();
}
