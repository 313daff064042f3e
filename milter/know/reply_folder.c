#include "know/reply_folder.h"

#define MAX_FILES 500
#define MAX_LAYERS 4 /* an empty one, texts, texts/pt, texts/pt-BR */

struct ReplyFolder {
    Arena *arena;
    GPtrArray *trees; /* of Yaml: own the texts */
    ReplyTexts *layers[MAX_LAYERS];
    guint n_layers;
};

typedef struct Loading {
    ReplyFolder *f;
    const Rules *rules;
    Mistakes *mistakes;
} Loading;

static gboolean
is_scenario (const char *id, gpointer rules)
{
    return rules_scenario (rules, id) != NULL;
}

static gboolean
is_of_replies (Want *w, const YamlNode *root)
{
    static const char *const kinds[] = { "reply", NULL };
    const YamlNode *kind = yaml_kind (root) == YAML_MAP ? yaml_get (root, "kind") : NULL;
    guint i;

    if (kind != NULL)
        return want_word (w, kind, "kind", kinds, &i);
    want_refuse (w, root, "no `kind: reply'");
    return FALSE;
}

static void
load_file (Loading *l, ReplyTexts *into, const char *path)
{
    Yaml *tree = yaml_load (path, l->mistakes);
    Want want = { l->mistakes, NULL, l->f->arena };

    if (tree == NULL)
        return;
    g_ptr_array_add (l->f->trees, tree);
    want.file = yaml_file (tree);
    if (is_of_replies (&want, yaml_root (tree)))
        reply_texts_read (into, &want, yaml_root (tree), is_scenario, (gpointer)l->rules);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
files_of (const char *folder, GError **error)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
    GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (name[0] != '.' && g_str_has_suffix (name, ".yaml") && files->len < MAX_FILES)
            g_ptr_array_add (files, g_build_filename (folder, name, NULL));
    g_ptr_array_sort (files, by_name);
    return files;
}

/* A folder that is not there is a mistake only where it `must' be. */
static gboolean
load_layer (Loading *l, const char *folder, gboolean must)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) files = files_of (folder, &error);
    ReplyFolder *f = l->f;
    ReplyTexts *layer;

    if (error != NULL && !must && g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return FALSE;
    if (error != NULL) {
        mistakes_add (l->mistakes, folder, 0, "cannot be read: %s", error->message);
        return FALSE;
    }
    layer = f->layers[f->n_layers] = reply_texts_new (f->layers[f->n_layers - 1]);
    f->n_layers++;
    for (guint i = 0; i < files->len; i++)
        load_file (l, layer, files->pdata[i]);
    reply_texts_check (layer, l->mistakes);
    return TRUE;
}

static gboolean
is_english (const char *language)
{
    return g_ascii_strncasecmp (language, "en", 2) == 0 &&
           (language[2] == '\0' || language[2] == '-');
}

/* "pt-BR": pt, then pt-BR; one of them must be there. */
static void
load_language (Loading *l, const ReplySettings *s)
{
    gsize primary = strcspn (s->language, "-");
    gboolean any;
    g_autofree char *first = g_strndup (s->language, primary);
    g_autofree char *general = g_build_filename (s->texts, first, NULL);
    g_autofree char *whole = g_build_filename (s->texts, s->language, NULL);

    any = load_layer (l, general, FALSE);
    if (s->language[primary] != '\0')
        any = load_layer (l, whole, FALSE) || any;
    if (!any && !is_english (s->language))
        mistakes_add (l->mistakes, whole, 0,
                      "no such folder, and so there are no texts for the language %s", s->language);
}

static void
load_all (Loading *l, const ReplySettings *s)
{
    if (s->texts != NULL && load_layer (l, s->texts, TRUE))
        load_language (l, s);
    else if (s->texts == NULL && !is_english (s->language))
        mistakes_add (l->mistakes, "reply", 0,
                      "language is %s, but texts names no folder with texts in it", s->language);
}

ReplyFolder *
reply_folder_load (const ReplySettings *settings, const Rules *rules, Mistakes *mistakes)
{
    g_autoptr (ReplyFolder) f = g_new0 (ReplyFolder, 1);
    Loading loading = { f, rules, mistakes };
    guint before = mistakes_count (mistakes);

    f->arena = arena_new (G_MAXSIZE); /* the bounds of YAML and of the number of files hold */
    f->trees = g_ptr_array_new_with_free_func ((GDestroyNotify)yaml_tree_free);
    f->layers[0] = reply_texts_new (rules->replies);
    f->n_layers = 1;
    load_all (&loading, settings);
    return mistakes_count (mistakes) == before ? g_steal_pointer (&f) : NULL;
}

void
reply_folder_free (ReplyFolder *f)
{
    if (f == NULL)
        return;
    for (guint i = 0; i < f->n_layers; i++)
        reply_texts_free (f->layers[i]);
    g_ptr_array_unref (f->trees);
    arena_free (f->arena);
    g_free (f);
}

const ReplyTexts *
reply_folder_texts (const ReplyFolder *f)
{
    return f->layers[f->n_layers - 1];
}
