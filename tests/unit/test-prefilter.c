#include "base/fold.h"
#include "base/literals.h"
#include "base/pattern.h"
#include "base/prefilter.h"
#include "base/yaml.h"

#define MAX_CODE_POINT 0x10ffff

static const struct {
    const char *regex, *literals; /* joined by '|'; NULL: none */
} literals[] = {
    { "ssh", "ssh" },
    { "SSH-2\\.0", "ssh-2.0" },
    { "\\bssh\\b.{0,40}\\blogin", "login & ssh" }, /* the rarer one first */
    { "brute|guess", "brute|guess" },
    { "(?:brute|guess)\\w+\\b(?:login|password)\\s+xyz", "login|password & brute|guess" },
    { "one\\s+two|three", "one|three" }, /* the second set would be one alternative's only */
    { "brute|\\d+", NULL },
    { "(?:brute|guess)\\s+x", "brute|guess" },
    { "(?:brute|guess)?\\s+xyz", "xyz" },
    { "(?:brute|guess){0,2}", NULL },
    { "(?:brute|guess){2}", "brute|guess" },
    { "abcd?e", "abc" },
    { "abcd+e", "abcd" },
    { "abcd{2}e", "abcd" },
    { "abc{,2}d", NULL }, /* a quantifier or not: by the library's version */
    { "abc{x}d", "abc{x}d" },
    { "ab[cd]ef", NULL },
    { "abc[^]d]efgh", "efgh & abc" },
    { "abc[]d]efgh", "efgh & abc" },
    { "[[:alpha:]]efgh", "efgh" },
    { "a.c", NULL },
    { "(?!notthis)words", "words" },
    { "(?<=ahead)xyz", "xyz" },
    { "(?i:abc)", "abc" },
    { "(?x: a b c )", NULL },
    { "(?<name>word)s", "word" },
    { "(*ACCEPT)word", NULL },
    { "(?(1)word|word)", NULL },
    { "word\\Q.\\E", NULL },
    { "word\\x{41}bc", "word" },
    { "word\\p{L}bc", "word" },
    { "word\\1", "word" },
    { "a\\tb", "a\tb" },
    { "ÜBERFALL", "überfall" },
    { "атака", "атака" },
    { "扫描", "扫描" },
    { "straße", "stra" },
    { "ΣΑΣ", NULL }, /* sigma has two small forms */
    { "", NULL },
};

static void
test_literals (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (literals); i++) {
        LiteralSet got[2];
        g_autofree char *first = NULL, *second = NULL, *joined = NULL;

        regex_literals (literals[i].regex, got);
        first = got[0].texts != NULL ? g_strjoinv ("|", got[0].texts) : NULL;
        second = got[1].texts != NULL ? g_strjoinv ("|", got[1].texts) : NULL;
        joined = second != NULL ? g_strconcat (first, " & ", second, NULL) : g_strdup (first);
        g_test_message ("%s", literals[i].regex);
        g_assert_cmpstr (joined, ==, literals[i].literals);
        g_strfreev (got[0].texts);
        g_strfreev (got[1].texts);
    }
}

#define ENDLESS G_MAXUINT

static const struct {
    const char *regex;
    guint chars, blanks, gaps, words; /* before the first set's literals */
} reaches[] = {
    { "ssh", 0, 0, 0, 0 },
    { "\\b(?:please|kindly)\\b[^.]{0,90}\\bstopping", 96, 0, 0,
      0 }, /* "stopping" is the rarer set */
    { "a?b{2,5}ssh", 6, 0, 0, 0 },
    { "(?:we|i)\\s+(?:\\w{1,14}\\W+){0,2}received", 30, 1, 2, 0 },
    { "(?:a\\s*|\\w+bb)(?:ssh|xssh)", 2, 1, 0, 1 }, /* either's furthest */
    { "(?:brute|the\\sguess)", 4, 0, 0, 0 },
    { "(?:x\\s+ssh){2,9}", 1, 1, 0, 0 }, /* the first of them is near */
    { "\\d+ssh", 0, 0, 0, 1 },
    { "(?<=before)(?!no)ssh", 0, 0, 0, 0 },
    { "\\R\\N\\x{41}\\p{L}ssh", 5, 0, 0, 0 },
    { "a*ssh", ENDLESS, 0, 0, 0 },
    { "[^.]*ssh", ENDLESS, 0, 0, 0 },
    { "\\S+ssh", ENDLESS, 0, 0, 0 },
    { "(?:a\\s)*ssh", ENDLESS, 0, 0, 0 },
    { "(a)\\1ssh", ENDLESS, 0, 0, 0 },
    { "\\Xssh", ENDLESS, 0, 0, 0 },
    { ".{60000}ssh", ENDLESS, 0, 0, 0 },
};

