/*
 * abuse-milter - the daemon: options, settings, rights, signals; the mails are session.c's affair
 */
#include "read/intake.h"
#include "shell/daemon.h"
#include "shell/logging.h"
#include "shell/memory.h"
#include "shell/notify.h"
#include "shell/options.h"
#include "shell/probe.h"
#include "shell/session.h"
#include "shell/signals.h"
#include "shell/socket.h"
#include "shell/tor_world.h"
#include "shell/unixdaemon.h"
#include "shell/web.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define EXIT_USAGE 64  /* as in sysexits.h */
#define EXIT_CONFIG 78 /* systemd does not start us again then */
#define PROBE_WAIT_MS 3000

typedef struct Program {
    Options options;
    const char *config; /* absolute; NULL: the built-in defaults */
    Logging *logging;
    const Settings *settings; /* those of the start */
    Daemon *daemon;
    TorWorld *tor;
    gint64 looked_us; /* at the files that it read */
    LogStore *log;    /* NULL: none, or closed */
    Web *web;         /* NULL: no pages are served */
} Program;

static void
print_mistakes (const Mistakes *mistakes)
{
    for (guint i = 0; i < mistakes_count (mistakes); i++)
        fprintf (stderr, "%s\n", mistakes_get (mistakes, i));
}

static void
log_mistakes (const Mistakes *mistakes)
{
    for (guint i = 0; i < mistakes_count (mistakes); i++)
        g_warning ("%s", mistakes_get (mistakes, i));
}

/* The things that are set up once: a reload cannot change them. */
static void
warn_of_unchanged (const Settings *old, const Settings *new)
{
    const struct {
        const char *key, *before, *after;
    } fixed[] = {
        { "listen", old->listen, new->listen },
        { "socket_group", old->socket_group, new->socket_group },
        { "user", old->user, new->user },
        { "group", old->group, new->group },
        { "pid_file", old->pid_file, new->pid_file },
        { "log", old->log, new->log },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
        if (g_strcmp0 (fixed[i].before, fixed[i].after) != 0)
            g_warning ("the new '%s' holds from the next start on", fixed[i].key);
    if (old->socket_mode != new->socket_mode)
        g_warning ("the new 'socket_mode' holds from the next start on");
}

static void
tell_problem (const char *problem, gpointer data)
{
    (void)data;
    g_warning ("%s", problem);
}

/* The snapshot with what exit lists and a running tor say, in place of the current one. */
static void
read_tor (Program *p, Knowledge *know)
{
    Knowledge *with = tor_world_read (p->tor, know, tell_problem, NULL);
    g_autofree char *summary = know->settings->tor.configured ? tor_world_summary (with) : NULL;

    p->looked_us = g_get_monotonic_time ();
    daemon_set_knowledge (p->daemon, with);
    if (summary != NULL)
        g_message ("tor: %s", summary);
}

static void
look_at_tor (Program *p)
{
    g_autoptr (Knowledge) know = daemon_knowledge (p->daemon);

    if (g_get_monotonic_time () < p->looked_us + TOR_WORLD_LOOK_S * G_TIME_SPAN_SECOND)
        return;
    p->looked_us = g_get_monotonic_time ();
    if (tor_world_changed (p->tor, know->settings))
        read_tor (p, know);
}

static gint64
now_s (void)
{
    return g_get_real_time () / G_USEC_PER_SEC;
}

static void
reload (Program *p)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Knowledge) old = daemon_knowledge (p->daemon);
    g_autoptr (Knowledge) new = NULL;

    notify_reloading ();
    new = knowledge_load (p->config, mistakes); /* here, so that no mail waits for it */
    if (new == NULL) {
        log_mistakes (mistakes);
        metrics_reload (daemon_metrics (p->daemon), FALSE, now_s ());
        g_warning ("not reloaded: %u mistakes; the old settings and scenarios stay",
                   mistakes_count (mistakes));
    } else {
        warn_of_unchanged (old->settings, new->settings);
        logging_to (p->logging, new->settings->log_to);
        read_tor (p, new);
        metrics_reload (daemon_metrics (p->daemon), TRUE, now_s ());
        g_message ("reloaded settings and scenarios");
    }
    if (p->log != NULL)
        logstore_reopen (p->log);
    notify_ready ("serving");
}

static void
feed_watchdog (const Program *p)
{
    g_autoptr (GError) error = NULL;

    if (probe_milter (p->settings->listen, PROBE_WAIT_MS, &error))
        notify_alive ();
    else
        g_warning ("the watchdog is not fed: %s", error->message);
}

