#include "know/references.h"
#include "know/class.h"

static const Class *
class_at (const GArray *classes, guint i)
{
    return &g_array_index (classes, Class, i);
}

static GPtrArray *
known_topics (RuleReader *r, const GArray *classes)
{
    GPtrArray *topics = g_ptr_array_new ();

    for (guint i = 0; i < classes->len; i++) {
        const Class *c = class_at (classes, i);

        if (c->kind != CLASS_TOPIC)
            continue;
        if (topics->len == RULES_MAX_TOPICS)
            mistakes_add (r->want.mistakes, c->file, c->line, "more than %d topics",
                          RULES_MAX_TOPICS);
        g_ptr_array_add (topics, (gpointer)c->id);
    }
    g_ptr_array_add (topics, NULL);
    return topics;
}

void
references_check (RuleReader *r, const char *const *scenarios, const GArray *classes)
{
    g_autoptr (GPtrArray) topics = known_topics (r, classes);

    for (guint i = 0; i < r->references->len; i++) {
        const Reference *reference = &g_array_index (r->references, Reference, i);
        const char *const *known =
            reference->kind == CLASS_TOPIC ? (const char *const *)topics->pdata : scenarios;

        r->want.file = reference->file;
        if (known[0] == NULL)
            want_refuse (&r->want, reference->word, "unknown %s '%s': there are none",
                         class_kind_names[reference->kind], yaml_text (reference->word));
        else if (!g_strv_contains (known, yaml_text (reference->word)))
            want_unknown (&r->want, reference->word, class_kind_names[reference->kind], known);
    }
}

static guint64
topic_bits (const Rules *rules, const char *const *ids)
{
    guint64 bits = 0;

    for (guint i = rules->first_topic; i < rules->n_classes; i++)
        if (g_strv_contains (ids, rules->classes[i].id))
            bits |= (guint64)1 << (i - rules->first_topic);
    return bits;
}

void
topics_number (Rules *rules)
{
    rules->first_topic = rules->n_classes;
    while (rules->first_topic > 0 && rules->classes[rules->first_topic - 1].kind == CLASS_TOPIC)
        rules->first_topic--;
    for (guint i = 0; i < rules->n_classes; i++)
        for (guint j = 0; j < rules->classes[i].n_rules; j++) {
            Rule *rule = &rules->classes[i].rules[j];

            if (rule->test == TEST_TOPIC || rule->test == TEST_TOGETHER)
                rule->topics = topic_bits (rules, rule->words);
        }
}
