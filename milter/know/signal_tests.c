#include "know/signal_tests.h"
#include "base/literals.h"
#include "base/nearest.h"
#include "base/span.h"
#include "read/formats.h"

#define ALL (~0u)
#define AFTER_TOPICS (~(1u << CLASS_TOPIC))
#define AFTER_SCENARIOS (~(1u << CLASS_SCENARIO | 1u << CLASS_TOPIC))
#define AFTER_COMPLAINANTS (1u << CLASS_URGENCY | 1u << CLASS_DEMAND)

static void
read_alternatives (RuleReader *r, Rule *rule)
{
    g_auto (GStrv) regexes = regex_alternatives (rule->regex);
    guint n = g_strv_length (regexes);
    Alternation *alternatives = arena_new0 (r->want.arena, Alternation, n);

    rule->first_number = r->n_alternatives;
    for (guint i = 0; i < n; i++) {
        Alternation *a = &alternatives[i];

        a->regex = arena_strdup (r->want.arena, regexes[i]);
        a->pattern = pattern_new_lazy (a->regex); /* the whole is fine, so is each */
        a->number = r->n_alternatives++;
        g_ptr_array_add (r->patterns, a->pattern);
    }
    rule->alternatives = alternatives;
    rule->n_alternatives = n;
}

static gboolean
read_regex (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    g_autoptr (GError) error = NULL;

    rule->regex = want_text (&r->want, n, key);
    if (rule->regex == NULL)
        return FALSE;
    rule->pattern = pattern_new (rule->regex, &error);
    if (rule->pattern == NULL) {
        want_refuse (&r->want, n, "%s: %s", key, error->message);
        return FALSE;
    }
    g_ptr_array_add (r->patterns, rule->pattern);
    if (pattern_takes_nothing (rule->pattern, r->scratch)) {
        want_refuse (&r->want, n, "%s: holds for the empty text, so it would hold for any mail",
                     key);
        return FALSE;
    }
    read_alternatives (r, rule);
    return TRUE;
}

static gboolean
add_zone (RuleReader *r, const YamlNode *n, guint *zones)
{
    static const char *const known[] = { "any",    "subject",   "prose",       "evidence", "report",
                                         "quoted", "signature", "boilerplate", "attached", NULL };
    Zone zone;

    if (strcmp (yaml_text (n), "any") == 0) {
        *zones |= ((1u << N_ZONES) - 1) & ~(1u << ZONE_BOILERPLATE | 1u << ZONE_SIGNATURE);
        return TRUE;
    }
    if (zone_from_name (yaml_text (n), &zone)) {
        *zones |= 1u << zone;
        return TRUE;
    }
    want_unknown (&r->want, n, "zone", known);
    return FALSE;
}

gboolean
signal_read_zones (RuleReader *r, const YamlNode *n, Rule *rule)
{
    const char *const *words = want_texts (&r->want, n, "in");
    gboolean good = words != NULL;

    rule->zones = 0;
    for (guint i = 0; words != NULL && words[i] != NULL; i++)
        good = add_zone (r, want_item (n, i), &rule->zones) && good;
    return good;
}

static void
add_word (GPtrArray *words, const char *word)
{
    if (word != NULL && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
        g_ptr_array_add (words, (gpointer)word);
}

/* Of some hundred shapes the nearest is told, or else what they are grouped by. */
static void
unknown_shape (RuleReader *r, const YamlNode *n)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new (), families = g_ptr_array_new ();
    const char *nearest;

    for (guint i = 0; i < shapes_count (r->shapes); i++) {
        add_word (families, shapes_get (r->shapes, i)->family);
        add_word (all, shapes_get (r->shapes, i)->family);
        add_word (all, shapes_get (r->shapes, i)->name);
    }
    g_ptr_array_add (all, NULL);
    g_ptr_array_add (families, NULL);
    nearest = nearest_word (yaml_text (n), (const char *const *)all->pdata);
    want_unknown (&r->want, n, "shape",
                  (const char *const *)(nearest != NULL ? all : families)->pdata);
}

static gboolean
add_shapes (RuleReader *r, const YamlNode *n, GPtrArray *names)
{
    const char *word = yaml_text (n);

    if (!shapes_known (r->shapes, word)) {
        unknown_shape (r, n);
        return FALSE;
    }
    for (guint i = 0; i < shapes_count (r->shapes); i++) {
        const Shape *shape = shapes_get (r->shapes, i);

        if (strcmp (shape->name, word) == 0 || g_strcmp0 (shape->family, word) == 0)
            add_word (names, shape->name);
    }
    return TRUE;
}

/* A family becomes the shapes in it: a record tells its shape only. */
static gboolean
read_shapes (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    const char *const *words = want_texts (&r->want, n, key);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    gboolean good = words != NULL;
    const char **kept;

    for (guint i = 0; words != NULL && words[i] != NULL; i++)
        good = add_shapes (r, want_item (n, i), names) && good;
    kept = arena_new0 (r->want.arena, const char *, names->len + 1);
    for (guint i = 0; i < names->len; i++)
        kept[i] = g_ptr_array_index (names, i);
    rule->words = kept;
    return good;
}

