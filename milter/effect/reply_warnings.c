/* Why an answer should not be sent, or may not arrive (RFC 3834 section 2, for people who answer by
 * hand). */
#include "effect/reply.h"

static void warn (GPtrArray *warnings, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
warn (GPtrArray *warnings, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_ptr_array_add (warnings, g_strdup_vprintf (format, args));
    va_end (args);
}

/* "no-reply", "noreply+123", "do_not_reply", "mailer-daemon" before the "@". */
static gboolean
is_nobody (const char *address)
{
    static const char *const names[] = { "noreply",      "donotreply", "donotrespond", "noanswer",
                                         "mailerdaemon", "bounce",     "bounces",      "nobody" };
    g_autoptr (GString) letters = g_string_new (NULL);

    for (; *address != '\0' && *address != '@'; address++)
        if (g_ascii_isalpha (*address))
            g_string_append_c (letters, g_ascii_tolower (*address));
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (g_str_has_prefix (letters->str, names[i]) || g_str_has_suffix (letters->str, names[i]))
            return TRUE;
    return FALSE;
}

static void
warn_of_address (GPtrArray *warnings, const LogRow *row, const Draft *d)
{
    if (d->to_address == NULL)
        warn (warnings, "the complaint names no address to answer to: To is left out");
    else if (is_nobody (d->to_address))
        warn (warnings, "%s is an address that nobody reads: look for another in the complaint",
              d->to_address);
    else if (row->complainant_address != NULL &&
             g_ascii_strcasecmp (row->complainant_address, d->from_address) == 0)
        warn (warnings, "the complaint comes from our own address %s", d->from_address);
}

static gboolean
is_machine_made (const char *auto_submitted)
{
    return auto_submitted != NULL && !g_str_has_prefix (auto_submitted, "no") &&
           !g_str_has_prefix (auto_submitted, "No");
}

static void
warn_of_machines (GPtrArray *warnings, const LogRow *row)
{
    if (is_machine_made (row->auto_submitted))
        warn (warnings,
              "a program wrote the complaint (Auto-Submitted: %s): perhaps nobody reads answers",
              row->auto_submitted);
    if (row->precedence != NULL)
        warn (warnings, "the complaint is bulk mail (Precedence: %s)", row->precedence);
    if (row->list != NULL)
        warn (warnings, "the complaint came over a list (%s): an answer may go to all of it",
              row->list);
    if (row->sender != NULL && (*row->sender == '\0' || strcmp (row->sender, "<>") == 0))
        warn (warnings, "the complaint has an empty envelope sender, as bounces have");
}

static void
warn_of_forgery (GPtrArray *warnings, const LogRow *row)
{
    const char *fail = auth_result_name (AUTH_FAIL);

    if (row->dmarc != NULL && strcmp (row->dmarc, fail) == 0)
        warn (warnings, "the sender may be forged: DMARC failed");
    else if (row->spf != NULL && strcmp (row->spf, fail) == 0 &&
             (row->dkim == NULL || strcmp (row->dkim, auth_result_name (AUTH_PASS)) != 0))
        warn (warnings,
              "the sender may be forged: SPF failed, and no DKIM signature speaks for it");
}

static void
warn_of_text (GPtrArray *warnings, const ReplyAsk *ask)
{
    if (!ask->row->complaint && ask->row->corrected == NULL)
        warn (warnings, "the mail was judged to be no complaint");
    if (ask->mail == NULL)
        warn (warnings, "nothing is quoted: the log does not keep the text of mails (keep_text)");
    if (!ask->know->settings->tor.configured && ask->know->settings->n_networks == 0)
        warn (warnings,
              "the settings name neither networks nor a Tor relay: the text is a hoster's");
}

GPtrArray *
reply_warnings (const ReplyAsk *ask, const Draft *d)
{
    GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);

    warn_of_address (warnings, ask->row, d);
    warn_of_machines (warnings, ask->row);
    warn_of_forgery (warnings, ask->row);
    warn_of_text (warnings, ask);
    return warnings;
}
