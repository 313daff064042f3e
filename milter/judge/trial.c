#include "judge/trial.h"
#include "judge/ballot.h"
#include "judge/judge.h"
#include <stdlib.h>

typedef struct Trials {
    Trial *items;
    guint n;
} Trials;

/* Those of one class stand together: ballot_signals() has sorted what is held. */
static void
take_signals (const Ballot *b, guint class_index, Trial *trial)
{
    Signal *signals = NULL;

    for (guint i = 0; i < b->held.n; i++) {
        if (b->held.items[i].class_index != class_index)
            continue;
        if (signals == NULL)
            signals = arena_new0 (b->arena, Signal, b->held.n - i);
        if (signals == NULL)
            return;
        signals[trial->n_signals++] = b->held.items[i].signal;
    }
    trial->signals = signals;
}

static double
confidence_of (const Alternative *ranked, guint n, const Class *c)
{
    for (guint i = 0; i < n; i++)
        if (strcmp (ranked[i].scenario, c->id) == 0)
            return ranked[i].confidence;
    return 0;
}

static int
best_first (const void *a, const void *b)
{
    const Trial *x = a, *y = b;

    if (x->stands != y->stands)
        return x->stands ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return strcmp (x->scenario->id, y->scenario->id);
}

static void
see (const Ballot *b, gpointer data)
{
    Trials *t = data;
    guint n_scenarios = b->rules->n_scenarios, n_ranked;
    Alternative *ranked = arena_new0 (b->arena, Alternative, n_scenarios);

    t->items = arena_new0 (b->arena, Trial, n_scenarios);
    if (ranked == NULL || t->items == NULL)
        return;
    n_ranked = ballot_rank (b, ranked);
    for (guint i = 0; i < n_scenarios; i++) {
        const Class *c = &b->rules->classes[i];
        Trial *trial = &t->items[t->n];

        *trial = (Trial) { .scenario = c,
                           .score = ballot_score (b, c),
                           .stands = ballot_stands (b, c),
                           .confidence = confidence_of (ranked, n_ranked, c) };
        take_signals (b, i, trial);
        t->n += trial->stands || trial->n_signals > 0;
    }
    qsort (t->items, t->n, sizeof *t->items, best_first);
}

const Trial *
trial_of_mail (const Knowledge *know, Arena *arena, Span mail, gint64 now_unix_s,
               const Verdict **ret_verdict, guint *ret_n)
{
    Trials t = { NULL, 0 };

    *ret_verdict = judge_mail_with (know, arena, mail, now_unix_s,
                                    &(JudgeOptions) { .seen = see, .data = &t });
    *ret_n = t.n;
    return t.items;
}