static void
unknown_format (RuleReader *r, const YamlNode *n)
{
    g_autoptr (GPtrArray) known = g_ptr_array_new ();

    for (guint i = 0; i < n_formats; i++)
        g_ptr_array_add (known, (gpointer)formats[i].name);
    g_ptr_array_add (known, (gpointer) "text");
    g_ptr_array_add (known, NULL);
    want_unknown (&r->want, n, "format", (const char *const *)known->pdata);
}

static gboolean
read_formats (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    gboolean good;

    rule->words = want_texts (&r->want, n, key);
    good = rule->words != NULL;
    for (guint i = 0; rule->words != NULL && rule->words[i] != NULL; i++)
        if (!format_known (rule->words[i])) {
            unknown_format (r, want_item (n, i));
            good = FALSE;
        }
    return good;
}

static gboolean
read_field (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    const char *const *names = rule_read_words (r, n, key);

    if (names == NULL)
        return FALSE;
    rule->field = names[0];
    return names[1] == NULL || want_no_value (&r->want, n, key, "the name of one field");
}

static gboolean
read_range (const char *text, PortRange *ret)
{
    Span s = span_of (text);
    guint from, to;

    if (!span_uint (&s, 65535, &from))
        return FALSE;
    to = from;
    if (span_lit (&s, "-") && !span_uint (&s, 65535, &to))
        return FALSE;
    *ret = (PortRange) { (guint16)from, (guint16)to };
    return s.p == s.end && from > 0 && from <= to;
}

static gboolean
read_ports (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    const char *const *texts = want_texts (&r->want, n, key);
    gboolean good = texts != NULL;

    rule->n_ports = texts != NULL ? g_strv_length ((char **)texts) : 0;
    rule->ports = arena_new0 (r->want.arena, PortRange, rule->n_ports);
    for (guint i = 0; i < rule->n_ports; i++)
        if (!read_range (texts[i], &rule->ports[i]))
            good = want_no_value (&r->want, want_item (n, i), key,
                                  "a port such as 22, or a range such as 8000-8100");
    return good;
}

static gboolean
read_words (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    rule->words = rule_read_words (r, n, key);
    return rule->words != NULL;
}

static gboolean
read_bound (RuleReader *r, const YamlNode *key, const YamlNode *value, Rule *rule)
{
    static const char *const known[] = { "min", "max", NULL };
    gboolean min = strcmp (yaml_text (key), "min") == 0;
    gint64 v = 0;

    if (!min && strcmp (yaml_text (key), "max") != 0) {
        want_unknown (&r->want, key, "bound", known);
        return FALSE;
    }
    if (!want_int (&r->want, value, yaml_text (key), 0, LIMIT_FACTS, &v))
        return FALSE;
    *(min ? &rule->min : &rule->max) = (guint)v;
    return TRUE;
}

static gboolean
read_bounds (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    gboolean good = TRUE;

    rule->max = G_MAXUINT;
    if (yaml_kind (n) != YAML_MAP || yaml_length (n) == 0)
        return want_no_value (&r->want, n, key, "{min: N}, {max: N} or both");
    for (guint i = 0; i < yaml_length (n); i++)
        good = read_bound (r, yaml_key (n, i), yaml_value (n, i), rule) && good;
    if (good && rule->min > rule->max)
        good = want_no_value (&r->want, n, key, "min is more than max");
    return good;
}

static gboolean
read_topics (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    return (rule->words = rule_read_references (r, CLASS_TOPIC, n, key)) != NULL;
}

static gboolean
read_scenarios (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    return (rule->words = rule_read_references (r, CLASS_SCENARIO, n, key)) != NULL;
}

static gboolean
read_complainants (RuleReader *r, const YamlNode *n, const char *key, Rule *rule)
{
    gboolean good;
    ComplainantKind kind;

    rule->words = want_texts (&r->want, n, key);
    good = rule->words != NULL;
    for (guint i = 0; rule->words != NULL && rule->words[i] != NULL; i++)
        if (!complainant_from_name (rule->words[i], &kind))
            good = want_no_value (&r->want, want_item (n, i), key, "a kind of complainant");
    return good;
}

const SignalTest signal_tests[N_TESTS] = {
    { "regex", TEST_REGEX, read_regex, ALL },
    { "header", TEST_HEADER, read_regex, ALL },
    { "from", TEST_FROM, read_regex, ALL },
    { "attached-header", TEST_ATTACHED_HEADER, read_regex, ALL },
    { "shape", TEST_SHAPE, read_shapes, ALL },
    { "format", TEST_FORMAT, read_formats, ALL },
    { "field", TEST_FIELD, read_field, ALL },
    { "src-port", TEST_SRC_PORT, read_ports, ALL },
    { "dst-port", TEST_DST_PORT, read_ports, ALL },
    { "protocol", TEST_PROTOCOL, read_words, ALL },
    { "offenders", TEST_OFFENDERS, read_bounds, ALL },
    { "urls", TEST_URLS, read_bounds, ALL },
    { "part", TEST_PART, read_words, ALL },
    { "topic", TEST_TOPIC, read_topics, AFTER_TOPICS },
    { "together", TEST_TOGETHER, read_topics, AFTER_TOPICS },
    { "scenario", TEST_SCENARIO, read_scenarios, AFTER_SCENARIOS },
    { "complainant", TEST_COMPLAINANT, read_complainants, AFTER_COMPLAINANTS },
};
