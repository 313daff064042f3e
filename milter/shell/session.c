#include "shell/session.h"
#include "shell/process.h"
#include "shell/socket.h"
#include <libmilter/mfapi.h>
#include <signal.h>
#include <sys/stat.h>

#define BACKLOG 1024

/* libmilter hangs up on a longer packet.  Its own 64 KiB are less than a header field that Postfix
 * lets pass (header_size_limit, 100 KiB). */
#define LARGEST_PACKET (1024 * 1024)
#define ACTIONS (SMFIF_ADDHDRS | SMFIF_CHGHDRS)

/* No reply is wanted to these: an MTA then sends a whole envelope and header in one write.  Over
 * TCP Postfix runs into delayed acknowledgements with them. */
#define NO_REPLIES (SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_HDR)

typedef struct Session { /* one connection of the MTA */
    unsigned long steps; /* the protocol flags agreed on */
    gboolean useless;    /* the MTA cannot change headers */
    Inbound *mail;       /* NULL between mails */
} Session;

/* libmilter's callbacks get nothing but their connection: there is no other place for these. */
static Daemon *the_daemon;
static gboolean over_unix_socket;

static Session *
session_of (SMFICTX *ctx)
{
    Session *s = smfi_getpriv (ctx);

    if (s == NULL) {
        s = g_new0 (Session, 1);
        smfi_setpriv (ctx, s);
    }
    return s;
}

static void
forget_mail (Session *s)
{
    if (s->mail == NULL)
        return;
    g_clear_pointer (&s->mail, inbound_free);
    daemon_mail_ends (the_daemon);
}

static sfsistat
go_on (const Session *s, unsigned long no_reply)
{
    return s->steps & no_reply ? SMFIS_NOREPLY : SMFIS_CONTINUE;
}

static sfsistat
give_up (const Settings *settings)
{
    return settings->on_error == ON_ERROR_TEMPFAIL ? SMFIS_TEMPFAIL : SMFIS_ACCEPT;
}

/* Fewer macros, shorter packets. */
static void
ask_for_macros (SMFICTX *ctx, unsigned long offered, unsigned long *ret_actions)
{
    static char recipient[] = "{rcpt_addr}", queue_id[] = "i";

    if (!(offered & SMFIF_SETSYMLIST))
        return;
    *ret_actions |= SMFIF_SETSYMLIST;
    smfi_setsymlist (ctx, SMFIM_ENVRCPT, recipient);
    smfi_setsymlist (ctx, SMFIM_EOM, queue_id);
}

static sfsistat
on_negotiate (SMFICTX *ctx, unsigned long actions, unsigned long steps, unsigned long f2,
              unsigned long f3, unsigned long *ret_actions, unsigned long *ret_steps,
              unsigned long *ret_f2, unsigned long *ret_f3)
{
    Session *s = session_of (ctx);
    unsigned long wanted = SMFIP_HDR_LEADSPC | SMFIP_SKIP;

    (void)f2;
    (void)f3;
    if (over_unix_socket)
        wanted |= NO_REPLIES | (steps & SMFIP_NODATA ? SMFIP_NR_EOH : 0);
    s->useless = (actions & ACTIONS) != ACTIONS;
    if (s->useless)
        daemon_failed (the_daemon, FAILURE_NEGOTIATE, NULL,
                       "the MTA does not let us change headers: its mail is accepted unread");
    s->steps = (*ret_steps | wanted) & steps; /* *ret_steps has the steps we have no callback for */
    *ret_steps = s->steps;
    *ret_actions = actions & ACTIONS;
    *ret_f2 = *ret_f3 = 0;
    ask_for_macros (ctx, actions, ret_actions);
    return SMFIS_CONTINUE;
}

static sfsistat
on_sender (SMFICTX *ctx, char **argv)
{
    Session *s = session_of (ctx);

    forget_mail (s);
    daemon_mail_begins (the_daemon);
    s->mail = inbound_new (daemon_knowledge (the_daemon), argv[0] != NULL ? argv[0] : "");
    return go_on (s, SMFIP_NR_MAIL);
}

static sfsistat
on_recipient (SMFICTX *ctx, char **argv)
{
    static char rewritten[] = "{rcpt_addr}";
    Session *s = session_of (ctx);

    if (s->mail != NULL && argv[0] != NULL)
        inbound_recipient (s->mail, argv[0], smfi_getsymval (ctx, rewritten));
    return go_on (s, SMFIP_NR_RCPT);
}

/* Nobody here is watched: the MTA need not send the rest. */
static gboolean
is_uninteresting (const Session *s)
{
    return s->mail == NULL || s->useless || !s->mail->watched;
}

static sfsistat
on_data (SMFICTX *ctx)
{
    Session *s = session_of (ctx);

    if (!is_uninteresting (s))
        return SMFIS_CONTINUE;
    forget_mail (s);
    return SMFIS_ACCEPT;
}

static sfsistat
on_header (SMFICTX *ctx, char *name, char *value)
{
    Session *s = session_of (ctx);

    if (s->mail != NULL)
        inbound_header (s->mail, name, value, (s->steps & SMFIP_HDR_LEADSPC) != 0);
    return go_on (s, SMFIP_NR_HDR);
}

/* An MTA of protocol version 3 or less has no DATA step. */
static sfsistat
on_end_of_headers (SMFICTX *ctx)
{
    Session *s = session_of (ctx);

    if (is_uninteresting (s)) {
        forget_mail (s);
        return SMFIS_ACCEPT;
    }
    inbound_end_of_headers (s->mail);
    return go_on (s, SMFIP_NR_EOH);
}