static void
test_reaches (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (reaches); i++) {
        LiteralSet got[2];

        g_test_message ("%s", reaches[i].regex);
        regex_literals (reaches[i].regex, got);
        g_assert_cmpint (got[0].reach.endless, ==, reaches[i].chars == ENDLESS);
        if (!got[0].reach.endless) {
            g_assert_cmpuint (got[0].reach.chars, ==, reaches[i].chars);
            g_assert_cmpuint (got[0].reach.runs[RUN_BLANKS], ==, reaches[i].blanks);
            g_assert_cmpuint (got[0].reach.runs[RUN_GAPS], ==, reaches[i].gaps);
            g_assert_cmpuint (got[0].reach.runs[RUN_WORDS], ==, reaches[i].words);
        }
        g_strfreev (got[0].texts);
        g_strfreev (got[1].texts);
    }
}

/* Not shorter than what the classes of the regexes take there. */
static void
test_runs (void)
{
    static const char *const classes[] = {
        [RUN_BLANKS] = "\\s+", [RUN_GAPS] = "\\W+", [RUN_WORDS] = "\\w+"
    };
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    Runs runs;

    for (guint kind = 0; kind < N_RUN_KINDS; kind++) {
        g_autoptr (Pattern) p = pattern_new (classes[kind], NULL);

        for (gunichar c = 1; c <= MAX_CODE_POINT; c++) {
            char text[6 * 40];
            Span all = { text, text }, match;
            guint times = c < 0x3000 ? 40 : 10; /* the rest are a million */

            if (!g_unichar_validate (c))
                continue;
            for (guint i = 0; i < times; i++)
                all.end += g_unichar_to_utf8 (c, text + (all.end - text));
            if (!pattern_match (p, scratch, all, text, &match))
                continue;
            runs_begin (&runs, all);
            g_assert_cmpuint (runs_longest (&runs, kind), >=, span_left (match));
            g_assert_cmpint (runs.ascii, ==, c < 0x80);
        }
    }
}

static const struct {
    const char *regex, *parts; /* joined by a blank */
} alternatives[] = {
    { "a|b", "a b" },
    { "a", "a" },
    { "(a|b)c|d", "(a|b)c d" },
    { "[|]|a\\|b|(?:c|d)", "[|] a\\|b (?:c|d)" },
    { "a|", "a " },
    { "(a)|b\\1", "(a)|b\\1" }, /* a number reaches across */
    { "(?i)a|b", "(?i)a|b" },   /* a setting, too */
    { "(?<n>a)|b", "(?<n>a)|b" },
    { "a|(*ACCEPT)b|c", "a|(*ACCEPT)b|c" }, /* not understood */
};

static void
test_alternatives (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (alternatives); i++) {
        g_auto (GStrv) got = regex_alternatives (alternatives[i].regex);
        g_autofree char *joined = g_strjoinv (" ", got);

        g_assert_cmpstr (joined, ==, alternatives[i].parts);
    }
}

/* Every character of `all' that PCRE2 takes for `c' folds to the same, and none besides: `same'. */
static void
check_fold (gunichar c, guint same, Span all, PatternScratch *scratch)
{
    g_autofree char *regex = g_strdup_printf ("\\x{%x}", c);
    g_autoptr (Pattern) p = pattern_new (regex, NULL);
    Span match = { NULL, all.p };
    guint matches = 0;

    while (pattern_match (p, scratch, all, match.end, &match)) {
        matches++;
        g_assert_cmphex (fold_char (g_utf8_get_char (match.p)), ==, fold_char (c));
    }
    g_assert_cmpuint (matches, ==, same);
}

