#include "know/settings.h"
#include "base/glob.h"
#include "know/action.h"
#include "know/networks.h"
#include "know/reply_settings.h"
#include "know/setting.h"
#include "know/tor_settings.h"
#include "know/web_settings.h"

#define KIB ((gint64)1 << 10)
#define MIB ((gint64)1 << 20)

typedef struct Box {   /* the public value with what keeps it alive */
    Settings settings; /* first: a Settings * is a Box * */
    gint refs;
    Arena *arena;
    Yaml *defaults, *file; /* own the texts */
    NetworkIndex *index;
} Box;

#define AT(field) G_STRUCT_OFFSET (Settings, field)

static const char *const on_error_words[] = { "accept", "tempfail", NULL };
static const char *const log_to_words[] = { "auto", "stderr", "syslog", "journal", NULL };

static gboolean set_networks (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_tor (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_actions (Want *w, const YamlNode *n, const Setting *row, gpointer field);

static const Setting table[] = {
    { .key = "listen",
      .set = set_socket,
      .at = AT (listen),
      .fallback = "unix:/run/abuse-milter/milter.sock",
      .doc = "where the MTA connects: unix:/path, inet:PORT@HOST or inet6:PORT@HOST" },
    { .key = "socket_mode",
      .set = set_mode,
      .at = AT (socket_mode),
      .fallback = "\"0660\"",
      .doc = "permissions of a unix socket" },
    { .key = "socket_group",
      .set = set_word,
      .at = AT (socket_group),
      .doc = "group of a unix socket, such as the MTA's" },
    { .key = "user",
      .set = set_word,
      .at = AT (user),
      .doc = "user to become when started as root" },
    { .key = "group",
      .set = set_word,
      .at = AT (group),
      .doc = "group to become when started as root" },
    { .key = "pid_file",
      .set = set_path,
      .at = AT (pid_file),
      .doc = "where the daemon writes its process id" },
    { .key = "watch",
      .set = set_globs,
      .at = AT (watch),
      .fallback = "[\"abuse@*\"]",
      .doc = "recipients whose mail is judged; * and ? stand for any text and any character" },
    { .key = "log",
      .set = set_log,
      .at = AT (log),
      .fallback = "sqlite:/var/lib/abuse-milter/log.db",
      .doc = "the log of verdicts: sqlite:/path, or none" },
    { .key = "log_wait",
      .set = set_duration,
      .at = AT (log_wait_ms),
      .fallback = "2s",
      .max = 60 * 1000,
      .doc = "how long a mail waits until its log row is on disk" },
    { .key = "keep_text",
      .set = set_bool,
      .at = AT (keep_text),
      .fallback = "false",
      .doc = "keep the text of each mail in the log" },
    { .key = "scenarios",
      .set = set_paths,
      .at = AT (scenarios),
      .fallback = "[\"" ABUSE_MILTER_DATADIR "/scenarios\", /etc/abuse-milter/scenarios]",
      .doc = "folders of scenarios; a file in a later one replaces that of the same name" },
    { .key = "networks",
      .set = set_networks,
      .at = 0,
      .inside = network_rows,
      .doc = "our own networks" },
    { .key = "tor",
      .set = set_tor,
      .at = AT (tor),
      .inside = tor_rows,
      .doc = "for who runs Tor relays" },
    { .key = "reply",
      .set = set_block,
      .at = AT (reply),
      .inside = reply_rows,
      .doc = "drafts of answers" },
    { .key = "web",
      .set = set_block,
      .at = AT (web),
      .inside = web_rows,
      .doc = "read-only pages of the log, and metrics for Prometheus" },
    { .key = "authserv_id",
      .set = set_word,
      .at = AT (authserv_id),
      .doc = "the name our MTA signs Authentication-Results with; others' are not believed" },
    { .key = "on_error",
      .set = set_choice,
      .at = AT (on_error),
      .fallback = "accept",
      .words = on_error_words,
      .doc = "what happens to a mail that cannot be judged or logged: accept or tempfail" },
    { .key = "actions",
      .set = set_actions,
      .at = 0,
      .inside = action_rows,
      .doc = "what is done beside the headers" },
    { .key = "header_prefix",
      .set = set_prefix,
      .at = AT (header_prefix),
      .fallback = "X-Abuse-",
      .doc = "how the names of the headers start" },
    { .key = "log_to",
      .set = set_choice,
      .at = AT (log_to),
      .fallback = "auto",
      .words = log_to_words,
      .doc = "where the daemon tells what it does: auto, stderr, syslog or journal" },
    { .key = "message_limit",
      .set = set_size,
      .at = AT (message_limit_bytes),
      .fallback = "4MiB",
      .min = 64 * KIB,
      .max = 1024 * MIB,
      .doc = "how much of a mail is read" },
    { .key = "memory_limit",
      .set = set_size,
      .at = AT (memory_limit_bytes),
      .fallback = "64MiB",
      .min = 1024 * KIB,
      .max = 16 * 1024 * MIB,
      .doc = "memory that judging one mail may take" },
    { .key = "memory_total",
      .set = set_size,
      .at = AT (memory_total_bytes),
      .fallback = "512MiB",
      .min = 2 * MIB,
      .max = 64 * 1024 * MIB,
      .doc = "memory that all mails together may take, those that arrive and those being judged" },
    { .key = "time_limit",
      .set = set_duration,
      .at = AT (time_limit_ms),
      .fallback = "5s",
      .max = 10 * 60 * 1000,
      .min = 10,
      .doc = "how long judging one mail may take; then it goes on with what is known" },
    { .key = "max_judging",
      .set = set_count,
      .at = AT (max_judging),
      .fallback = "4",
      .min = 1,
      .max = 1000,
      .doc = "how many mails are judged at once" },
    { .key = "max_wait",
      .set = set_duration,
      .at = AT (max_wait_ms),
      .fallback = "30s",
      .max = 10 * 60 * 1000,
      .doc = "how long a mail waits for its turn to be judged" },
    { .key = NULL }
};

static gboolean
set_networks (Want *w, const YamlNode *n, const Setting *row, gpointer settings)
{
    Settings *s = settings;

    return networks_read (w, n, row, &s->networks, &s->n_networks);
}

static gboolean
set_actions (Want *w, const YamlNode *n, const Setting *row, gpointer settings)
{
    Settings *s = settings;

    return actions_read (w, n, row, &s->actions, &s->n_actions);
}

static gboolean
set_tor (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    (void)row;
    return tor_settings_read (w, n, field);
}

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
        if (rows->set == set_tor || rows->set == set_block) {
            g_string_append_printf (text, "%*s%s:\n", (int)indent, "", rows->key);
            append_defaults (text, rows->inside, indent + 2);
        }
    }
}

static Yaml *
defaults_as_yaml (Mistakes *mistakes)
{
    g_autoptr (GString) text = g_string_new (NULL);

    append_defaults (text, table, 0);
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
    setting_read_block (&want, yaml_root (box->defaults), table, "setting", &box->settings);
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
    if (s->memory_total_bytes < s->memory_limit_bytes + s->message_limit_bytes)
        want_refuse (w,
                     total != NULL    ? total
                     : memory != NULL ? memory
                                      : yaml_get (root, "message_limit"),
                     "memory_total is less than memory_limit and message_limit together: no mail "
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
    if (setting_read_block (&want, root, table, "setting", &box->settings))
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

    describe_rows (text, table, 0);
    return g_string_free (text, FALSE);
}
