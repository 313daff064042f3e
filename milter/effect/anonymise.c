#include "effect/anonymise.h"

static const char *const none[] = { NULL };

/* What a LogRow says of people, in their words, or leads to them. */
static const gsize said[] = {
    G_STRUCT_OFFSET (LogRow, queue_id),
    G_STRUCT_OFFSET (LogRow, sender),
    G_STRUCT_OFFSET (LogRow, recipients),
    G_STRUCT_OFFSET (LogRow, message_id),
    G_STRUCT_OFFSET (LogRow, from_address),
    G_STRUCT_OFFSET (LogRow, from_name),
    G_STRUCT_OFFSET (LogRow, in_reply_to),
    G_STRUCT_OFFSET (LogRow, reply_to),
    G_STRUCT_OFFSET (LogRow, auto_submitted),
    G_STRUCT_OFFSET (LogRow, precedence),
    G_STRUCT_OFFSET (LogRow, list),
    G_STRUCT_OFFSET (LogRow, complainant_address),
    G_STRUCT_OFFSET (LogRow, complainant_name),
    G_STRUCT_OFFSET (LogRow, deadline_text),
    G_STRUCT_OFFSET (LogRow, correction_note),
    G_STRUCT_OFFSET (LogRow, text),
};

static gboolean
is_ours (const LogIncident *in, const Settings *settings)
{
    Ip ip;

    if (in->ip == NULL)
        return FALSE;
    return in->relay != NULL ||
           (ip_parse (span_of (in->ip), &ip) && settings_network_of (settings, &ip) >= 0);
}

static void
anonymise_incident (LogIncident *in, const Settings *settings)
{
    if (!is_ours (in, settings)) {
        in->ip = NULL;
        in->bits = 0;
    }
    in->dst_ip = in->masked = in->url = in->time_local = NULL;
}

void
anonymise_row (LogRow *row, const Settings *settings)
{
    for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
        G_STRUCT_MEMBER (const char *, row, said[i]) = NULL;
    row->subject = ANONYMISED_SUBJECT;
    row->references = row->urls = row->defects = none;
    for (guint i = 0; i < row->n_incidents; i++)
        anonymise_incident (&row->incidents[i], settings);
    for (guint i = 0; i < row->n_signals; i++)
        row->signals[i].text = NULL;
    row->accused = logrow_accused (row);
}
