/*
 * trial - how every scenario fared on a mail, the near misses too
 *
 * For whoever writes scenarios: the verdict names those that prevailed, a trial
 * all that any signal spoke for or against.
 */
#pragma once
#include "know/knowledge.h"
#include "value/verdict.h"

typedef struct Trial {
    const Class *scenario;
    double score;          /* bias and the weights of the signals below */
    gboolean stands;       /* FALSE: what it requires is not there, or nothing speaks for it */
    double confidence;     /* 0 unless it stands */
    const Signal *signals; /* strongest first */
    guint n_signals;
} Trial;

/* The trials of the scenarios that stand or that a signal held of, the one chosen first, those that
 * do not stand last; in `arena'.  None (and *ret_n 0) where the arena was exhausted before the
 * vote. */
const Trial *trial_of_mail (const Knowledge *know, Arena *arena, Span mail, gint64 now_unix_s,
                            const Verdict **ret_verdict, guint *ret_n);
