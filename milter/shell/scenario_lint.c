#include "shell/scenario_lint.h"
#include "base/literals.h"
#include "judge/trial.h"
#include "know/regex_lint.h"
#include "shell/mailbox.h"

typedef struct Samples {
    const Knowledge *know;
    gint64 now;
    const char *belongs_to; /* the folder's name */
    GHashTable *held;       /* names of rules, by their own addresses */
    Mistakes *findings;
    guint mails;
} Samples;

/* The regex as written, and the pieces of it that the prefilter has nothing to look for. */
static void
lint_rule (const Class *c, const Rule *rule, Mistakes *findings)
{
    g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

    if (rule->regex == NULL)
        return;
    regex_lint (rule->regex, told);
    for (guint i = 0; i < told->len; i++)
        mistakes_add (findings, c->file, rule->line, "%s: %s", rule->name, (char *)told->pdata[i]);
    for (guint i = 0; i < rule->n_alternatives; i++) {
        const char *regex = rule->alternatives[i].regex;
        LiteralSet sets[2];

        regex_literals (regex, sets);
        if (sets[0].texts == NULL)
            mistakes_add (findings, c->file, rule->line,
                          "%s: tried on every mail, for nothing in it is sure to stand there: %.*s",
                          rule->name, REGEX_LINT_QUOTE, regex);
        g_strfreev (sets[0].texts);
        g_strfreev (sets[1].texts);
    }
}

/* A topic decides nothing by itself. */
static void
lint_topics (const Rules *rules, Mistakes *findings)
{
    guint64 asked = 0;

    for (guint i = 0; i < rules->n_classes; i++)
        for (guint j = 0; j < rules->classes[i].n_rules; j++)
            asked |= rules->classes[i].rules[j].topics;
    for (guint i = rules->first_topic; i < rules->n_classes; i++)
        if (!(asked >> (i - rules->first_topic) & 1))
            mistakes_add (findings, rules->classes[i].file, rules->classes[i].line,
                          "%s: no signal asks for this topic", rules->classes[i].id);
}

void
scenario_lint_regexes (const Rules *rules, Mistakes *findings)
{
    for (guint i = 0; i < rules->n_classes; i++)
        for (guint j = 0; j < rules->classes[i].n_rules; j++)
            lint_rule (&rules->classes[i], &rules->classes[i].rules[j], findings);
    lint_topics (rules, findings);
}

static void
mark_held (Samples *s, const Trial *trial)
{
    for (guint i = 0; i < trial->n_signals; i++)
        g_hash_table_add (s->held, (gpointer)trial->signals[i].name);
}

static gboolean
names (const char *const *ids, const char *id)
{
    return ids != NULL && g_strv_contains (ids, id);
}

/* Whoever wrote one of the two knows that they come near each other. */
static gboolean
are_lookalikes (const Rules *rules, const char *a, const char *b)
{
    return names (rules_scenario (rules, a)->lookalikes, b) ||
           names (rules_scenario (rules, b)->lookalikes, a);
}

static gboolean
judge_sample (const char *name, Span mail, gpointer data)
{
    Samples *s = data;
    g_autoptr (Arena) arena = arena_new (s->know->settings->memory_limit_bytes);
    const Verdict *v;
    guint n;
    const Trial *trials = trial_of_mail (s->know, arena, mail, s->now, &v, &n);

    s->mails++;
    if (strcmp (v->scenario, s->belongs_to) != 0)
        mistakes_add (s->findings, name, 0, "is judged %s (%.2f) and belongs to %s", v->scenario,
                      v->confidence, s->belongs_to);
    for (guint i = 0; i < n; i++) {
        const char *id = trials[i].scenario->id;

        mark_held (s, &trials[i]);
        if (trials[i].confidence >= SCENARIO_LINT_NEAR && strcmp (id, s->belongs_to) != 0 &&
            strcmp (id, v->scenario) != 0 && !are_lookalikes (s->know->rules, id, s->belongs_to))
            mistakes_add (s->findings, name, 0,
                          "is nearly %s (%.2f) and belongs to %s, and neither names the other "
                          "among its lookalikes",
                          id, trials[i].confidence, s->belongs_to);
    }
    return TRUE;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
names_in (const char *folder, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
    const char *name;

    if (dir == NULL)
        return NULL;
    while ((name = g_dir_read_name (dir)) != NULL)
        if (name[0] != '.' && !g_str_has_suffix (name, ".want"))
            g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, by_name);
    return g_steal_pointer (&names);
}

static gboolean
judge_folder (Samples *s, const char *path, GError **error)
{
    g_autoptr (GPtrArray) names = names_in (path, error);
    gboolean good = names != NULL;

    for (guint i = 0; good && i < names->len; i++) {
        g_autofree char *mail = g_build_filename (path, names->pdata[i], NULL);

        good = mailbox_each (mail, judge_sample, s, error);
    }
    return good;
}

static void
tell_never_held (const Samples *s)
{
    const Rules *rules = s->know->rules;

    for (guint i = 0; i < rules->n_scenarios; i++)
        for (guint j = 0; j < rules->classes[i].n_rules; j++) {
            const Rule *rule = &rules->classes[i].rules[j];

            if (!g_hash_table_contains (s->held, rule->name))
                mistakes_add (s->findings, rules->classes[i].file, rule->line,
                              "%s: holds on no sample", rule->name);
        }
}

gboolean
scenario_lint_samples (const Knowledge *know, const char *folder, gint64 now_unix_s,
                       Mistakes *findings, guint *ret_mails, GError **error)
{
    g_autoptr (GHashTable) held = g_hash_table_new (NULL, NULL);
    g_autoptr (GPtrArray) names = names_in (folder, error);
    Samples s = { know, now_unix_s, NULL, held, findings, 0 };
    gboolean good = names != NULL;

    for (guint i = 0; good && i < names->len; i++) {
        g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

        s.belongs_to = names->pdata[i];
        if (!g_file_test (path, G_FILE_TEST_IS_DIR))
            continue;
        if (rules_scenario (know->rules, s.belongs_to) == NULL)
            mistakes_add (findings, path, 0, "no scenario has this name");
        else
            good = judge_folder (&s, path, error);
    }
    if (good)
        tell_never_held (&s);
    *ret_mails = s.mails;
    return good;
}
