#include "know/signal.h"
#include "know/signal_tests.h"

#define DEFAULT_ZONES (1u << ZONE_SUBJECT | 1u << ZONE_PROSE)

typedef struct Parts { /* the keys of one signal */
    const YamlNode *name;
    const SignalTest *test;
    const YamlNode *asks, *weight, *in, *is;
} Parts;

RuleReader *
rule_reader_new (const Shapes *shapes, Arena *arena, Mistakes *mistakes)
{
    RuleReader *r = g_new0 (RuleReader, 1);

    r->want = (Want) { .mistakes = mistakes, .arena = arena };
    r->shapes = shapes;
    r->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify)pattern_free);
    r->scratch = pattern_scratch_new ();
    r->references = g_array_new (FALSE, FALSE, sizeof (Reference));
    r->replies = reply_texts_new (NULL);
    return r;
}

void
rule_reader_free (RuleReader *r)
{
    if (r == NULL)
        return;
    if (r->patterns != NULL)
        g_ptr_array_unref (r->patterns);
    pattern_scratch_free (r->scratch);
    g_array_unref (r->references);
    reply_texts_free (r->replies);
    g_free (r);
}

static gboolean
is_lower (const char *text)
{
    g_autofree char *lower = g_utf8_strdown (text, -1);

    return strcmp (lower, text) == 0;
}

const char *const *
rule_read_words (RuleReader *r, const YamlNode *n, const char *key)
{
    const char *const *words = want_texts (&r->want, n, key);
    gboolean good = words != NULL;

    for (guint i = 0; words != NULL && words[i] != NULL; i++)
        if (!is_lower (words[i])) {
            want_refuse (&r->want, want_item (n, i),
                         "'%s' can never be met: %s is compared in lower case", words[i], key);
            good = FALSE;
        }
    return good ? words : NULL;
}

const char *const *
rule_read_references (RuleReader *r, ClassKind kind, const YamlNode *n, const char *key)
{
    const char *const *words = want_texts (&r->want, n, key);

    for (guint i = 0; words != NULL && words[i] != NULL; i++) {
        Reference reference = { kind, r->want.file, want_item (n, i) };

        g_array_append_val (r->references, reference);
    }
    return words;
}

static const SignalTest *
find_test (const char *key)
{
    for (guint i = 0; i < N_TESTS; i++)
        if (strcmp (signal_tests[i].key, key) == 0)
            return &signal_tests[i];
    return NULL;
}

static gboolean
unknown_key (RuleReader *r, const YamlNode *key)
{
    const char *known[N_TESTS + 4] = { "weight", "in", "is" };

    for (guint i = 0; i < N_TESTS; i++)
        known[3 + i] = signal_tests[i].key;
    want_unknown (&r->want, key, "key of a signal", known);
    return FALSE;
}

static gboolean
take_test (RuleReader *r, ClassKind kind, const YamlNode *key, const YamlNode *value, Parts *parts)
{
    const SignalTest *test = find_test (yaml_text (key));

    if (test == NULL)
        return unknown_key (r, key);
    if (parts->test != NULL) {
        want_refuse (&r->want, key, "signal '%s' has two tests, %s and %s: one is allowed",
                     yaml_text (parts->name), parts->test->key, test->key);
        return FALSE;
    }
    if ((test->class_kinds & 1u << kind) == 0) {
        want_refuse (&r->want, key, "the %s is not known yet when this is decided", test->key);
        return FALSE;
    }
    parts->test = test;
    parts->asks = value;
    return TRUE;
}

static gboolean
take_keys (RuleReader *r, ClassKind kind, const YamlNode *node, Parts *parts)
{
    gboolean good = TRUE;

    for (guint i = 0; i < yaml_length (node); i++) {
        const YamlNode *key = yaml_key (node, i), *value = yaml_value (node, i);
        const char *word = yaml_text (key);

        if (strcmp (word, "weight") == 0)
            parts->weight = value;
        else if (strcmp (word, "in") == 0)
            parts->in = value;
        else if (strcmp (word, "is") == 0)
            parts->is = value;
        else
            good = take_test (r, kind, key, value, parts) && good;
    }
    return good;
}

static gboolean
must (RuleReader *r, const Parts *p, gboolean holds, const char *otherwise)
{
    if (!holds)
        want_refuse (&r->want, p->name, "signal '%s' %s", yaml_text (p->name), otherwise);
    return holds;
}

static gboolean
check_keys (RuleReader *r, const Parts *p)
{
    gboolean regex = p->test != NULL && p->test->test == TEST_REGEX;
    gboolean field = p->test != NULL && p->test->test == TEST_FIELD;

    return must (r, p, p->test != NULL, "has no test, such as regex or shape") &&
           must (r, p, p->weight != NULL, "has no weight") &&
           must (r, p, p->in == NULL || regex, "has 'in', which goes with regex only") &&
           must (r, p, p->is == NULL || field, "has 'is', which goes with field only") &&
           must (r, p, p->is != NULL || !field, "has 'field' without 'is'");
}

static gboolean
read_weight (RuleReader *r, const YamlNode *n, double *ret)
{
    if (!want_real (&r->want, n, "weight", -WEIGHT_MAX, WEIGHT_MAX, ret))
        return FALSE;
    return *ret != 0 ||
           want_no_value (&r->want, n, "weight", "a signal without weight says nothing");
}

gboolean
rule_read (RuleReader *r, ClassKind kind, const YamlNode *name, const YamlNode *node, Rule *ret)
{
    Parts parts = { .name = name };
    gboolean good;

    *ret = (Rule) { .name = yaml_text (name), .line = yaml_line (name), .zones = DEFAULT_ZONES };
    if (!want_map (&r->want, node, ret->name) || !take_keys (r, kind, node, &parts) ||
        !check_keys (r, &parts))
        return FALSE;
    ret->test = parts.test->test;
    good = parts.test->read (r, parts.asks, parts.test->key, ret);
    good = read_weight (r, parts.weight, &ret->weight) && good;
    if (parts.in != NULL)
        good = signal_read_zones (r, parts.in, ret) && good;
    if (parts.is != NULL)
        good = (ret->words = rule_read_words (r, parts.is, "is")) != NULL && good;
    return good;
}

guint
rule_slots (const Rule *rule)
{
    switch (rule->test) {
    case TEST_REGEX:
        return rule->zones;
    case TEST_HEADER:
        return 1u << SLOT_HEADER;
    case TEST_FROM:
        return 1u << SLOT_FROM;
    case TEST_ATTACHED_HEADER:
        return 1u << SLOT_ATTACHED_HEADER;
    default:
        return 0;
    }
}
