#include "judge/plausible.h"

#define WEST_S (12 * 60 * 60) /* the zones of the world: UTC-12 to UTC+14 */
#define EAST_S (14 * 60 * 60)
#define WORD_LETTERS 4 /* "TCP", "SYN" and "Nov" say nothing of an answer */

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

/* A destination behind the reporter's address translation, or the relay itself by some mistake, is
 * not where the connection was made to. */
static PolicyVerdict
find_policy (const ExitPolicy *policy, const Incident *i)
{
    const Ip unknown = { .family = 0 };
    gboolean known = ip_scope (&i->dst_ip) == IP_PUBLIC && !ip_equal (&i->dst_ip, &i->ip);

    return exit_policy_judge (policy, &i->ip, known ? &i->dst_ip : &unknown, i->dst_port);
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
        i->policy = find_policy (j->know->policy, i);
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

static const Shape *
shape_named (const Shapes *shapes, const char *name)
{
    for (guint i = 0; name != NULL && i < shapes_count (shapes); i++)
        if (shapes_get (shapes, i)->name == name)
            return shapes_get (shapes, i);
    return NULL;
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

/* "TCP 198.51.100.7 4123 => 203.0.113.9 22" and a date, and no word that tells of more. */
static gboolean
is_packet_list (Span text, const char *shape)
{
    gsize letters = 0;

    if (strstr (shape, "arrow") == NULL)
        return FALSE;
    for (const char *p = text.p; p < text.end && letters < WORD_LETTERS; p++)
        letters = g_ascii_isalpha (*p) ? letters + 1 : 0;
    return letters < WORD_LETTERS;
}

/* Nothing in the line needs the other side to have answered. */
static gboolean
is_bare (Span text, const Shape *shape)
{
    static const char *const connectionless[] = { "udp", "icmp", NULL };
    static const char *const answered[] = { "ack",      "established", "built",
                                            "teardown", "accept",      NULL };

    if (strcmp (shape->family, "firewall") == 0)
        return holds_any (text, connectionless) || !holds_any (text, answered);
    if (strcmp (shape->family, "tcpdump") == 0)
        return holds_any (text, connectionless) || span_find (text, "Flags [S]") != NULL ||
               span_find (text, ": S ") != NULL;
    if (strcmp (shape->family, "netflow") == 0)
        return holds_any (text, connectionless) || has_flow_syn (text);
    return strcmp (shape->family, "connection") == 0 && is_packet_list (text, shape->name);
}

/* Log lines of packets against log lines of anything else: a login, a request, a mail. */
static void
count_lines (const Judge *j, guint *bare, guint *others)
{
    const Facts *facts = j->v->facts;

    for (guint k = 0; k < facts->lines.n && !budget_over (facts->message->budget); k++) {
        const Line *line = &facts->lines.items[k];
        const Record *record =
            line->record != RECORD_NONE ? &facts->records.items[line->record] : NULL;
        const Shape *shape;

        if (record == NULL || record->kind != RECORD_LOG || record->zone == ZONE_ATTACHED ||
            record->zone == ZONE_BOILERPLATE)
            continue;
        shape = shape_named (j->know->shapes, record->shape);
        if (shape != NULL && is_bare (line->text, shape))
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
    for (guint i = 0; i < v->n_incidents && !budget_over (v->facts->message->budget); i++)
        judge_incident (&j, &v->incidents[i]);
    sum_up (&j);
    v->spoofable = is_spoofable (&j);
}
