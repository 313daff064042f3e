/* The folders of scenarios, as one immutable value. */
#include "know/rules.h"
#include "know/class.h"
#include "know/references.h"

#define COMMON "common"
#define SUFFIX ".yaml"
#define RULES_MAX_FILES 2000

typedef struct Owned {
    Arena *arena;
    GPtrArray *trees; /* of Yaml: own the texts */
    GPtrArray *patterns;
} Owned;

typedef struct Loading {
    Mistakes *mistakes;
    GHashTable *files; /* "ssh-bruteforce.yaml", "common/demands.yaml" -> path: the last folder's */
    RuleReader *reader;
    Owned *owned;
    GArray *classes;
} Loading;

static gboolean
good_name (const char *name, gsize len)
{
    return len > 0 && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static void
take_file (Loading *l, const char *folder, const char *prefix, const char *name)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (name[0] == '.')
        return;
    if (g_str_has_suffix (name, ".yml"))
        mistakes_add (l->mistakes, path, 0, "would not be read: its name must end in .yaml");
    if (!g_str_has_suffix (name, SUFFIX))
        return;
    if (!good_name (name, strlen (name) - strlen (SUFFIX))) {
        mistakes_add (l->mistakes, path, 0, "a name is made of a-z, 0-9 and '-'");
        return;
    }
    if (g_hash_table_size (l->files) < RULES_MAX_FILES)
        g_hash_table_insert (l->files, g_strconcat (prefix, name, NULL), g_steal_pointer (&path));
    else
        mistakes_add (l->mistakes, path, 0, "more than %d files", RULES_MAX_FILES);
}

/* FALSE when the folder is not there; one that cannot be read is a mistake. */
static gboolean
list_folder (Loading *l, const char *folder, const char *prefix)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
    const char *name;

    if (dir == NULL && g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return FALSE;
    if (dir == NULL)
        mistakes_add (l->mistakes, folder, 0, "cannot be read: %s", error->message);
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        take_file (l, folder, prefix, name);
    return TRUE;
}

static void
list_folders (Loading *l, const char *const *folders)
{
    gboolean any = FALSE;

    for (guint i = 0; folders[i] != NULL; i++) {
        g_autofree char *common = g_build_filename (folders[i], COMMON, NULL);

        any = list_folder (l, folders[i], "") || any;
        list_folder (l, common, COMMON "/");
    }
    for (guint i = 0; !any && folders[i] != NULL; i++)
        mistakes_add (l->mistakes, folders[i], 0, "no such folder, and so there are no scenarios");
}

static char *
id_of (Loading *l, const char *file)
{
    return arena_strndup (l->owned->arena, file, strlen (file) - strlen (SUFFIX));
}

