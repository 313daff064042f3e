#include "know/settings.h"
#include "base/glob.h"
#include "know/networks.h"
#include "know/settings_table.h"
#include "know/tor_settings.h"

typedef struct Box {   /* the public value with what keeps it alive */
    Settings settings; /* first: a Settings * is a Box * */
    gint refs;
    Arena *arena;
    Yaml *defaults, *file; /* own the texts */
    NetworkIndex *index;
} Box;

static void
free_box (Box *box)
{
    tor_settings_clear (&box->settings.tor);
    network_index_free (box->index);
    yaml_tree_free (box->file);
    yaml_tree_free (box->defaults);
    arena_free (box->arena);
    g_free (box);
}

static void
append_defaults (GString *text, const Setting *rows, guint indent)
{
    for (; rows->key != NULL; rows++) {
        if (rows->fallback != NULL)
            g_string_append_printf (text, "%*s%s: %s\n", (int)indent, "", rows->key,
                                    rows->fallback);
        if (rows->set == set_block) {
            g_string_append_printf (text, "%*s%s:\n", (int)indent, "", rows->key);
            append_defaults (text, rows->inside, indent + 2);
        }
    }
}

static Yaml *
defaults_as_yaml (Mistakes *mistakes)
{
    g_autoptr (GString) text = g_string_new (NULL);

    append_defaults (text, settings_table, 0);
    return yaml_parse ("built-in defaults", text->str, text->len, mistakes);
}

static Box *
new_box (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    Box *box = g_new0 (Box, 1);
    Want want = { .mistakes = mistakes, .file = "built-in defaults" };

    box->refs = 1;
    box->arena = want.arena = arena_new (G_MAXSIZE); /* YAML_MAX_NODES bounds it */
    box->defaults = defaults_as_yaml (mistakes);
    g_assert (box->defaults != NULL);
    setting_read_block (&want, yaml_root (box->defaults), settings_table, "setting",
                        &box->settings);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    return box;
}

static Settings *
finish (Box *box)
{
    box->index = network_index_new (box->settings.networks, box->settings.n_networks);
    return &box->settings;
}

Settings *
settings_defaults (void)
{
    return finish (new_box ());
}

/* What only holds between two settings. */
static void
check_together (Want *w, const YamlNode *root, const Settings *s)
{
    const YamlNode *memory = yaml_get (root, "memory_limit"),
                   *total = yaml_get (root, "memory_total");

    if (s->memory_limit_bytes < s->message_limit_bytes)
        want_refuse (w, memory != NULL ? memory : yaml_get (root, "message_limit"),
                     "memory_limit is less than message_limit: a mail could not even be held");
    if (s->memory_total_bytes <
        SETTINGS_OWN_MEMORY + s->memory_limit_bytes + s->message_limit_bytes)
        want_refuse (
            w,
            total != NULL    ? total
            : memory != NULL ? memory
                             : yaml_get (root, "message_limit"),
            "memory_total is less than memory_limit, message_limit and 32MiB together: no mail "
            "could be judged");
}

static gboolean
read_file (Box *box, Mistakes *mistakes)
{
    const YamlNode *root = yaml_root (box->file);
    Want want = { .mistakes = mistakes, .file = yaml_file (box->file), .arena = box->arena };

    box->settings.file = want.file;
    if (!want_map (&want, root, "a settings file"))
        return FALSE;
    if (setting_read_block (&want, root, settings_table, "setting", &box->settings))
        check_together (&want, root, &box->settings);
    return tor_settings_finish (&want, &box->settings.tor);
}

static Settings *
settings_of (Yaml *file, Mistakes *mistakes)
{
    guint before = mistakes_count (mistakes);
    Box *box;

    if (file == NULL)
        return NULL;
    box = new_box ();
    box->file = file;
    if (!read_file (box, mistakes) || mistakes_count (mistakes) > before) {
        free_box (box);
        return NULL;
    }
    return finish (box);
}

Settings *
settings_load (const char *path, Mistakes *mistakes)
{
    return settings_of (yaml_load (path, mistakes), mistakes);
}

Settings *
settings_parse (const char *name, Span text, Mistakes *mistakes)
{
    return settings_of (yaml_parse (name, text.p, span_left (text), mistakes), mistakes);
}

Settings *
settings_ref (const Settings *s)
{
    Box *box = (Box *)s;

    g_atomic_int_inc (&box->refs);
    return &box->settings;
}

void
settings_unref (Settings *s)
{
    Box *box = (Box *)s;

    if (box != NULL && g_atomic_int_dec_and_test (&box->refs))
        free_box (box);
}

gboolean
settings_watches (const Settings *s, const char *recipient)
{
    Span text = span_trim (span_of (recipient));

    if (span_lit (&text, "<") && text.p < text.end && text.end[-1] == '>')
        text.end--;
    for (guint i = 0; s->watch[i] != NULL; i++)
        if (glob_match (s->watch[i], text))
            return TRUE;
    return FALSE;
}

gint
settings_network_of (const Settings *s, const Ip *ip)
{
    return network_index_find (((const Box *)s)->index, ip);
}

static void
describe_rows (GString *text, const Setting *rows, guint indent)
{
    for (; rows->key != NULL; rows++) {
        g_string_append_printf (text, "%*s%-*s %s\n", (int)indent, "", (int)(16 - indent),
                                rows->key, rows->doc);
        if (rows->fallback != NULL)
            g_string_append_printf (text, "%*s default: %s\n", 16, "", rows->fallback);
        if (rows->inside != NULL)
            describe_rows (text, rows->inside, indent + 2);
    }
}

char *
settings_describe (void)
{
    GString *text = g_string_new (NULL);

    describe_rows (text, settings_table, 0);
    return g_string_free (text, FALSE);
}
