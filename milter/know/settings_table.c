/* Every setting, with its default and what it is for. */
#include "know/settings_table.h"
#include "know/action.h"
#include "know/networks.h"
#include "know/reply_settings.h"
#include "know/tor_settings.h"
#include "know/web_settings.h"

#define KIB ((gint64)1 << 10)
#define MIB ((gint64)1 << 20)

#define AT(field) G_STRUCT_OFFSET (Settings, field)

static const char *const on_error_words[] = { "accept", "tempfail", NULL };
static const char *const log_to_words[] = { "auto", "stderr", "syslog", "journal", NULL };

static gboolean set_networks (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_actions (Want *w, const YamlNode *n, const Setting *row, gpointer field);

const Setting settings_table[] = {
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
      .doc = "the log of verdicts: sqlite:/path, postgresql://host/database, or none" },
    { .key = "log_spool",
      .set = set_path,
      .at = AT (log_spool),
      .fallback = "/var/lib/abuse-milter/log.spool",
      .doc = "file where rows wait while a log that is no file cannot be written" },
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
      .set = set_block,
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
      .doc = "memory that the daemon may take, with all mails that arrive and that are judged" },
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
      .doc = "how many mails are judged at once, if memory_total has room for them" },
    { .key = "max_wait",
      .set = set_duration,
      .at = AT (max_wait_ms),
      .fallback = "20s",
      .max = 10 * 60 * 1000,
      .doc = "how long a mail waits for memory and for its turn" },
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
