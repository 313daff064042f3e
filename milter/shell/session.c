#include "shell/apply.h"
#include "shell/callbacks.h"

#define NEEDED (SMFIF_ADDHDRS | SMFIF_CHGHDRS)
#define ACTIONS                                                                                    \
    (NEEDED | SMFIF_ADDRCPT | SMFIF_DELRCPT | SMFIF_QUARANTINE) /* `actions' may want these */

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

static void
count (MailOutcome outcome)
{
    metrics_mail (daemon_metrics (the_daemon), outcome);
}

static void
count_aborted (const Session *s)
{
    if (s->mail != NULL)
        count (MAIL_ABORTED);
}

static sfsistat
give_up (const Settings *settings)
{
    gboolean defer = settings->on_error == ON_ERROR_TEMPFAIL;

    count (defer ? MAIL_DEFERRED : MAIL_UNTAGGED);
    return defer ? SMFIS_TEMPFAIL : SMFIS_ACCEPT;
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
    s->useless = (actions & NEEDED) != NEEDED;
    if (s->useless)
        daemon_failed (the_daemon, FAILURE_NEGOTIATE, NULL,
                       "the MTA does not let us change headers: its mail is not read");
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

    count_aborted (s);
    forget_mail (s);
    daemon_mail_begins (the_daemon);
    s->mail = inbound_new (daemon_knowledge (the_daemon), daemon_ration (the_daemon),
                           argv[0] != NULL ? argv[0] : "");
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

static gboolean
is_watched (const Session *s)
{
    return s->mail != NULL && s->mail->watched;
}

/* Nobody here is watched, or nothing can be done about it: the MTA need not send the rest. */
static sfsistat
let_go (Session *s)
{
    sfsistat reply = SMFIS_ACCEPT;

    if (is_watched (s))
        reply = give_up (s->mail->know->settings);
    else if (s->mail != NULL)
        count (MAIL_UNWATCHED);
    forget_mail (s);
    return reply;
}

static sfsistat
on_data (SMFICTX *ctx)
{
    Session *s = session_of (ctx);

    return is_watched (s) && !s->useless ? SMFIS_CONTINUE : let_go (s);
}

static sfsistat
on_header (SMFICTX *ctx, char *name, char *value)
{
    Session *s = session_of (ctx);

    if (is_watched (s))
        inbound_header (s->mail, name, value, (s->steps & SMFIP_HDR_LEADSPC) != 0);
    return go_on (s, SMFIP_NR_HDR);
}

/* An MTA of protocol version 3 or less has no DATA step. */
static sfsistat
on_end_of_headers (SMFICTX *ctx)
{
    Session *s = session_of (ctx);

    if (!is_watched (s) || s->useless)
        return let_go (s);
    inbound_end_of_headers (s->mail);
    return go_on (s, SMFIP_NR_EOH);
}

static sfsistat
on_body (SMFICTX *ctx, unsigned char *bytes, size_t n)
{
    Session *s = session_of (ctx);

    if (is_watched (s) && !inbound_body (s->mail, bytes, n) && s->steps & SMFIP_SKIP)
        return SMFIS_SKIP;
    return SMFIS_CONTINUE;
}

/* Headers, then the actions: what of them fails is told apart. */
static gboolean
apply (SMFICTX *ctx, const Session *s, const Outcome *outcome, const char *queue_id)
{
    gboolean leading_space = (s->steps & SMFIP_HDR_LEADSPC) != 0;
    const char *what;

    if (!apply_headers (ctx, s->mail->forged, outcome, leading_space)) {
        daemon_failed (the_daemon, FAILURE_HEADERS, queue_id, "the MTA did not take our headers");
        return FALSE;
    }
    if (!apply_edits (ctx, &outcome->edits, s->mail->subject != NULL, leading_space, &what)) {
        daemon_failed (the_daemon, FAILURE_ACTION, queue_id, "the MTA did not do the action %s",
                       what);
        return FALSE;
    }
    return TRUE;
}

static gboolean
apply_timed (SMFICTX *ctx, const Session *s, const Outcome *outcome, const char *queue_id)
{
    gint64 from_us = g_get_monotonic_time ();
    gboolean good = apply (ctx, s, outcome, queue_id);

    metrics_stage (daemon_metrics (the_daemon), STAGE_REPLY, g_get_monotonic_time () - from_us);
    return good;
}

static sfsistat
tag (SMFICTX *ctx, Session *s, const char *queue_id)
{
    const Settings *settings = s->mail->know->settings;
    Outcome outcome = { 0 };
    gboolean good;

    if (!daemon_enter (the_daemon)) {
        daemon_failed (the_daemon, FAILURE_STOPPED, queue_id, "not judged: the daemon is stopping");
        return give_up (settings);
    }
    good = process_mail (the_daemon, s->mail, queue_id, &outcome);
    if (good && (outcome.logged || settings->on_error == ON_ERROR_ACCEPT))
        good = apply_timed (ctx, s, &outcome, queue_id);
    else
        good = FALSE;
    outcome_clear (&outcome);
    daemon_leave (the_daemon);
    if (!good)
        return give_up (settings);
    count (MAIL_TAGGED);
    return SMFIS_CONTINUE;
}

static sfsistat
on_end_of_mail (SMFICTX *ctx)
{
    static char macro[] = "i";
    Session *s = session_of (ctx);
    sfsistat reply;

    if (!is_watched (s) || s->useless)
        return let_go (s);
    reply = tag (ctx, s, smfi_getsymval (ctx, macro));
    forget_mail (s);
    return reply;
}

static sfsistat
on_abort (SMFICTX *ctx)
{
    Session *s = session_of (ctx);

    count_aborted (s);
    forget_mail (s);
    return SMFIS_CONTINUE;
}

static sfsistat
on_close (SMFICTX *ctx)
{
    Session *s = smfi_getpriv (ctx);

    if (s == NULL)
        return SMFIS_CONTINUE;
    count_aborted (s);
    forget_mail (s);
    smfi_setpriv (ctx, NULL);
    g_free (s);
    return SMFIS_CONTINUE;
}

struct smfiDesc
session_callbacks (Daemon *d, gboolean over_unix)
{
    static char name[] = "abuse-milter";

    the_daemon = d;
    over_unix_socket = over_unix;
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
