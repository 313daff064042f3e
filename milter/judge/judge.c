#include "judge/judge.h"
#include "judge/deadline.h"
#include "judge/incidents.h"
#include "judge/plausible.h"
#include "judge/roles.h"
#include "judge/trust.h"
#include "judge/urls.h"
#include "judge/withhold.h"
#include "read/intake.h"
#include "read/read.h"

#define READING_PERCENT 60 /* of the time a mail may take */

static const Class *
best_of (const Ballot *b, const Rules *rules, ClassKind kind)
{
    const Class *best = NULL;

    for (guint i = 0; i < rules->n_classes; i++) {
        const Class *c = &rules->classes[i];

        if (c->kind == kind && ballot_stands (b, c) &&
            (best == NULL || ballot_score (b, c) > ballot_score (b, best)))
            best = c;
    }
    return best;
}

/* Who writes: by signals; else a report format is a machine's, and prose a person's. */
static void
judge_complainant (Verdict *v, Ballot *b, const Rules *rules)
{
    const Message *m = v->facts->message;
    const Class *c;

    ballot_vote (b, CLASS_COMPLAINANT);
    c = best_of (b, rules, CLASS_COMPLAINANT);
    if (c == NULL || !complainant_from_name (c->id, &v->complainant))
        v->complainant =
            strcmp (v->format, "text") == 0 ? COMPLAINANT_PERSON : COMPLAINANT_AUTOMATED;
    v->complainant_address = *m->reply_to != '\0' ? m->reply_to : m->from_address;
    v->complainant_name = m->from_name;
    ballot_vote (b, CLASS_AWARENESS);
    v->tor_aware = best_of (b, rules, CLASS_AWARENESS) != NULL;
}

static void
judge_demands (Verdict *v, Ballot *b, const Rules *rules, gint64 now_unix_s)
{
    ballot_vote (b, CLASS_DEMAND);
    for (guint i = 0; i < rules->n_classes; i++) {
        const Class *c = &rules->classes[i];
        Demand demand;

        if (c->kind == CLASS_DEMAND && ballot_stands (b, c) && demand_from_name (c->id, &demand))
            v->demands |= 1u << demand;
    }
    if (v->complaint)
        deadline_find (v, now_unix_s);
}

/* The scenario's own, raised (or, by a class of low priority, lowered) by consequences. */
static void
judge_priority (Verdict *v, Ballot *b, const Rules *rules)
{
    const Class *scenario = rules_scenario (rules, v->scenario);

    v->priority = scenario->priority;
    v->priority_reason = arena_printf (v->facts->message->arena, "scenario %s", scenario->id);
    if (!v->complaint)
        return;
    ballot_vote (b, CLASS_URGENCY);
    for (guint i = 0; i < rules->n_classes; i++) {
        const Class *c = &rules->classes[i];

        if (c->kind == CLASS_URGENCY && ballot_stands (b, c) && c->priority > v->priority) {
            v->priority = c->priority;
            v->priority_reason = c->id;
        }
    }
}

/* Nobody knows who would have won: no scenario that has this mail put aside, none whose URLs may
 * be repeated. */
static gboolean
ended_unfinished (Verdict *v)
{
    if (!budget_ask (v->facts->message->budget))
        return FALSE;
    if (!v->complaint) {
        v->complaint = TRUE;
        v->scenario = "unclassified";
        v->confidence = 0;
    }
    return TRUE;
}

