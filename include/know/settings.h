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
#include "know/exit_policy.h"
#include "know/web_settings.h"

struct YamlNode; /* base/yaml */
typedef struct Action Action; /* know/action */

typedef struct Network {
    IpNet net;
    const char *relay, *provider;   /* NULL when not given */
    gint64 since_unix_s, until_unix_s; /* UTC, both inclusive; G_MININT64 and G_MAXINT64 when not given */
    guint line;                     /* in the settings file */
} Network;

typedef struct TorSettings {
    gboolean configured;            /* the block says anything */
    ExitPolicy *policy;             /* of exit_policy, with what tor puts around it; NULL when not given */
    gboolean ipv6_exit, reject_private, reduced; /* FALSE, TRUE, FALSE */
    const char *policies;           /* folder of tor's own policies */
    const char *control;            /* unix:/path, HOST:PORT; NULL: no tor is asked */
    const char *control_password;   /* NULL: by cookie */
    const char *const *exit_lists;  /* files and folders, NULL-terminated; NULL: none */
    const struct YamlNode *policy_text; /* while loading */
} TorSettings;

typedef struct ReplyLinks {         /* never NULL */
    const char *overview, *abuse_faq, *exit_list, *exonerator, *relay, *reduced_policy, *legal, *hotlines;
    const char *dnsel;              /* a domain */
} ReplyLinks;

typedef struct ReplySettings {
    const char *from, *name;        /* NULL: the watched recipient; no name */
    const char *signature;          /* lines; NULL: none */
    const char *language;           /* RFC 5646 tag: "en" */
    const char *texts;              /* folder; NULL: none */
    ReplyLinks links;
} ReplySettings;

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
    const char *log_spool;          /* file for rows that a log which is no file cannot take */
    guint log_wait_ms;              /* how long a mail waits for its row's commit: 2000 */
    gboolean keep_text;             /* store the message text with the report: FALSE */
    const char *const *scenarios;   /* directories, later ones override by id; NULL-terminated */
    const Network *networks;
    guint n_networks;
    TorSettings tor;
    ReplySettings reply;
    WebSettings web;
    const char *authserv_id;        /* NULL: Authentication-Results are not trusted */
    OnError on_error;
    const Action *actions;          /* in the order of the file */
    guint n_actions;
    const char *header_prefix;      /* "X-Abuse-" */
    LogTo log_to;
    gsize message_limit_bytes;      /* of a mail, as kept and read: 4 MiB */
    gsize memory_limit_bytes;       /* of an arena: 64 MiB */
    gsize memory_total_bytes;       /* of the daemon, with all mails it collects and judges: 512 MiB */
    guint time_limit_ms;            /* of reading and judging one mail: 5000 */
    guint max_judging;              /* mails judged at once: 4 */
    guint max_wait_ms;              /* how long a mail waits for memory and its turn: 20000 */
} Settings;

#define SETTINGS_OWN_MEMORY ((gsize)32 << 20) /* of memory_total: the daemon without any mail */
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