static void
test_fold (void)
{
    g_autoptr (GString) all = g_string_new (NULL);
    g_autofree guint *folding = g_new0 (guint, MAX_CODE_POINT + 1); /* so many to each */
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    g_autoptr (Pattern) scripts =
        pattern_new ("[\\x{591}-\\x{6ff}\\x{e01}-\\x{e5b}\\x{3001}-\\x{30ff}\\x{3400}-\\x{9fff}"
                     "\\x{ac00}-\\x{d7a3}]",
                     NULL);
    Span text, match;
    guint inside = 0, simple = 0;

    for (gunichar c = 1; c <= 0x2fff; c++) {
        g_string_append_unichar (all, c);
        folding[fold_char (c)]++;
    }
    text = (Span) { all->str, all->str + all->len };
    for (gunichar c = 1; c <= 0x2fff; c++)
        if (fold_is_simple (c) && (c < 0x591 || c > 0xe5b))
            check_fold (c, folding[fold_char (c)], text, scratch);
    g_string_truncate (all, 0);
    for (gunichar c = 1; c <= MAX_CODE_POINT; c++)
        if (g_unichar_validate (c)) {
            g_string_append_unichar (all, c);
            simple += c > 0x460 && fold_char (c) == c && fold_is_simple (c);
        }
    text = match = (Span) { all->str, all->str + all->len };
    match.end = text.p;
    while (pattern_match (scripts, scratch, text, match.end, &match)) {
        inside++;
        g_assert_true (fold_is_simple (g_utf8_get_char (match.p)));
    }
    g_assert_cmpuint (inside, ==,
                      simple); /* no character of other scripts is taken for one of these */
}

/* The regexes of the scenarios, each with its alternatives. */
typedef struct Many {
    GPtrArray *wholes;   /* of Pattern */
    GPtrArray *regexes;  /* of all alternatives, as text */
    GPtrArray *patterns; /* of all alternatives */
    GArray *first;       /* of guint: by whole, its first alternative */
} Many;

static void
add_regex (Many *m, const char *regex)
{
    g_auto (GStrv) parts = regex_alternatives (regex);

    g_array_append_val (m->first, m->regexes->len);
    g_ptr_array_add (m->wholes, pattern_new (regex, NULL));
    for (guint i = 0; parts[i] != NULL; i++) {
        g_ptr_array_add (m->regexes, g_strdup (parts[i]));
        g_ptr_array_add (m->patterns, pattern_new (parts[i], NULL));
        g_assert_nonnull (m->patterns->pdata[m->patterns->len - 1]);
    }
}

static void
add_signals (Many *m, const YamlNode *signals)
{
    static const char *const keys[] = { "regex", "header", "from", "attached-header" };

    for (guint i = 0; signals != NULL && i < yaml_length (signals); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (keys); j++) {
            const YamlNode *regex = yaml_get (yaml_value (signals, i), keys[j]);

            if (regex != NULL)
                add_regex (m, yaml_text (regex));
        }
}

static void
add_folder (Many *m, const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autoptr (Yaml) y = g_str_has_suffix (name, ".yaml") ? yaml_load (path, mistakes) : NULL;
        const YamlNode *classes = y != NULL ? yaml_get (yaml_root (y), "classes") : NULL;

        if (y != NULL)
            add_signals (m, yaml_get (yaml_root (y), "signals"));
        for (guint i = 0; classes != NULL && i < yaml_length (classes); i++)
            add_signals (m, yaml_get (yaml_value (classes, i), "signals"));
    }
}

static gboolean
leftmost (const Many *m, guint whole, Scan *scan, PatternScratch *scratch, Span *ret)
{
    guint first = g_array_index (m->first, guint, whole);
    guint last =
        whole + 1 < m->first->len ? g_array_index (m->first, guint, whole + 1) : m->regexes->len;
    gboolean any = FALSE;
    Span match, stretch;
    Starts starts;

    for (guint i = first; i < last; i++) {
        if (!scan_has (scan, i))
            continue;
        scan_starts (scan, i, &starts);
        while (starts_next (&starts, &stretch))
            if (pattern_match_within (m->patterns->pdata[i], scratch, starts.text, stretch,
                                      &match)) {
                if (!any || match.p < ret->p)
                    *ret = match;
                any = TRUE;
                break;
            }
    }
    return any;
}

