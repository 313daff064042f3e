#include "base/pattern.h"
#include "cpu.h"

static const struct {
    const char *name, *regex, *text, *found; /* NULL: no match */
} cases[] = {
    { "plain", "ssh", "an ssh login", "ssh" },
    { "ascii-case", "SSHD?", "an Sshd login", "Sshd" },
    { "unicode-case", "angriff über", "Angriff ÜBER alles", "Angriff ÜBER" },
    { "unicode-words", "\\büber\\w+", "x überfall", "überfall" },
    { "caret-is-a-line", "^from", "to\nFrom here", "From" },
    { "dollar-is-a-line", "here$", "from here\nto there", "here" },
    { "dot-stops-at-a-line", "a.*b", "a\nb", NULL },
    { "class-goes-on", "a\\s+b", "a\n b", "a\n b" },
    { "whole-word-only", "\\bssh\\b", "sshd", NULL },
    { "empty-text", "a", "", NULL },
    { "empty-match", "x*", "", "" },
    { "groups", "(a)(b)(c)", "abc", "abc" },
    { "keep-out", "foo\\Kbar", "foobar", "bar" },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (cases[i].text);
    g_autofree char *exact = g_malloc (n + (n == 0));
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    g_autoptr (Pattern) p = pattern_new (cases[i].regex, NULL);
    Span found = { NULL, NULL };

    memcpy (exact, cases[i].text, n);
    g_assert_nonnull (p);
    g_assert_cmpint (pattern_match (p, scratch, (Span) { exact, exact + n }, exact, &found), ==,
                     cases[i].found != NULL);
    if (cases[i].found != NULL)
        g_assert_cmpmem (found.p, span_left (found), cases[i].found, strlen (cases[i].found));
    g_assert_cmpint (pattern_match (p, scratch, (Span) { exact, exact + n }, exact, NULL), ==,
                     cases[i].found != NULL);
    g_assert_cmpuint (pattern_scratch_limits_hit (scratch), ==, 0);
}

static void
test_from (void)
{
    static const char text[] = "one two one";
    Span subject = SPAN_LIT (text), found;
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    g_autoptr (Pattern) p = pattern_new ("\\bone", NULL);

    g_assert_true (pattern_match (p, scratch, subject, text, &found));
    g_assert_cmpint (found.p - text, ==, 0);
    g_assert_true (pattern_match (p, scratch, subject, found.end, &found));
    g_assert_cmpint (found.p - text, ==, 8);
    g_assert_false (
        pattern_match (p, scratch, subject, text + 9, NULL)); /* what is before counts */
    g_assert_false (pattern_match (p, scratch, subject, subject.end, NULL));
}

static void
test_no_text (void)
{
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    g_autoptr (Pattern) p = pattern_new ("a", NULL);

    g_assert_false (pattern_match (p, scratch, (Span) { NULL, NULL }, NULL, NULL));
}

static void
test_limits (void)
{
    static const char *const monsters[] = { "(a+)+b", "(a|aa)+$b", "(?:a?){30}a{30}b",
                                            "((a+)*c?)*d" };
    g_autofree char *text = g_strnfill (5000, 'a');
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (monsters); i++) {
        g_autofree char *regex =
            g_strconcat ("(*NO_AUTO_POSSESS)(*NO_START_OPT)", monsters[i], NULL);
        g_autoptr (Pattern) p = pattern_new (regex, NULL);
        double start = cpu_seconds ();

        g_assert_nonnull (p);
        g_assert_false (pattern_match (p, scratch, span_of (text), text, NULL));
        g_assert_cmpfloat (cpu_seconds () - start, <, 3.0);
        g_assert_cmpuint (pattern_scratch_limits_hit (scratch), ==, i + 1);
    }
}

static gpointer
match_often (gpointer data)
{
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    Span text = SPAN_LIT ("xyz abc");
    guint n = 0;

    for (int i = 0; i < 100; i++)
        n += pattern_match (data, scratch, text, text.p, NULL);
    return GUINT_TO_POINTER (n);
}

static void
test_lazy (void)
{
    g_autoptr (Pattern) p = pattern_new_lazy ("ABC");
    g_autoptr (Pattern) bad = pattern_new_lazy ("a(");
    GThread *threads[4];

    for (int i = 0; i < 4; i++)
        threads[i] = g_thread_new ("match", match_often, p);
    for (int i = 0; i < 4; i++)
        g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 100);
    g_assert_cmpuint (GPOINTER_TO_UINT (match_often (bad)), ==, 0);
}

static void
test_nothing (void)
{
    static const struct {
        const char *regex;
        gboolean takes;
    } nothings[] = {
        { "x*", TRUE }, { "x", FALSE }, { "^$", TRUE }, { "(?=x)", FALSE }, { "a|b?", TRUE },
    };
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (nothings); i++) {
        g_autoptr (Pattern) p = pattern_new (nothings[i].regex, NULL);

        g_assert_cmpint (pattern_takes_nothing (p, scratch), ==, nothings[i].takes);
    }
}

static void
test_errors (void)
{
    static const struct {
        const char *regex, *message;
    } bad[] = {
        { "ab(c", "missing closing parenthesis at offset 4" },
        { "a[b", "missing terminating ] for character class at offset 3" },
        { "*a", "quantifier does not follow a repeatable item at offset 0" },
        { "a\\Cb", "using \\C is disabled by the application at offset 3" },
        { "\xff", "UTF-8 error: illegal byte (0xfe or 0xff) at offset 0" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (pattern_new (bad[i].regex, &error));
        g_assert_true (error->domain == pattern_error_quark ());
        g_assert_cmpstr (error->message, ==, bad[i].message);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/pattern/match/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    g_test_add_func ("/pattern/match/from-a-place", test_from);
    g_test_add_func ("/pattern/match/no-text-at-all", test_no_text);
    g_test_add_func ("/pattern/lazy/by-several-threads", test_lazy);
    g_test_add_func ("/pattern/takes-nothing/the-empty-text", test_nothing);
    g_test_add_func ("/pattern/limits/are-no-match-and-counted", test_limits);
    g_test_add_func ("/pattern/new/errors-say-what-and-where", test_errors);
    return g_test_run ();
}
