#include "shell/filter_options.h"
#include "base/ip.h"
#include "effect/logcase.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <string.h>

static const char time_forms[] = "2026-11-20, 2026-11-20T03:04:05Z, 90m, 12h, 7d or 4w";

static gboolean
is_state (const char *text)
{
    static const char *const states[] = { LOGCASE_STATES };

    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
        if (strcmp (text, states[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
read_time (const char *text, const char *option, const char *command, gint64 *ret)
{
    if (text == NULL || readlog_parse_time (text, world_now (), ret))
        return TRUE;
    command_usage (command, "--%s '%s' is no time: expected %s", option, text, time_forms);
    return FALSE;
}

static gboolean
are_names (const FilterOptions *f, const char *command)
{
    Priority priority;
    Demand demand;
    IpNet net;

    if (f->priority != NULL && !priority_from_name (f->priority, &priority))
        command_usage (command, "'%s' is no priority: expected low, normal, high or urgent",
                       f->priority);
    else if (f->demand != NULL && !demand_from_name (f->demand, &demand))
        command_usage (command,
                       "'%s' is no demand: expected logs, identity, shutdown, non-exit, "
                       "block-destination, block-port, explain, stop, takedown, "
                       "preserve-data or how-to-block",
                       f->demand);
    else if (f->state != NULL && !is_state (f->state))
        command_usage (command, "'%s' is no state of a case: expected open, answered or closed",
                       f->state);
    else if (f->ip != NULL && !ipnet_parse (span_of (f->ip), &net))
        command_usage (command,
                       "'%s' is no address or network: expected 198.51.100.7, "
                       "198.51.100.0/24 or 2001:db8::/32",
                       f->ip);
    else
        return TRUE;
    return FALSE;
}

gboolean
filter_options_read (const FilterOptions *f, const char *command, LogFilter *ret)
{
    ret->scenario = f->scenario;
    ret->priority = f->priority;
    ret->ip = f->ip;
    ret->relay = f->relay;
    ret->reporter = f->reporter;
    ret->demand = f->demand;
    ret->state = f->state;
    ret->case_id = f->case_id;
    ret->text = f->text;
    return are_names (f, command) && read_time (f->since, "since", command, &ret->since_unix_s) &&
           read_time (f->until, "until", command, &ret->until_unix_s);
}

void
filter_options_clear (FilterOptions *f)
{
    char *all[] = { f->scenario, f->priority, f->ip,    f->relay, f->reporter, f->demand,
                    f->state,    f->case_id,  f->since, f->until, f->text };

    for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        g_free (all[i]);
}
