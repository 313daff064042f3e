#include "know/regex_lint.h"
#include <string.h>

static const struct {
    const char *name, *regex;
    const char *says; /* how the findings begin, joined by '|'; "" none */
} cases[] = {
    { "nothing", "\\bssh\\b.{0,40}\\b(?:brute|attack)", "" },
    { "empty", "", "" },
    { "dot-star", "ssh.*login", "'.*' is unbounded" },
    { "dot-plus-lazy", "ssh.+?login", "'.+?' is unbounded" },
    { "no-end-in-braces", "ssh.{3,}login", "'.{3,}' is unbounded" },
    { "both-ends-in-braces", "ssh.{3,9}login", "" },
    { "negated-class", "a[^\\]x]*b", "'[^\\]x]*' is unbounded" },
    { "class-of-few-may-go-on", "a[0-9.]*b\\d+\\w*", "" },
    { "star-of-its-own", "a\\.*b\\*", "" },
    { "brace-that-is-no-quantifier", "a.{x}b", "" },
    { "no-blanks", "\\S+@", "'\\S+' is unbounded" },
    { "blank", "port scan", "a blank stands for one" },
    { "blank-in-a-class", "port[ -]scan", "" },
    { "blank-escaped", "port\\ scan", "" },
    { "hash", "ticket #", "a blank|'#' begins a comment" },
    { "hash-escaped", "ticket\\s\\#1", "" },
    { "boundary-in-a-word", "ss\\bh", "can never match: 's\\bh'" },
    { "boundary-before-a-digit-class", "a\\b\\d", "can never match: 'a\\b\\d'" },
    { "boundary-beside-what-may-be-missing", "a?\\bb", "" },
    { "boundary-beside-a-group", "\\bssh\\b(?:d|x)", "" },
    { "boundary-between-marks", "a:\\b#x", "'#'|can never match: ':\\b#'" },
    { "boundary-behind-a-mark", "a:\\bx", "" },
    { "begin-behind-a-letter", "x^y", "can never match: 'x^y'" },
    { "begin-behind-a-letter-at-the-end", "x^", "can never match: 'x^'" },
    { "begin-behind-a-line-end", "x\\s^y", "" },
    { "begin-in-an-alternative", "x|^y", "" },
    { "end-before-a-letter", "x$y", "can never match: 'x$y'" },
    { "end-first-before-a-letter", "$y", "can never match: '$y'" },
    { "end-before-a-line-end", "x$\\ny", "" },
    { "end-in-a-group", "(?:x$)y", "" },
    { "escape-at-the-end", "x\\", "" },
    { "class-at-the-end", "x[", "" },
    { "the-same-twice", "a b c", "a blank" },
    { "not-latin", "\xe6\x94\xbb\xe6\x92\x83\\b\xe6\x94\xbb", "can never match" },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autofree char *regex = g_strdup (cases[i].regex); /* exact size, with its NUL */
    g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
    g_auto (GStrv) says = g_strsplit (cases[i].says, "|", -1);

    regex_lint (regex, findings);
    for (guint k = 0; k < findings->len; k++)
        g_test_message ("%s", (char *)findings->pdata[k]);
    g_assert_cmpuint (findings->len, ==, g_strv_length (says));
    for (guint k = 0; k < findings->len; k++)
        g_assert_true (g_str_has_prefix (findings->pdata[k], says[k]));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/regex-lint/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    return g_test_run ();
}
