#include "judge/plausible.h"

#define WEST_S (12 * 60 * 60) /* the zones of the world: UTC-12 to UTC+14 */
#define EAST_S (14 * 60 * 60)

typedef struct Judge {
    Verdict *v;
    const Knowledge *know;
    gboolean relays_named; /* some network has a relay's name */
    gboolean own_port;     /* the scenario is of a service at the accused address */
} Judge;

static ExitFound
find_exit (const Judge *j, const Incident *i)
{
    const ExitFound no_lists = { EXIT_UNKNOWN, EXIT_NO_LISTS, 0 },
                    no_time = { EXIT_UNKNOWN, EXIT_NO_TIME, 0 };

    if (j->know->exits == NULL)
        return no_lists;
    if (!i->has_time || !i->when.has_date)
        return no_time;
    if (i->when.basis == TIME_NO_ZONE)
        return exit_list_find (j->know->exits, &i->ip, i->when.local_s - EAST_S,
                               i->when.local_s + WEST_S);
    return exit_list_find (j->know->exits, &i->ip, i->when.unix_s, i->when.latest_s);
}

/* Ours, or nobody's that we know of. */
static gboolean
is_against_us (const Judge *j, const Incident *i)
{
    if (i->ip.family == 0)
        return FALSE;
    return i->network >= 0 || j->v->standing == STANDING_NONE ||
           j->v->standing == STANDING_NOT_OURS;
}

/* May our policy speak for it? */
static gboolean
is_of_relay (const Judge *j, const Incident *i)
{
    if (j->own_port || !is_against_us (j, i))
        return FALSE;
    if (j->v->standing == STANDING_NONE)
        return TRUE;
    return j->v->standing == STANDING_OURS &&
           (!j->relays_named || j->know->settings->networks[i->network].relay != NULL);
}

static gboolean
is_connectionless (const Incident *i)
{
    return i->protocol != NULL && strcmp (i->protocol, "tcp") != 0;
}

static Impossible
find_impossible (const Incident *i)
{
    if (is_connectionless (i))
        return IMPOSSIBLE_NOT_TCP;
    return i->policy == POLICY_REJECT ? IMPOSSIBLE_REJECTED : IMPOSSIBLE_NOT;
}

static void
judge_incident (const Judge *j, Incident *i)
{
    if (i->ip.family == 0)
        return;
    i->exit = find_exit (j, i);
    if (!is_of_relay (j, i))
        return;
    if (j->know->policy != NULL)
        i->policy = exit_policy_judge (j->know->policy, &i->ip, &i->dst_ip, i->dst_port);
    i->impossible = find_impossible (i);
}

/* Of all against us: a yes or no that none of the others denies. */
static ExitFound
sum_exit (const Judge *j)
{
    ExitFound sum = { EXIT_UNKNOWN, EXIT_NO_LISTS, 0 };
    gboolean any = FALSE;

    for (guint k = 0; k < j->v->n_incidents; k++) {
        const Incident *i = &j->v->incidents[k];

        if (!is_against_us (j, i))
            continue;
        if (sum.answer != EXIT_UNKNOWN && i->exit.answer != EXIT_UNKNOWN &&
            sum.answer != i->exit.answer)
            return (ExitFound) { EXIT_UNKNOWN, EXIT_UNCLEAR_TIME, 0 };
        if (!any || (sum.answer == EXIT_UNKNOWN && i->exit.answer != EXIT_UNKNOWN))
            sum = i->exit;
        any = TRUE;
    }
    return sum;
}

static void
sum_up (const Judge *j)
{
    guint n = 0, accepted = 0, rejected = 0, impossible = 0;
    Impossible first = IMPOSSIBLE_NOT;

    for (guint k = 0; k < j->v->n_incidents; k++) {
        const Incident *i = &j->v->incidents[k];

        if (!is_of_relay (j, i))
            continue;
        n++;
        accepted += i->policy == POLICY_ACCEPT;
        rejected += i->policy == POLICY_REJECT;
        impossible += i->impossible != IMPOSSIBLE_NOT;
        if (first == IMPOSSIBLE_NOT)
            first = i->impossible;
    }
    j->v->exit = sum_exit (j);
    j->v->policy = accepted > 0             ? POLICY_ACCEPT
                   : n > 0 && rejected == n ? POLICY_REJECT
                                            : POLICY_UNKNOWN;
    j->v->impossible = n > 0 && impossible == n ? first : IMPOSSIBLE_NOT;
}