static sfsistat
on_body (SMFICTX *ctx, unsigned char *bytes, size_t n)
{
    Session *s = session_of (ctx);

    if (s->mail != NULL && !inbound_body (s->mail, bytes, n) && s->steps & SMFIP_SKIP)
        return SMFIS_SKIP;
    return SMFIS_CONTINUE;
}

/* From the highest index down, so that the others keep theirs. */
static gboolean
remove_forged (SMFICTX *ctx, const GArray *forged)
{
    for (guint i = forged->len; i-- > 0;) {
        const Forged *f = &g_array_index (forged, Forged, i);

        if (smfi_chgheader (ctx, f->name, (int)f->index, NULL) != MI_SUCCESS)
            return FALSE;
    }
    return TRUE;
}

/* Each goes above the one before. */
static gboolean
insert_ours (SMFICTX *ctx, const Outcome *outcome, gboolean leading_space)
{
    for (guint i = outcome->n_lines; i-- > 0;) {
        const HeaderLine *line = &outcome->lines[i];
        g_autofree char *value = g_strconcat (leading_space ? " " : "", line->value, NULL);

        if (smfi_insheader (ctx, 0, (char *)line->name, value) != MI_SUCCESS)
            return FALSE;
    }
    return TRUE;
}

static sfsistat
tag (SMFICTX *ctx, Session *s, const char *queue_id)
{
    const Settings *settings = s->mail->know->settings;
    Outcome outcome = { 0 };
    gboolean judged, done;

    if (!daemon_enter (the_daemon)) {
        daemon_failed (the_daemon, FAILURE_STOPPED, queue_id, "not judged: the daemon is stopping");
        return give_up (settings);
    }
    judged = process_mail (the_daemon, s->mail, queue_id, &outcome);
    done = remove_forged (ctx, s->mail->forged) &&
           insert_ours (ctx, &outcome, (s->steps & SMFIP_HDR_LEADSPC) != 0);
    outcome_clear (&outcome);
    if (!done)
        daemon_failed (the_daemon, FAILURE_HEADERS, queue_id, "the MTA did not take our headers");
    daemon_leave (the_daemon);
    return judged && done ? SMFIS_CONTINUE : give_up (settings);
}

static sfsistat
on_end_of_mail (SMFICTX *ctx)
{
    static char macro[] = "i";
    Session *s = session_of (ctx);
    sfsistat reply = SMFIS_ACCEPT;

    if (!is_uninteresting (s))
        reply = tag (ctx, s, smfi_getsymval (ctx, macro));
    forget_mail (s);
    return reply;
}

static sfsistat
on_abort (SMFICTX *ctx)
{
    forget_mail (session_of (ctx));
    return SMFIS_CONTINUE;
}

static sfsistat
on_close (SMFICTX *ctx)
{
    Session *s = smfi_getpriv (ctx);

    if (s == NULL)
        return SMFIS_CONTINUE;
    forget_mail (s);
    smfi_setpriv (ctx, NULL);
    g_free (s);
    return SMFIS_CONTINUE;
}

static struct smfiDesc
description (void)
{
    static char name[] = "abuse-milter";

    return (struct smfiDesc) {
        .xxfi_name = name,
        .xxfi_version = SMFI_VERSION,
        .xxfi_flags = ACTIONS | SMFIF_SETSYMLIST,
        .xxfi_envfrom = on_sender,
        .xxfi_envrcpt = on_recipient,
        .xxfi_header = on_header,
        .xxfi_eoh = on_end_of_headers,
        .xxfi_body = on_body,
        .xxfi_eom = on_end_of_mail,
        .xxfi_abort = on_abort,
        .xxfi_close = on_close,
        .xxfi_data = on_data,
        .xxfi_negotiate = on_negotiate,
    };
}

static gboolean
open_socket (const char *listen, GError **error)
{
    g_autofree char *name = g_strdup (listen);

    smfi_setmaxdatasize (LARGEST_PACKET);
    if (smfi_setconn (name) == MI_SUCCESS && smfi_register (description ()) == MI_SUCCESS &&
        smfi_setbacklog (BACKLOG) == MI_SUCCESS && smfi_opensocket (FALSE) == MI_SUCCESS)
        return TRUE;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot listen at %s", listen);
    return FALSE;
}

gboolean
daemon_listen (Daemon *d, uid_t owner, GError **error)
{
    g_autoptr (Knowledge) know = daemon_knowledge (d);
    const Settings *settings = know->settings;
    mode_t before;
    gboolean opened;

    g_assert (the_daemon == NULL);
    if (!socket_prepare (settings->listen, error))
        return FALSE;
    before = umask (0177); /* nobody else gets in before mode and group are right */
    opened = open_socket (settings->listen, error);
    umask (before);
    if (!opened)
        return FALSE;
    the_daemon = d;
    over_unix_socket = socket_is_unix (settings->listen);
    socket_set_nodelay (); /* Nagle and delayed acknowledgements: 23 instead of 700 mails a second
                            */
    return socket_give (settings->listen, owner, settings->socket_group, settings->socket_mode,
                        error);
}

static gpointer
serve (gpointer data)
{
    Daemon *d = data;
    sigset_t all;

    sigfillset (&all); /* libmilter waits for signals of its own: see abuse-milter.c */
    pthread_sigmask (SIG_BLOCK, &all, NULL);
    if (smfi_main () != MI_SUCCESS)
        daemon_broke (d);
    return NULL;
}

gboolean
daemon_run (Daemon *d, GError **error)
{
    g_assert (the_daemon == d);
    g_thread_unref (g_thread_new ("milter", serve, d));
    if (!daemon_wait (d)) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the milter library gave up");
        return FALSE;
    }
    if (!daemon_drain (d, DAEMON_DRAIN_S, DAEMON_WORK_S))
        g_warning ("stopping although a mail is still being judged");
    return TRUE;
}