static Verdict *
judge_facts_with (const Knowledge *know, const Facts *facts, gint64 now_unix_s,
                  const JudgeOptions *options)
{
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    Message *m = facts->message;
    Verdict *v = arena_new0 (m->arena, Verdict, 1);
    gboolean unfinished;
    Ballot *b;

    if (v == NULL)
        return NULL;
    v->facts = facts;
    v->judged_unix_s = now_unix_s;
    v->format = facts->format;
    incidents_find (v, facts, know->settings);
    b = ballot_new (know->rules, v, scratch);
    if (b == NULL)
        return NULL;
    ballot_vote (b, CLASS_TOPIC);
    ballot_vote (b, CLASS_SCENARIO);
    ballot_choose_scenario (b);
    unfinished = ended_unfinished (v);
    if (rules_scenario (know->rules, v->scenario)->own_port)
        incidents_own_ports (v);
    plausible_find (v, know);
    judge_complainant (v, b, know->rules);
    trust_find (v, know->settings);
    judge_demands (v, b, know->rules, now_unix_s);
    judge_priority (v, b, know->rules);
    if (withhold_asked (v, know->rules) || unfinished) {
        v->urls_withheld = TRUE;
        ballot_withhold (b);
        withhold_urls (v);
    }
    ballot_signals (b);
    if (options->seen != NULL)
        options->seen (b, options->data);
    if (pattern_scratch_limits_hit (scratch) > 0)
        message_bound (m, "%u patterns reached their limit and did not vote",
                       pattern_scratch_limits_hit (scratch));
    return v;
}

Verdict *
judge_facts (const Knowledge *know, const Facts *facts, gint64 now_unix_s)
{
    return judge_facts_with (know, facts, now_unix_s, &(JudgeOptions) { .budget = NULL });
}

/* The arena is exhausted: no scenario was reached, and the verdict says so. */
static const Verdict exhausted = {
    .complaint = TRUE,
    .scenario = "unclassified",
    .format = "text",
    .priority = PRIORITY_NORMAL,
    .priority_reason = "the mail needs more memory than memory_limit allows",
};

static Verdict *
verdict_without_judgement (Message *m, const Facts *facts, gint64 now_unix_s)
{
    struct Last { /* the arena is full: this one verdict comes from the heap's slack, see
                     arena_reserve() */
        Verdict verdict;
        Facts facts;
    } *last = arena_reserve (m->arena, sizeof *last);

    last->verdict = exhausted;
    last->facts = facts != NULL ? *facts : (Facts) { .message = m, .format = "text" };
    last->verdict.facts = &last->facts;
    last->verdict.judged_unix_s = now_unix_s;
    last->verdict.complainant_address = m->from_address;
    last->verdict.complainant_name = m->from_name;
    return &last->verdict;
}

/* Reading may take so much of the time that judging what was read has its share. */
static Facts *
read_facts (const Knowledge *know, Message *m, Budget *budget)
{
    Facts *facts = facts_read (m, know->shapes);

    if (facts != NULL) {
        urls_assign (facts);
        roles_assign (facts, know->settings);
    }
    if (budget_ask (m->budget))
        message_bound (m, "reading the mail takes more time than time_limit allows: the rest was "
                          "not read");
    m->budget = budget;
    return facts;
}

Verdict *
judge_mail_with (const Knowledge *know, Arena *arena, Span mail, gint64 now_unix_s,
                 const JudgeOptions *options)
{
    Budget reading = budget_part (options->budget, READING_PERCENT);
    Message *m = intake_read_within (arena, &reading, mail);
    Facts *facts = read_facts (know, m, options->budget);
    Verdict *v;

    if (options->read != NULL)
        options->read (options->data);
    v = facts != NULL ? judge_facts_with (know, facts, now_unix_s, options) : NULL;

    if (v == NULL)
        v = verdict_without_judgement (m, facts, now_unix_s);
    if (arena_exhausted (arena))
        message_defect (
            m, "the mail needs more memory than memory_limit allows: the rest was not read");
    if (budget_ask (options->budget))
        message_bound (m, "judging the mail takes more time than time_limit allows: the rest was "
                          "not judged");
    m->budget = NULL; /* the caller's */
    return v;
}

Verdict *
judge_mail (const Knowledge *know, Arena *arena, Span mail, gint64 now_unix_s)
{
    return judge_mail_with (know, arena, mail, now_unix_s, &(JudgeOptions) { .budget = NULL });
}