static void
load_file (Loading *l, const char *file)
{
    const char *path = g_hash_table_lookup (l->files, file);
    Yaml *tree = yaml_load (path, l->mistakes);
    Class c;

    if (tree == NULL)
        return;
    g_ptr_array_add (l->owned->trees, tree);
    l->reader->want.file = yaml_file (tree);
    if (g_str_has_prefix (file, COMMON "/"))
        class_read_common (l->reader, yaml_root (tree), l->classes);
    else if (class_read (l->reader, CLASS_SCENARIO, id_of (l, file), yaml_root (tree),
                         yaml_line (yaml_root (tree)), &c))
        g_array_append_val (l->classes, c);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
sorted_files (GHashTable *files)
{
    GPtrArray *names = g_ptr_array_new ();
    GHashTableIter i;
    gpointer name;

    g_hash_table_iter_init (&i, files);
    while (g_hash_table_iter_next (&i, &name, NULL))
        g_ptr_array_add (names, name);
    g_ptr_array_sort (names, compare_names); /* mistakes come in the order of the files */
    return names;
}

/* A scenario is known when its file is, even where that has mistakes of its own. */
static GPtrArray *
known_scenarios (Loading *l, const GPtrArray *files)
{
    GPtrArray *known = g_ptr_array_new ();

    for (guint i = 0; i < files->len; i++)
        if (!g_str_has_prefix (files->pdata[i], COMMON "/"))
            g_ptr_array_add (known, id_of (l, files->pdata[i]));
    g_ptr_array_add (known, NULL);
    return known;
}

static int
compare_classes (const void *a, const void *b)
{
    const Class *x = a, *y = b;

    return x->kind != y->kind ? (int)x->kind - (int)y->kind : strcmp (x->id, y->id);
}

static void
check_classes (Loading *l, const char *const *scenarios, const char *folder)
{
    static const char *const needed[] = { "not-a-complaint", "unclassified" };
    const Class *classes = (const Class *)(gpointer)l->classes->data;

    for (guint i = 1; i < l->classes->len; i++)
        if (compare_classes (&classes[i - 1], &classes[i]) == 0)
            mistakes_add (l->mistakes, classes[i].file, classes[i].line,
                          "'%s' stands in %s:%u already", classes[i].id, classes[i - 1].file,
                          classes[i - 1].line);
    for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
        if (!g_strv_contains (scenarios, needed[i]))
            mistakes_add (l->mistakes, folder, 0, "no scenario '%s': it must be there", needed[i]);
}

static void
load_all (Loading *l, const char *const *folders)
{
    g_autoptr (GPtrArray) files = NULL, scenarios = NULL;

    list_folders (l, folders);
    files = sorted_files (l->files);
    for (guint i = 0; i < files->len; i++)
        load_file (l, files->pdata[i]);
    g_array_sort (l->classes, compare_classes);
    if (files->len == 0)
        return;
    for (guint i = 0; i < l->classes->len; i++) {
        const Class *c = &g_array_index (l->classes, Class, i);

        reply_texts_put_parts (l->reader->replies, c->id, c->reply);
    }
    reply_texts_check (l->reader->replies, l->mistakes);
    scenarios = known_scenarios (l, files);
    references_check (l->reader, (const char *const *)scenarios->pdata, l->classes);
    check_classes (l, (const char *const *)scenarios->pdata, folders[0]);
}

static Prefilter *
make_prefilter (const Rules *rules, guint n)
{
    g_autofree const char **regexes = g_new0 (const char *, n + 1);
    g_autofree guint *slots = g_new0 (guint, n + 1);

    G_STATIC_ASSERT (N_SLOTS <= PREFILTER_MAX_KINDS);
    for (guint i = 0; i < rules->n_classes; i++)
        for (guint j = 0; j < rules->classes[i].n_rules; j++) {
            const Rule *rule = &rules->classes[i].rules[j];

            for (guint k = 0; k < rule->n_alternatives; k++) {
                regexes[rule->alternatives[k].number] = rule->alternatives[k].regex;
                slots[rule->alternatives[k].number] = rule_slots (rule);
            }
        }
    return prefilter_new (regexes, slots, n);
}

static Rules *
make_rules (Loading *l)
{
    Rules *rules = g_new0 (Rules, 1);

    rules->refs = 1;
    rules->owned = l->owned;
    rules->n_classes = l->classes->len;
    rules->classes = arena_new0 (l->owned->arena, Class, l->classes->len);
    memcpy (rules->classes, l->classes->data, l->classes->len * sizeof (Class));
    while (rules->n_scenarios < rules->n_classes &&
           rules->classes[rules->n_scenarios].kind == CLASS_SCENARIO)
        rules->n_scenarios++;
    topics_number (rules);
    rules->prefilter = make_prefilter (rules, l->reader->n_alternatives);
    rules->replies = g_steal_pointer (&l->reader->replies);
    return rules;
}

static void
free_owned (Owned *owned)
{
    g_ptr_array_unref (owned->patterns);
    g_ptr_array_unref (owned->trees);
    arena_free (owned->arena);
    g_free (owned);
}

Rules *
rules_load (const char *const *directories, const Shapes *shapes, Mistakes *mistakes)
{
    guint before = mistakes_count (mistakes);
    Owned *owned = g_new0 (Owned, 1);
    g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (Class));
    g_autoptr (RuleReader) reader = NULL;
    Loading loading = { mistakes, files, NULL, owned, classes };

    owned->arena = arena_new (G_MAXSIZE); /* the bounds of YAML and of the number of files hold */
    owned->trees = g_ptr_array_new_with_free_func ((GDestroyNotify)yaml_tree_free);
    loading.reader = reader = rule_reader_new (shapes, owned->arena, mistakes);
    load_all (&loading, directories);
    owned->patterns = g_steal_pointer (&reader->patterns);
    if (mistakes_count (mistakes) == before)
        return make_rules (&loading);
    free_owned (owned);
    return NULL;
}

Rules *
rules_ref (Rules *r)
{
    g_atomic_int_inc (&r->refs);
    return r;
}

void
rules_unref (Rules *r)
{
    if (r == NULL || !g_atomic_int_dec_and_test (&r->refs))
        return;
    prefilter_free (r->prefilter);
    reply_texts_free (r->replies);
    free_owned (r->owned);
    g_free (r);
}

const Class *
rules_scenario (const Rules *r, const char *id)
{
    guint low = 0, high = r->n_scenarios;

    while (low < high) {
        guint middle = (low + high) / 2;
        int order = strcmp (id, r->classes[middle].id);

        if (order == 0)
            return &r->classes[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