static gpointer
run (gpointer data)
{
    Program *p = data;
    g_autoptr (GError) error = NULL;

    if (!daemon_run (p->daemon, &error))
        g_critical ("%s", error->message);
    signals_raise (EVENT_ENDED);
    return GINT_TO_POINTER (error == NULL ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* Until there is something to do: the watchdog to feed, a file to look at, failures to sum up. */
static gint
rest_ms (const Program *p)
{
    g_autoptr (Knowledge) know = daemon_knowledge (p->daemon);
    const gint feed_ms = notify_watchdog_ms ();
    gint rest = FAILURES_QUIET_S * 1000;

    if (know->settings->tor.configured)
        rest = MIN (rest, TOR_WORLD_LOOK_S * 1000);
    return feed_ms >= 0 ? MIN (rest, feed_ms) : rest;
}

static int
watch (Program *p)
{
    GThread *runner = g_thread_new ("run", run, p);

    for (;;) {
        switch (signals_wait (rest_ms (p))) {
        case EVENT_NONE:
            if (notify_watchdog_ms () >= 0)
                feed_watchdog (p);
            look_at_tor (p);
            daemon_sum_up (p->daemon);
            memory_give_back ();
            break;
        case EVENT_RELOAD:
            reload (p);
            break;
        case EVENT_STOP:
            notify_stopping ();
            g_message ("stopping");
            g_clear_pointer (&p->web, web_stop);
            p->log = NULL; /* the daemon closes it */
            daemon_stop (p->daemon);
            break;
        case EVENT_ENDED:
            return GPOINTER_TO_INT (g_thread_join (runner));
        }
    }
}

/* As root: the socket and the pid file.  Then the rights go, and the log is opened without them. */
static gboolean
set_up (Program *p, GError **error)
{
    const Settings *settings = p->settings;
    Identity identity;

    if (!unixdaemon_identity (settings->user, settings->group, &identity, error) ||
        !daemon_listen (p->daemon, identity.uid, error) || !unixdaemon_become (&identity, error))
        return FALSE;
    if (geteuid () == 0)
        g_warning ("running as root: set 'user' to drop those rights");
    if (settings->log != NULL) {
        p->log = logstore_open (settings->log, settings->log_spool, settings->log_wait_ms, error);
        if (p->log == NULL)
            return FALSE;
        daemon_set_log (p->daemon, p->log);
    }
    return web_start (p->daemon, &p->web, error);
}

static int
serve (Program *p, Knowledge *know, int report)
{
    const Settings *settings = p->settings;
    g_autoptr (GError) error = NULL;
    int pid_file = -1, status = EXIT_FAILURE;

    if (settings->pid_file != NULL &&
        (pid_file = unixdaemon_pid_file (settings->pid_file, &error)) < 0) {
        g_critical ("%s", error->message);
        return EXIT_FAILURE;
    }
    signals_start ();
    p->daemon = daemon_new (knowledge_ref (know), NULL);
    if (set_up (p, &error)) {
        intake_init ();
        p->tor = tor_world_new ();
        read_tor (p, know);
        g_message ("version " ABUSE_MILTER_VERSION " serves at %s", settings->listen);
        unixdaemon_ready (report);
        logging_to (p->logging, settings->log_to);
        notify_ready ("serving");
        status = watch (p);
        socket_remove (settings->listen);
        tor_world_free (p->tor);
    } else
        g_critical ("%s", error->message);
    if (settings->pid_file != NULL)
        unixdaemon_remove_pid_file (settings->pid_file, pid_file);
    return status;
}

static int
start (Program *p, Knowledge *know)
{
    int report;

    if (p->options.check) {
        printf ("settings and %u scenarios are fine\n", know->rules->n_scenarios);
        return EXIT_SUCCESS;
    }
    report = p->options.foreground ? -1 : unixdaemon_background ();
    p->logging = logging_start (p->options.foreground);
    unixdaemon_raise_open_files ();
    memory_set_up ();
    return serve (p, know, report);
}

int
main (int argc, char **argv)
{
    Program program = { 0 };
    g_autofree char *config = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Knowledge) know = NULL;

    if (!options_read (argc, argv, &program.options, &error)) {
        fprintf (stderr, "abuse-milter: %s (--help tells more)\n", error->message);
        return EXIT_USAGE;
    }
    if (program.options.version) {
        printf ("abuse-milter " ABUSE_MILTER_VERSION "\n");
        return EXIT_SUCCESS;
    }
    program.config = config = options_config (&program.options);
    know = knowledge_load (program.config, mistakes);
    if (know == NULL) {
        print_mistakes (mistakes);
        return EXIT_CONFIG;
    }
    program.settings = know->settings;
    return start (&program, know);
}
