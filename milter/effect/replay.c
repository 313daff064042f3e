#include "effect/replay.h"
#include "base/ip.h"
#include <string.h>

static const char *const names[N_REPLAY_FIELDS] = { "scenario", "priority", "accused" };

const char *
replay_field_name (ReplayField f)
{
    return names[f];
}

static gboolean
is_address (const char *text)
{
    IpNet net;

    return text != NULL && ipnet_parse (span_of (text), &net);
}

ReplayRow
replay_row (const LogRow *row, gboolean withheld)
{
    ReplayRow r = { row->id, { row->scenario, row->priority, row->accused }, row->corrected };

    if (withheld && !is_address (row->accused))
        r.texts[REPLAY_ACCUSED] = NULL;
    return r;
}

static void
count_corrected (const ReplayRow *logged, const ReplayRow *now, ReplaySum *sum)
{
    if (logged->corrected == NULL)
        return;
    sum->corrected++;
    sum->was_right += strcmp (logged->texts[REPLAY_SCENARIO], logged->corrected) == 0;
    sum->is_right += strcmp (now->texts[REPLAY_SCENARIO], logged->corrected) == 0;
}

guint
replay_compare (const ReplayRow *logged, const ReplayRow *now, ReplaySum *sum)
{
    guint differ = 0;

    for (guint f = 0; f < N_REPLAY_FIELDS; f++)
        if (g_strcmp0 (logged->texts[f], now->texts[f]) != 0) {
            differ |= 1u << f;
            sum->fields[f]++;
        }
    sum->mails++;
    sum->same += differ == 0;
    sum->differ += differ != 0;
    count_corrected (logged, now, sum);
    return differ;
}

char *
replay_sum_text (const ReplaySum *sum)
{
    GString *out = g_string_new (NULL);

    g_string_printf (out, "%u mail%s judged again: %u as in the log, %u not", sum->mails,
                     sum->mails == 1 ? "" : "s", sum->same, sum->differ);
    for (guint f = 0; sum->differ > 0 && f < N_REPLAY_FIELDS; f++)
        g_string_append_printf (out, "%s%s %u", f == 0 ? " (" : ", ", names[f], sum->fields[f]);
    if (sum->differ > 0)
        g_string_append_c (out, ')');
    if (sum->corrected > 0)
        g_string_append_printf (
            out, "; of %u that you corrected or confirmed %u were right, and %u would be",
            sum->corrected, sum->was_right, sum->is_right);
    return g_string_free (out, FALSE);
}