static const char *
family_of (const Shapes *shapes, const char *name)
{
    for (guint i = 0; name != NULL && i < shapes_count (shapes); i++)
        if (shapes_get (shapes, i)->name == name)
            return shapes_get (shapes, i)->family;
    return "";
}

static gboolean
holds_any (Span text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (span_find_nocase (text, *words) != NULL)
            return TRUE;
    return FALSE;
}

/* A flow's TCP flags as nfdump writes them, "......S.": TRUE when there is only a SYN. */
static gboolean
has_flow_syn (Span text)
{
    Span word;

    while (span_until (&text, ' ', &word)) {
        gsize letters = 0;

        for (const char *p = word.p; p < word.end; p++)
            letters += *p != '.';
        if (span_left (word) >= 6 && span_left (word) <= 8 && letters == 1 &&
            memchr (word.p, 'S', span_left (word)) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* Nothing in the line needs the other side to have answered. */
static gboolean
is_bare (Span text, const char *family)
{
    static const char *const connectionless[] = { "udp", "icmp", NULL };
    static const char *const denied[] = { "deny", "denied", "drop", "block", "reject", NULL };
    static const char *const answered[] = { "ack", "established", NULL };

    if (holds_any (text, connectionless))
        return TRUE;
    if (strcmp (family, "tcpdump") == 0)
        return span_find (text, "Flags [S]") != NULL || span_find (text, ": S ") != NULL;
    if (strcmp (family, "netflow") == 0)
        return has_flow_syn (text);
    return !holds_any (text, answered) &&
           (span_find (text, "SYN") != NULL || holds_any (text, denied));
}

/* Log lines of packets against log lines of anything else: a login, a request, a mail. */
static void
count_lines (const Judge *j, guint *bare, guint *others)
{
    const Facts *facts = j->v->facts;
    static const char *const packets[] = { "tcpdump", "firewall", "netflow", NULL };

    for (guint k = 0; k < facts->lines.n; k++) {
        const Line *line = &facts->lines.items[k];
        const Record *record =
            line->record != RECORD_NONE ? &facts->records.items[line->record] : NULL;
        const char *family;

        if (record == NULL || record->kind != RECORD_LOG || record->zone == ZONE_ATTACHED ||
            record->zone == ZONE_BOILERPLATE)
            continue;
        family = family_of (j->know->shapes, record->shape);
        if (g_strv_contains (packets, family) && is_bare (line->text, family))
            ++*bare;
        else
            ++*others;
    }
}

static gboolean
is_spoofable (const Judge *j)
{
    guint n = 0, connectionless = 0, urls = 0, bare = 0, others = 0;

    for (guint k = 0; k < j->v->n_incidents; k++)
        if (is_of_relay (j, &j->v->incidents[k])) {
            n++;
            connectionless += is_connectionless (&j->v->incidents[k]);
            urls += j->v->incidents[k].url != NULL;
        }
    if (n == 0 || urls > 0)
        return FALSE;
    count_lines (j, &bare, &others);
    return others == 0 && (bare > 0 || connectionless == n);
}

void
plausible_find (Verdict *v, const Knowledge *know)
{
    const Class *scenario = rules_scenario (know->rules, v->scenario);
    Judge j = { .v = v, .know = know, .own_port = scenario != NULL && scenario->own_port };

    v->tor = know->settings->tor.configured;
    if (!v->tor || !v->complaint)
        return;
    for (guint i = 0; i < know->settings->n_networks; i++)
        j.relays_named |= know->settings->networks[i].relay != NULL;
    for (guint i = 0; i < v->n_incidents; i++)
        judge_incident (&j, &v->incidents[i]);
    sum_up (&j);
    v->spoofable = is_spoofable (&j);
}
