#include "know/reply_texts.h"

#define MAX_USES 12 /* of texts in texts */

const char *const reply_parts[N_REPLY_PARTS + 1] = { "opening", "advice",    "provider",
                                                     "letter",  "checklist", NULL };

struct ReplyTexts {
    const ReplyTexts *beneath;
    GHashTable *by_name; /* own the names */
};

ReplyTexts *
reply_texts_new (const ReplyTexts *beneath)
{
    ReplyTexts *t = g_new0 (ReplyTexts, 1);

    t->beneath = beneath;
    t->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    return t;
}

void
reply_texts_free (ReplyTexts *t)
{
    if (t == NULL)
        return;
    g_hash_table_unref (t->by_name);
    g_free (t);
}

void
reply_texts_put (ReplyTexts *t, const char *name, const ReplyText *text)
{
    g_hash_table_insert (t->by_name, g_strdup (name), (gpointer)text);
}

const ReplyText *
reply_texts_get (const ReplyTexts *t, const char *name)
{
    const ReplyText *text = NULL;

    for (; t != NULL && text == NULL; t = t->beneath)
        text = g_hash_table_lookup (t->by_name, name);
    return text;
}

ReplyPart
reply_part_named (const char *name)
{
    guint i = 0;

    while (i < N_REPLY_PARTS && strcmp (reply_parts[i], name) != 0)
        i++;
    return (ReplyPart)i;
}

/* Reading */

static gboolean
read_parts (Want *w, const YamlNode *map, const ReplyText *ret[N_REPLY_PARTS])
{
    gboolean good = TRUE;

    for (guint i = 0; i < yaml_length (map); i++) {
        const char *key = yaml_text (yaml_key (map, i));
        ReplyPart part = reply_part_named (key);

        if (part == N_REPLY_PARTS)
            want_unknown (w, yaml_key (map, i), "part of a reply", reply_parts);
        else
            ret[part] = reply_text_read (w, yaml_value (map, i), key);
        good = good && part != N_REPLY_PARTS && ret[part] != NULL;
    }
    return good;
}

gboolean
reply_parts_read (Want *w, const YamlNode *n, const ReplyText *ret[N_REPLY_PARTS])
{
    if (yaml_kind (n) == YAML_MAP)
        return read_parts (w, n, ret);
    ret[REPLY_LETTER] = reply_text_read (w, n, "reply");
    return ret[REPLY_LETTER] != NULL;
}

void
reply_texts_put_parts (ReplyTexts *t, const char *scenario,
                       const ReplyText *const parts[N_REPLY_PARTS])
{
    for (guint i = 0; i < N_REPLY_PARTS; i++) {
        g_autofree char *name = g_strconcat (scenario, "/", reply_parts[i], NULL);

        if (parts[i] != NULL)
            reply_texts_put (t, name, parts[i]);
    }
}

static gboolean
read_text (ReplyTexts *t, Want *w, const YamlNode *key, const YamlNode *value)
{
    const char *name = yaml_text (key);
    const ReplyText *text;

    if (reply_part_named (name) != N_REPLY_PARTS) {
        want_refuse (w, key, "'%s' is a part of a scenario's reply: a text needs another name",
                     name);
        return FALSE;
    }
    text = reply_text_read (w, value, name);
    if (text != NULL)
        reply_texts_put (t, name, text);
    return text != NULL;
}

typedef struct Scenarios {
    ReplyIsScenario known;
    gpointer data;
} Scenarios;

static gboolean
read_scenario (ReplyTexts *t, Want *w, const YamlNode *key, const YamlNode *value,
               const Scenarios *s)
{
    const ReplyText *parts[N_REPLY_PARTS] = { NULL };

    if (!s->known (yaml_text (key), s->data)) {
        want_refuse (w, key, "there is no scenario '%s'", yaml_text (key));
        return FALSE;
    }
    if (!reply_parts_read (w, value, parts))
        return FALSE;
    reply_texts_put_parts (t, yaml_text (key), parts);
    return TRUE;
}

static gboolean
is_map (const YamlNode *n)
{
    return n != NULL && yaml_kind (n) == YAML_MAP;
}

gboolean
reply_texts_read (ReplyTexts *t, Want *w, const YamlNode *root, ReplyIsScenario is_scenario,
                  gpointer data)
{
    static const char *const keys[] = { "kind", "texts", "scenarios", NULL };
    const Scenarios scenarios = { is_scenario, data };
    const YamlNode *texts = yaml_get (root, "texts"), *own = yaml_get (root, "scenarios");
    gboolean good = TRUE;

    for (guint i = 0; i < yaml_length (root); i++)
        if (!g_strv_contains (keys, yaml_text (yaml_key (root, i)))) {
            want_unknown (w, yaml_key (root, i), "key of a file of reply texts", keys);
            good = FALSE;
        }
    if (texts != NULL)
        good = want_map (w, texts, "texts") && good;
    for (guint i = 0; is_map (texts) && i < yaml_length (texts); i++)
        good = read_text (t, w, yaml_key (texts, i), yaml_value (texts, i)) && good;
    if (own == NULL)
        return good;
    if (is_scenario == NULL) {
        want_refuse (w, own, "scenarios have files of their own here");
        return FALSE;
    }
    good = want_map (w, own, "scenarios") && good;
    for (guint i = 0; is_map (own) && i < yaml_length (own); i++)
        good = read_scenario (t, w, yaml_key (own, i), yaml_value (own, i), &scenarios) && good;
    return good;
}

/* Checking */

typedef struct Check {
    const ReplyTexts *t;
    Mistakes *mistakes;
    guint before;
} Check;

/* All that a text uses, and what that uses: a circle is as deep as one likes. */
static void
check_text (Check *c, const ReplyText *text, guint depth)
{
    for (guint i = 0; i < text->items.n; i++) {
        const ReplyItem *item = &text->items.items[i];
        const char *name = item->kind == REPLY_USE ? yaml_text (item->use) : NULL;
        const ReplyText *used = name != NULL ? reply_texts_get (c->t, name) : NULL;

        if (name == NULL || reply_part_named (name) != N_REPLY_PARTS)
            continue;
        if (used == NULL)
            mistakes_add (c->mistakes, text->file, yaml_line (item->use),
                          "use: there is no text '%s'", name);
        else if (depth == MAX_USES)
            mistakes_add (c->mistakes, text->file, yaml_line (item->use),
                          "use: '%s' comes back to itself, or texts stand in texts more than %d "
                          "deep",
                          name, MAX_USES);
        else if (mistakes_count (c->mistakes) == c->before)
            check_text (c, used, depth + 1);
    }
}

gboolean
reply_texts_check (const ReplyTexts *t, Mistakes *mistakes)
{
    Check check = { t, mistakes, mistakes_count (mistakes) };
    GHashTableIter i;
    gpointer text;

    g_hash_table_iter_init (&i, t->by_name);
    while (g_hash_table_iter_next (&i, NULL, &text))
        check_text (&check, text, 0);
    return mistakes_count (mistakes) == check.before;
}