static void
check_text (const Many *m, const Prefilter *f, PatternScratch *scratch, const char *raw, gsize len)
{
    g_autofree char *valid = g_utf8_make_valid (raw, (gssize)len);
    g_autoptr (Arena) arena = arena_new (G_MAXSIZE);
    Span text = span_of (valid);
    Scan *scan = prefilter_scan (f, arena, 0, text);

    for (guint i = 0; i < m->wholes->len; i++) {
        Span want = { NULL, NULL }, got = { NULL, NULL };
        gboolean holds = pattern_match (m->wholes->pdata[i], scratch, text, text.p, &want);

        g_assert_cmpint (leftmost (m, i, scan, scratch, &got), ==, holds);
        g_assert_true (got.p == want.p && got.end == want.end);
    }
}

static guint
check_mails (const Many *m, const Prefilter *f, PatternScratch *scratch, const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;
    guint n = 0;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autofree char *text = NULL;
        gsize len;

        if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
            n += check_mails (m, f, scratch, path);
        } else if (g_str_has_suffix (name, ".eml") &&
                   g_file_get_contents (path, &text, &len, NULL)) {
            check_text (m, f, scratch, text, MIN (len, 6000));
            n++;
        }
    }
    return n;
}

static void
test_equal (void)
{
    Many m = { g_ptr_array_new_with_free_func ((GDestroyNotify)pattern_free),
               g_ptr_array_new_with_free_func (g_free),
               g_ptr_array_new_with_free_func ((GDestroyNotify)pattern_free),
               g_array_new (FALSE, FALSE, sizeof (guint)) };
    static const char odd[] = "ſSH LOGIN, \xe2\x84\xaa"
                              "ernel \xc3\x9c\xcc\x88 BRUTE\nforce\nДДОС атаᲂа";
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    g_autoptr (Prefilter) f = NULL;

    add_folder (&m, "scenarios");
    add_folder (&m, "scenarios/common");
    g_assert_cmpuint (m.wholes->len, >, 100);
    f = prefilter_new ((const char *const *)m.regexes->pdata, NULL, m.regexes->len);
    g_test_message ("%u regexes, %u alternatives, %u of them always candidates", m.wholes->len,
                    m.regexes->len, prefilter_always (f));
    g_assert_cmpuint (prefilter_always (f), <, m.regexes->len / 10);
    check_text (&m, f, scratch, "", 0);
    check_text (&m, f, scratch, odd, strlen (odd));
    g_assert_cmpuint (check_mails (&m, f, scratch, "tests/mails"), >, 20);
    g_ptr_array_unref (m.wholes);
    g_ptr_array_unref (m.regexes);
    g_ptr_array_unref (m.patterns);
    g_array_unref (m.first);
}

static const struct {
    const char *text;
    const char *candidates; /* by regex: y or n */
} scans[] = {
    { "", "nnny" },         { "ss", "nnny" },        { "ssh", "ynny" },      { "xSSH", "ynny" },
    { "ſſh", "ynny" },      { "brut", "nnny" },      { "brute", "nyny" },    { "Überfall", "nnyy" },
    { "überFALL", "nnyy" }, { "guess ssh", "yyny" }, { "ubersall", "nnny" },
};

static void
test_scan (void)
{
    static const char *const regexes[] = { "\\bssh\\b", "brute|guess", "überfall", "\\d" };
    g_autoptr (Prefilter) f = prefilter_new (regexes, NULL, G_N_ELEMENTS (regexes));

    g_assert_cmpuint (prefilter_always (f), ==, 1);
    for (gsize i = 0; i < G_N_ELEMENTS (scans); i++) {
        gsize n = strlen (scans[i].text);
        g_autofree char *exact = g_malloc (n + (n == 0));
        g_autoptr (Arena) arena = arena_new (G_MAXSIZE);
        char got[5] = "";
        Scan *scan;

        memcpy (exact, scans[i].text, n);
        scan = prefilter_scan (f, arena, 0, (Span) { exact, exact + n });
        for (guint j = 0; j < 4; j++)
            got[j] = scan_has (scan, j) ? 'y' : 'n';
        g_test_message ("%s", scans[i].text);
        g_assert_cmpstr (got, ==, scans[i].candidates);
    }
}

