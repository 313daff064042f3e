#include "effect/reply_facts.h"
#include "base/calendar.h"
#include "effect/reply_values.h"
#include "judge/withhold.h"

#define PORT_MAIL 25

typedef struct Maker {
    ReplyFacts *f;
    const LogRow *row;
    const Knowledge *know;
    const Network *network; /* of ours that the address is in; NULL */
    gint64 now;
} Maker;

static void
set_if (Maker *m, ReplyCondition c, gboolean holds)
{
    if (holds)
        m->f->conditions |= G_GUINT64_CONSTANT (1) << c;
}

static gboolean
is (const char *text, const char *word)
{
    return text != NULL && strcmp (text, word) == 0;
}

static const Network *
network_of (const Settings *settings, const char *ip)
{
    gint i = -1;
    Ip value;

    if (ip != NULL && ip_parse (span_of (ip), &value))
        i = settings_network_of (settings, &value);
    return i >= 0 ? &settings->networks[i] : NULL;
}

/* How much there is to say of it. */
static guint
known_of (const LogIncident *in, const Network *network)
{
    return 8 * (network != NULL) + 4 * (in->time != NULL) + 2 * (in->dst_ip != NULL) +
           (in->dst_port != 0);
}

/* Ours before others', and of those the first of which most is known. */
static void
choose_incident (Maker *m)
{
    const LogRow *row = m->row;
    guint best = 0;

    for (guint i = 0; i < row->n_incidents; i++) {
        const LogIncident *in = &row->incidents[i];
        const Network *network = network_of (m->know->settings, in->ip);

        if (m->f->about != NULL && known_of (in, network) <= best)
            continue;
        best = known_of (in, network);
        m->f->about = in;
        m->network = network;
    }
}

static gboolean
is_withheld (const Maker *m)
{
    const Class *c = rules_scenario (m->know->rules, m->f->scenario);
    gboolean withheld = c != NULL && c->withhold_urls;

    for (guint i = 0; i < m->row->n_alternatives; i++) {
        c = rules_scenario (m->know->rules, m->row->alternatives[i].scenario);
        withheld |=
            c != NULL && c->withhold_urls && m->row->alternatives[i].confidence >= WITHHOLD_FROM;
    }
    return withheld;
}

/* Nobody else is told of Tor: neither a hoster's customers, nor who complains about them. */
static gboolean
is_relay (const Maker *m)
{
    gboolean named = FALSE;

    for (guint i = 0; i < m->know->settings->n_networks; i++)
        named |= m->know->settings->networks[i].relay != NULL;
    if (m->network != NULL && named)
        return m->network->relay != NULL;
    return m->know->settings->tor.configured;
}

static gboolean
has_part (const Maker *m, ReplyPart part)
{
    g_autofree char *name = g_strconcat (m->f->scenario, "/", reply_parts[part], NULL);

    return reply_texts_get (m->know->replies, name) != NULL;
}

static gboolean
lets_nobody_mail (const Maker *m)
{
    const Ip anywhere = { .family = 0 };

    return m->know->policy != NULL &&
           exit_policy_judge (m->know->policy, NULL, &anywhere, PORT_MAIL) == POLICY_REJECT;
}

/* What an incident says of itself goes before what holds of all of them. */
static const char *
said (const LogIncident *about, const char *own, const char *all)
{
    return about != NULL && own != NULL ? own : all;
}

/* Whose an address is can only be said of a whole one. */
static void
judge_standing (Maker *m)
{
    gboolean whole = m->f->about != NULL && m->f->about->ip != NULL;
    gboolean other = whole && is (m->row->standing, standing_name (STANDING_NOT_OURS));
    gboolean before = whole && is (m->row->standing, standing_name (STANDING_BEFORE));

    set_if (m, IF_NOT_OUR_ADDRESS, other);
    set_if (m, IF_BEFORE_WE_HAD_IT, before);
    set_if (m, IF_OURS, !other && !before);
}

static void
judge_tor (Maker *m)
{
    const LogRow *row = m->row;
    const LogIncident *in = m->f->about;
    const char *exit = said (in, in != NULL ? in->exit : NULL, row->exit);
    const char *policy = said (in, in != NULL ? in->policy : NULL, row->policy);
    const char *impossible = said (in, in != NULL ? in->impossible : NULL, row->impossible);
    gboolean relay = is_relay (m),
             tor = relay && !is (exit, "no"); /* else it was the machine itself */

    set_if (m, IF_TOR, tor);
    set_if (m, IF_TOR_AWARE, row->tor_aware);
    set_if (m, IF_EXIT_THEN, tor && is (exit, "yes"));
    set_if (m, IF_NO_EXIT_THEN, relay && !tor);
    set_if (m, IF_POLICY_ACCEPTS, tor && is (policy, "accept"));
    set_if (m, IF_POLICY_REJECTS, tor && is (policy, "reject"));
    set_if (m, IF_NOT_TCP, tor && is (impossible, impossible_name (IMPOSSIBLE_NOT_TCP)));
    set_if (m, IF_NEVER_LET_OUT, tor && is (impossible, impossible_name (IMPOSSIBLE_REJECTED)));
    set_if (m, IF_IMPOSSIBLE, tor && impossible != NULL);
    set_if (m, IF_SPOOFABLE, tor && row->spoofable);
    set_if (m, IF_NO_PORT_25, tor && lets_nobody_mail (m));
}

static void
judge_sender (Maker *m)
{
    guint i = COMPLAINANT_PERSON;

    for (guint c = IF_PERSON; c <= IF_CERT; c++, i++)
        set_if (m, (ReplyCondition)c,
                is (m->row->complainant, complainant_name ((ComplainantKind)i)));
    for (i = 0; i < N_DEMANDS; i++)
        set_if (m, (ReplyCondition)(IF_WANTS_LOGS + i),
                g_strv_contains (m->row->demands, demand_name ((Demand)i)));
    set_if (m, IF_WANTS_ANYTHING, m->row->demands[0] != NULL);
}

static void
judge_rest (Maker *m)
{
    gint64 deadline;

    if (m->row->deadline != NULL &&
        calendar_parse_rfc3339 (span_of (m->row->deadline), &deadline)) {
        set_if (m, IF_DEADLINE_AHEAD, deadline > m->now);
        set_if (m, IF_DEADLINE_OVER, deadline <= m->now);
    }
    set_if (m, IF_URLS_WITHHELD, is_withheld (m));
    set_if (m, IF_OWN_LETTER, has_part (m, REPLY_LETTER));
    set_if (m, IF_CHECKLIST, has_part (m, REPLY_CHECKLIST));
}

ReplyFacts *
reply_facts_new (Arena *arena, const LogRow *row, const Knowledge *know, gint64 now_unix_s)
{
    Maker m = { arena_new0 (arena, ReplyFacts, 1), row, know, NULL, now_unix_s };

    m.f->arena = arena;
    m.f->scenario = row->corrected != NULL ? row->corrected : row->scenario;
    choose_incident (&m);
    judge_standing (&m);
    judge_tor (&m);
    judge_sender (&m);
    judge_rest (&m);
    reply_values_fill (m.f, row, know->settings, m.network, now_unix_s);
    return m.f;
}
