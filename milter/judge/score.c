#include "judge/score.h"
#include "judge/ballot.h"
#include <math.h>
#include <stdlib.h>

#define SIGNAL_TEXT_MAX 120 /* bytes of the mail that a signal quotes */
#define MAX_ALTERNATIVES 5
#define ALTERNATIVE_FLOOR 0.005 /* runners-up below this are nobody */

#define NOT_A_COMPLAINT "not-a-complaint"
#define UNCLASSIFIED "unclassified"

static void
scan_texts (Ballot *b)
{
    for (guint slot = 0; slot < N_SLOTS; slot++)
        if (span_left (b->texts[slot].text) > 0 && !budget_over (b->budget))
            b->scans[slot] =
                prefilter_scan (b->rules->prefilter, b->arena, slot, b->texts[slot].text);
}

Ballot *
ballot_new (const Rules *rules, Verdict *verdict, PatternScratch *scratch)
{
    Arena *arena = verdict->facts->message->arena;
    Ballot *b = arena_new0 (arena, Ballot, 1);
    Tally *tallies = arena_new0 (arena, Tally, rules->n_classes);

    if (b == NULL || tallies == NULL)
        return NULL;
    b->rules = rules;
    b->verdict = verdict;
    b->scratch = scratch;
    b->arena = arena;
    b->budget = verdict->facts->message->budget;
    b->tallies = tallies;
    ballot_texts_gather (verdict->facts, b->texts);
    scan_texts (b);
    ballot_see_facts (b);
    return b;
}

static Zone
zone_of (guint slot)
{
    if (slot < N_ZONES)
        return (Zone)slot;
    return slot == SLOT_ATTACHED_HEADER ? ZONE_ATTACHED : ZONE_SUBJECT;
}

/* The matched words on one line: runs of blanks and controls become a space. */
static const char *
quote (Arena *arena, Span words)
{
    const char *p = words.p;
    char text[SIGNAL_TEXT_MAX + 1];
    gsize n = 0;

    while (p < words.end) {
        const char *next = g_utf8_next_char (p);
        gsize len = (gsize)(next - p);
        gboolean blank = (guchar)*p <= ' ' || *p == 0x7f;

        if (n + len > SIGNAL_TEXT_MAX)
            break;
        if (!blank)
            memcpy (text + n, p, len);
        else if (n > 0 && text[n - 1] != ' ')
            text[n] = ' ';
        else
            len = 0;
        n += len;
        p = next;
    }
    return arena_strndup (arena, text, n);
}

/* The first match of one alternative, if it begins before `ret' does. */
static gboolean
found_before (const Ballot *b, const Alternation *a, guint slot, gboolean any, Span *ret)
{
    Span stretch, match;
    Starts starts;

    scan_starts (b->scans[slot], a->number, &starts);
    while (starts_next (&starts, &stretch) && (!any || stretch.p < ret->p)) {
        if (budget_over (b->budget))
            return FALSE;
        if (!pattern_match_within (a->pattern, b->scratch, starts.text, stretch, &match))
            continue;
        if (any && match.p >= ret->p)
            return FALSE;
        *ret = match;
        return TRUE;
    }
    return FALSE;
}

/* Where the whole regex would match first: the leftmost of its alternatives, of equals the first.
 */
static gboolean
leftmost (const Ballot *b, const Rule *rule, guint slot, Span *ret)
{
    const Scan *scan = b->scans[slot];
    guint first = rule->first_number, end = first + rule->n_alternatives;
    gboolean any = FALSE;

    for (guint i = first; scan != NULL && (i = scan_next (scan, i, end)) < end; i++)
        any |= found_before (b, &rule->alternatives[i - first], slot, any, ret);
    return any;
}

static gboolean
text_holds (const Ballot *b, const Rule *rule, guint slots, Signal *ret)
{
    for (; slots != 0; slots &= slots - 1) {
        guint slot = (guint)__builtin_ctz (slots);
        Span words;

        if (!leftmost (b, rule, slot, &words))
            continue;
        ret->zone = zone_of (slot);
        ret->where = ballot_text_where (&b->texts[slot], words.p);
        ret->text = quote (b->arena, words);
        return TRUE;
    }
    return FALSE;
}

static gboolean
rule_holds (const Ballot *b, const Rule *rule, Signal *ret)
{
    guint slots = rule_slots (rule);

    return slots != 0 ? text_holds (b, rule, slots, ret) : ballot_fact_holds (b, rule, ret);
}

static gboolean
is_required (const Class *c, const Rule *rule)
{
    for (guint i = 0; c->requires_ != NULL && c->requires_[i] != NULL; i++)
        if (strcmp (c->requires_[i], rule->name) == 0)
            return TRUE;
    return FALSE;
}

static void
hold (Ballot *b, guint class_index, const Signal *signal)
{
    Held *held = list_push (b->arena, &b->held, G_MAXUINT);

    if (held != NULL)
        *held = (Held) { class_index, *signal };
}