/* A literal of two regexes counts in the texts that its own regex is tried on. */
static void
test_kinds (void)
{
    static const char *const regexes[] = { "ssh", "ssh|brute", "brute" };
    static const guint kinds[] = { 1u << 0, 1u << 0 | 1u << 3, 1u << 15 };
    g_autoptr (Prefilter) f = prefilter_new (regexes, kinds, G_N_ELEMENTS (regexes));
    g_autoptr (Arena) arena = arena_new (G_MAXSIZE);
    Span text = SPAN_LIT ("some ssh");

    g_assert_cmpuint (scan_next (prefilter_scan (f, arena, 0, text), 0, 3), ==, 0);
    g_assert_true (scan_has (prefilter_scan (f, arena, 3, text), 1));
    g_assert_false (scan_has (prefilter_scan (f, arena, 15, text), 2));
    g_assert_true (scan_has (prefilter_scan (f, arena, 15, SPAN_LIT ("brute")), 2));
    g_assert_cmpuint (scan_next (prefilter_scan (f, arena, 1, text), 0, 3), ==, 3);
}

static const struct {
    const char *regex, *text, *stretches; /* "0-4 10-14": where a match may begin */
} stretches[] = {
    { "\\bssh\\b", "                                                                      ssh",
      "70-70" },
    { ".{0,3}ssh", "                                                                         ssh",
      "70-73" },
    { ".{0,3}ssh",
      "ssh                                                                         "
      "                                                                        ",
      "0-0" },
    { ".{0,3}ssh",
      "                                                                        ssh ssh"
      "                                                                           ",
      "69-76" }, /* the two meet */
    { "ssh", "too short to be worth it, ssh", "0-29" },
    { ".*ssh", "                                                                        ssh",
      "0-75" },
    { "\\d", "1", "0-1" },
    { "please.{0,9}notify",
      "please do it                              please, notify                       "
      "                                           notify nobody",
      "42-42" }, /* the other literal is near this one only */
    { "please.{0,9}notify",
      "please do it                                                                   "
      "                                           notify nobody",
      "" },
    { ".{0,3}ssh",
      "                                                                    â¬â¬"
      "â¬â¬â¬ssh",
      "86-98" }, /* four bytes a character */
    { "ssh", "  ſ                                                                        ssh",
      "0-79" }, /* folded, it moves */
};

static void
test_stretches (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (stretches); i++) {
        g_autoptr (Prefilter) f = prefilter_new (&stretches[i].regex, NULL, 1);
        g_autoptr (Arena) arena = arena_new (G_MAXSIZE);
        g_autoptr (GString) got = g_string_new (NULL);
        Span text = span_of (stretches[i].text), one;
        Scan *scan = prefilter_scan (f, arena, 0, text);
        Starts starts;

        g_assert_true (scan_has (scan, 0));
        scan_starts (scan, 0, &starts);
        while (starts_next (&starts, &one))
            g_string_append_printf (got, "%s%d-%d", got->len > 0 ? " " : "", (int)(one.p - text.p),
                                    (int)(one.end - text.p));
        g_test_message ("%s in '%s'", stretches[i].regex, stretches[i].text);
        g_assert_cmpstr (got->str, ==, stretches[i].stretches);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/literals/of/each-kind-of-regex", test_literals);
    g_test_add_func ("/literals/alternatives/of-the-top-level", test_alternatives);
    g_test_add_func ("/literals/reach/of-each-kind-of-regex", test_reaches);
    g_test_add_func ("/reach/runs/no-shorter-than-pcre2s", test_runs);
    g_test_add_func ("/prefilter/kinds/of-texts", test_kinds);
    g_test_add_func ("/prefilter/starts/near-the-literals", test_stretches);
    g_test_add_func ("/fold/char/as-pcre2-does", test_fold);
    g_test_add_func ("/prefilter/scan/candidates", test_scan);
    g_test_add_func ("/prefilter/scan/equals-running-every-regex", test_equal);
    return g_test_run ();
}
