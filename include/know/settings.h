/*
 * settings - the operator's YAML file as a value
 *
 * Every key is optional; settings_defaults() works with no file.  Loading
 * reports every mistake (unknown key, wrong type, out of range, duplicate, bad
 * CIDR, bad glob, bad socket) as file:line and then fails.  Immutable and
 * reference counted: a mail keeps the snapshot it started with.
 */
#pragma once
#include "base/ip.h"
#include "base/mistakes.h"

typedef struct Network {
    IpNet net;
    const char *relay, *provider;   /* NULL when not given */
    gint64 since_unix_s, until_unix_s; /* UTC, both inclusive; G_MININT64 and G_MAXINT64 when not given */
    guint line;                     /* in the settings file */
} Network;

typedef enum OnError { ON_ERROR_ACCEPT, ON_ERROR_TEMPFAIL } OnError;
typedef enum LogTo { LOG_TO_AUTO, LOG_TO_STDERR, LOG_TO_SYSLOG, LOG_TO_JOURNAL } LogTo;

typedef struct Settings {
    const char *file;               /* NULL: the built-in defaults */
    const char *listen;             /* unix:/path, inet:port@host, inet6:port@host */
    guint socket_mode;              /* permission bits */
    const char *socket_group;       /* NULL: the daemon's own */
    const char *user, *group;       /* dropped to when started as root; NULL: stay */
    const char *pid_file;           /* NULL: none */
    const char *const *watch;       /* NULL-terminated globs over envelope recipients, ASCII case */
    const char *log;                /* sqlite:/path; NULL: no log */
    guint log_wait_ms;              /* how long a mail waits for its row's commit: 2000 */
    gboolean keep_text;             /* store the message text with the report: FALSE */
    const char *const *scenarios;   /* directories, later ones override by id; NULL-terminated */
    const Network *networks;
    guint n_networks;
    const char *authserv_id;        /* NULL: Authentication-Results are not trusted */
    OnError on_error;
    const char *header_prefix;      /* "X-Abuse-" */
    LogTo log_to;
    gsize message_limit_bytes;      /* of a mail, as kept and read: 4 MiB */
    gsize memory_limit_bytes;       /* of an arena: 64 MiB */
} Settings;

#define SETTINGS_DEFAULT_FILE "/etc/abuse-milter/abuse-milter.yaml"

Settings *settings_defaults (void);
Settings *settings_load (const char *path, Mistakes *mistakes); /* NULL when there is any mistake */
Settings *settings_parse (const char *name, Span text, Mistakes *mistakes); /* the same; `name' for mistakes */
Settings *settings_ref (const Settings *s);
void      settings_unref (Settings *s); /* NULL is fine */

gboolean settings_watches (const Settings *s, const char *recipient); /* "<abuse@example.org>" or bare */
gint     settings_network_of (const Settings *s, const Ip *ip); /* the narrowest, and of that the latest; -1 none */

/* "key   what it is" and below it "default: value", from the same table that loads: for --help and the sample. */
char *settings_describe (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settings, settings_unref)