static void
vote_class (Ballot *b, guint class_index)
{
    const Class *c = &b->rules->classes[class_index];
    Tally *tally = &b->tallies[class_index];

    *tally = (Tally) { .voted = TRUE, .requirement_met = c->requires_ == NULL, .score = c->bias };
    for (guint i = 0; i < c->n_rules && !budget_over (b->budget); i++) {
        const Rule *rule = &c->rules[i];
        Signal signal = { .class_id = c->id, .name = rule->name, .weight = rule->weight };

        if (!rule_holds (b, rule, &signal))
            continue;
        tally->score += rule->weight;
        tally->requirement_met = tally->requirement_met || is_required (c, rule);
        hold (b, class_index, &signal);
    }
}

void
ballot_vote (Ballot *b, ClassKind kind)
{
    for (guint i = 0; i < b->rules->n_classes; i++)
        if (b->rules->classes[i].kind == kind && !b->tallies[i].voted)
            vote_class (b, i);
    for (guint i = b->rules->first_topic; kind == CLASS_TOPIC && i < b->rules->n_classes; i++)
        if (ballot_stands (b, &b->rules->classes[i]))
            b->topics |= (guint64)1 << (i - b->rules->first_topic);
}

double
ballot_score (const Ballot *b, const Class *c)
{
    return b->tallies[c - b->rules->classes].score;
}

gboolean
ballot_stands (const Ballot *b, const Class *c)
{
    const Tally *tally = &b->tallies[c - b->rules->classes];

    if (!tally->voted)
        return FALSE;
    if (c->kind != CLASS_SCENARIO)
        return tally->requirement_met && tally->score >= c->threshold;
    if (strcmp (c->id, NOT_A_COMPLAINT) == 0 || strcmp (c->id, UNCLASSIFIED) == 0)
        return TRUE;
    return tally->requirement_met && tally->score > c->bias;
}

static int
better_first (const void *a, const void *b)
{
    const Alternative *x = a, *y = b;

    if (x->confidence != y->confidence)
        return x->confidence > y->confidence ? -1 : 1;
    return strcmp (x->scenario, y->scenario); /* so that a tie ends the same way each time */
}

/* Those that stand, with their scores; then each score becomes its share. */
guint
ballot_rank (const Ballot *b, Alternative *ret)
{
    double best = -HUGE_VAL, sum = 0;
    guint n = 0;

    for (guint i = 0; i < b->rules->n_scenarios; i++) {
        const Class *c = &b->rules->classes[i];

        if (!ballot_stands (b, c))
            continue;
        ret[n++] = (Alternative) { c->id, ballot_score (b, c) };
        best = MAX (best, ballot_score (b, c));
    }
    for (guint i = 0; i < n; i++)
        sum += ret[i].confidence = exp ((ret[i].confidence - best) / SCORE_TEMPERATURE);
    for (guint i = 0; i < n; i++)
        ret[i].confidence *= SCORE_CEILING / sum;
    qsort (ret, n, sizeof *ret, better_first);
    return n;
}

void
ballot_choose_scenario (Ballot *b)
{
    Verdict *v = b->verdict;
    Alternative *ranked = arena_new0 (b->arena, Alternative, b->rules->n_scenarios);
    guint n = ranked != NULL ? ballot_rank (b, ranked) : 0, kept = 1;

    v->scenario = n > 0 ? ranked[0].scenario : UNCLASSIFIED;
    v->confidence = n > 0 ? ranked[0].confidence : 0;
    v->complaint = strcmp (v->scenario, NOT_A_COMPLAINT) != 0;
    while (kept < n && kept <= MAX_ALTERNATIVES && ranked[kept].confidence >= ALTERNATIVE_FLOOR)
        kept++;
    v->alternatives = n > 0 ? ranked + 1 : NULL;
    v->n_alternatives = kept - 1;
}

static gboolean
prevailed (const Ballot *b, const Class *c)
{
    const Verdict *v = b->verdict;

    if (c->kind == CLASS_SCENARIO)
        return v->scenario != NULL && strcmp (c->id, v->scenario) == 0;
    if (c->kind == CLASS_COMPLAINANT)
        return ballot_stands (b, c) && strcmp (c->id, complainant_name (v->complainant)) == 0;
    if (c->kind == CLASS_TOPIC)
        return FALSE; /* who asked for it quotes it */
    return ballot_stands (b, c);
}

static int
stronger_first (const void *a, const void *b)
{
    const Held *x = a, *y = b;

    if (x->class_index != y->class_index) /* classes stand in the order of their kinds */
        return x->class_index < y->class_index ? -1 : 1;
    if (x->signal.weight != y->signal.weight)
        return x->signal.weight > y->signal.weight ? -1 : 1;
    return strcmp (x->signal.name, y->signal.name);
}

void
ballot_withhold (Ballot *b)
{
    for (guint i = 0; i < b->held.n; i++)
        b->held.items[i].signal.text = NULL;
}

void
ballot_signals (Ballot *b)
{
    Signal *signals = arena_new0 (b->arena, Signal, b->held.n);
    guint n = 0;

    if (signals == NULL)
        return;
    if (b->held.n > 0)
        qsort (b->held.items, b->held.n, sizeof *b->held.items, stronger_first);
    for (guint i = 0; i < b->held.n; i++)
        if (prevailed (b, &b->rules->classes[b->held.items[i].class_index]))
            signals[n++] = b->held.items[i].signal;
    b->verdict->signals = signals;
    b->verdict->n_signals = n;
}
