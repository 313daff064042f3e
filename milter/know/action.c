#include "know/action.h"
#include "base/nearest.h"

static gboolean set_scenarios (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_priorities (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_phrase (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_recipient (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_extension (Want *w, const YamlNode *n, const Setting *row, gpointer field);

#define AT(field) G_STRUCT_OFFSET (Action, field)

const Setting action_rows[] = {
    { .key = "scenario", .set = set_scenarios, .at = 0, .doc = "only for these; else for each" },
    { .key = "priority",
      .set = set_priorities,
      .at = AT (priorities),
      .doc = "only for these: low, normal, high, urgent" },
    { .key = "subject_tag",
      .set = set_phrase,
      .at = AT (subject_tag),
      .doc = "put before the subject, such as [{scenario}]" },
    { .key = "add_recipient",
      .set = set_recipient,
      .at = AT (add_recipient),
      .doc = "who gets the mail, too" },
    { .key = "redirect",
      .set = set_extension,
      .at = AT (redirect),
      .doc = "put before the @ of the watched recipients, such as +{scenario}" },
    { .key = "quarantine",
      .set = set_phrase,
      .at = AT (quarantine),
      .doc = "the MTA holds the mail, for this reason" },
    { .key = NULL }
};

static const char *const placeholders[] = { "{scenario}", "{priority}" };

static gboolean
set_scenarios (Want *w, const YamlNode *n, const Setting *row, gpointer action)
{
    Action *a = action;

    a->names = n;
    a->scenarios = want_texts (w, n, row->key);
    return a->scenarios != NULL;
}

static gboolean
set_priorities (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *const *names = want_texts (w, n, row->key);
    gboolean good = names != NULL;
    Priority p;

    for (guint i = 0; names != NULL && names[i] != NULL; i++)
        if (priority_from_name (names[i], &p))
            *(guint *)field |= 1u << p;
        else
            good = want_no_value (w, want_item (n, i), row->key, "low, normal, high or urgent");
    return good;
}

/* The text without its placeholders; NULL: there is a brace that is none of theirs. */
static char *
without_placeholders (const char *text)
{
    GString *out = g_string_new (text);

    for (gsize i = 0; i < G_N_ELEMENTS (placeholders); i++)
        g_string_replace (out, placeholders[i], "", 0);
    return g_string_free (out, strpbrk (out->str, "{}") != NULL);
}

static gboolean
good_bytes (const char *text, const char *others)
{
    for (; text != NULL && *text != '\0'; text++)
        if (others != NULL ? !g_ascii_isalnum (*text) && strchr (others, *text) == NULL
                           : !g_ascii_isprint (*text))
            return FALSE;
    return text != NULL;
}

static gboolean
set_phrase (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);
    g_autofree char *plain = text != NULL ? without_placeholders (text) : NULL;

    if (text == NULL || strlen (text) > ACTION_TEXT_MAX || !good_bytes (plain, NULL))
        return want_no_value (w, n, row->key,
                              "at most 60 printable ASCII characters; {scenario} and {priority} "
                              "stand for those");
    return set_text (w, n, row, field);
}

static gboolean
set_extension (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);
    g_autofree char *plain = text != NULL ? without_placeholders (text) : NULL;

    if (text == NULL || strlen (text) > ACTION_TEXT_MAX || strlen (text) < 2 ||
        strchr ("+-", text[0]) == NULL || !good_bytes (plain, "+-_."))
        return want_no_value (w, n, row->key,
                              "what the MTA's recipient delimiter begins, such as +{scenario} or "
                              "+abuse-{priority}");
    return set_text (w, n, row, field);
}

static gboolean
set_recipient (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n), *at = text != NULL ? strrchr (text, '@') : NULL;

    if (at == NULL || at == text || at[1] == '\0' || strlen (text) > 254 ||
        !setting_is_word (text) || strpbrk (text, "<>,;\"\\") != NULL)
        return want_no_value (w, n, row->key, "an address such as oncall@example.net");
    return set_text (w, n, row, field);
}

static gboolean
read_action (Want *w, const YamlNode *n, Action *ret)
{
    if (!want_map (w, n, "actions") ||
        !setting_read_block (w, n, action_rows, "key of an action", ret))
        return FALSE;
    if (ret->subject_tag != NULL || ret->add_recipient != NULL || ret->redirect != NULL ||
        ret->quarantine != NULL)
        return TRUE;
    want_refuse (w, n,
                 "an action that does nothing: it wants subject_tag, add_recipient, redirect "
                 "or quarantine");
    return FALSE;
}

gboolean
actions_read (Want *w, const YamlNode *list, const Setting *row, const Action **ret, guint *ret_n)
{
    guint n = yaml_length (list);
    Action *actions = arena_new0 (w->arena, Action, MAX (n, 1));
    gboolean good = TRUE;

    if (yaml_kind (list) != YAML_LIST)
        return want_no_value (w, list, row->key, "a list of blocks, each with something to do");
    for (guint i = 0; i < n; i++)
        good = read_action (w, yaml_item (list, i), &actions[i]) && good;
    *ret = actions;
    *ret_n = n;
    return good;
}

static void
refuse_scenario (const Settings *s, const YamlNode *n, const Rules *rules, Mistakes *mistakes)
{
    g_autofree const char **known = g_new0 (const char *, rules->n_scenarios + 1);
    const char *nearest;

    for (guint i = 0; i < rules->n_scenarios; i++)
        known[i] = rules->classes[i].id;
    nearest = nearest_word (yaml_text (n), known);
    mistakes_add (mistakes, s->file, yaml_line (n), "there is no scenario '%s'%s%s%s",
                  yaml_text (n), nearest != NULL ? " (did you mean '" : "",
                  nearest != NULL ? nearest : "", nearest != NULL ? "'?)" : "");
}

gboolean
actions_check (const Settings *s, const Rules *rules, Mistakes *mistakes)
{
    guint before = mistakes_count (mistakes);

    for (guint i = 0; i < s->n_actions; i++)
        for (guint k = 0; s->actions[i].scenarios != NULL && s->actions[i].scenarios[k]; k++)
            if (rules_scenario (rules, s->actions[i].scenarios[k]) == NULL)
                refuse_scenario (s, want_item (s->actions[i].names, k), rules, mistakes);
    return mistakes_count (mistakes) == before;
}

gboolean
action_holds (const Action *a, const Verdict *v)
{
    gboolean named = a->scenarios == NULL;

    for (guint i = 0; a->scenarios != NULL && a->scenarios[i] != NULL; i++)
        named |= strcmp (a->scenarios[i], v->scenario) == 0;
    return named && (a->priorities == 0 || a->priorities & 1u << v->priority);
}

char *
action_text (Arena *arena, const char *text, const Verdict *v)
{
    const char *values[] = { v->scenario, priority_name (v->priority) };
    g_autoptr (GString) out = g_string_new (text);

    if (text == NULL)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (placeholders); i++)
        g_string_replace (out, placeholders[i], values[i], 0);
    return arena_strndup (arena, out->str, out->len);
}
