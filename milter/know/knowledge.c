#include "know/knowledge.h"
#include "know/action.h"

/* "a:b" as a list, empty pieces left out. */
static char **
split_directories (const char *directories)
{
    g_auto (GStrv) pieces = g_strsplit (directories, ":", -1);
    GPtrArray *list = g_ptr_array_new ();

    for (guint i = 0; pieces[i] != NULL; i++)
        if (pieces[i][0] != '\0')
            g_ptr_array_add (list, g_strdup (pieces[i]));
    g_ptr_array_add (list, NULL);
    return (char **)g_ptr_array_free (list, FALSE);
}

static Rules *
load_rules (const Settings *settings, const char *directories, const Shapes *shapes,
            Mistakes *mistakes)
{
    g_auto (GStrv) list = NULL;

    if (directories == NULL)
        return rules_load (settings->scenarios, shapes, mistakes);
    list = split_directories (directories);
    return rules_load ((const char *const *)list, shapes, mistakes);
}

Knowledge *
knowledge_load_from (const char *path, const char *directories, Mistakes *mistakes)
{
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autoptr (Settings) settings =
        path != NULL ? settings_load (path, mistakes) : settings_defaults ();
    g_autoptr (Settings) where = settings != NULL ? settings_ref (settings) : settings_defaults ();
    g_autoptr (Rules) rules = load_rules (where, directories, shapes, mistakes);
    g_autoptr (ReplyFolder) replies = NULL;
    gboolean good = FALSE;
    Knowledge *k;

    if (rules != NULL) {
        replies = reply_folder_load (&where->reply, rules, mistakes);
        good = actions_check (where, rules, mistakes);
    }
    if (settings == NULL || rules == NULL || replies == NULL || !good)
        return NULL;
    k = g_new0 (Knowledge, 1);
    k->settings = g_steal_pointer (&settings);
    k->rules = g_steal_pointer (&rules);
    k->shapes = g_steal_pointer (&shapes);
    k->policy = k->settings->tor.policy;
    k->replies = reply_folder_texts (replies);
    k->own_replies = g_steal_pointer (&replies);
    k->refs = 1;
    return k;
}

Knowledge *
knowledge_load (const char *path, Mistakes *mistakes)
{
    return knowledge_load_from (path, NULL, mistakes);
}

Knowledge *
knowledge_with_tor (Knowledge *k, ExitPolicy *policy, ExitList *exits)
{
    Knowledge *new = g_new0 (Knowledge, 1);

    new->base = knowledge_ref (k->base != NULL ? k->base : k);
    new->settings = k->settings;
    new->rules = k->rules;
    new->shapes = k->shapes;
    new->replies = k->replies;
    new->policy = policy != NULL ? policy : k->settings->tor.policy;
    new->exits = exits;
    new->own_policy = policy;
    new->own_exits = exits;
    new->refs = 1;
    return new;
}

Knowledge *
knowledge_ref (Knowledge *k)
{
    g_atomic_int_inc (&k->refs);
    return k;
}

void
knowledge_unref (Knowledge *k)
{
    if (k == NULL || !g_atomic_int_dec_and_test (&k->refs))
        return;
    exit_policy_free (k->own_policy);
    exit_list_free (k->own_exits);
    if (k->base == NULL) {
        reply_folder_free (k->own_replies);
        settings_unref (k->settings);
        rules_unref (k->rules);
        shapes_free (k->shapes);
    }
    knowledge_unref (k->base);
    g_free (k);
}
