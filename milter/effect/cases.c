#include "effect/cases.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static gboolean
has (const guint64 *list, guint n, guint64 value)
{
    for (guint i = 0; i < n; i++)
        if (list[i] == value)
            return TRUE;
    return FALSE;
}

static guint
in_common (const CaseFacts *r, const CaseSeen *c)
{
    guint common = 0;

    for (guint i = 0; i < r->n_offenders; i++)
        common += has (c->offenders, c->n_offenders, r->offenders[i]);
    return common;
}

static gboolean
is_within (const CaseFacts *r, const CaseSeen *c, guint days)
{
    gint64 gap =
        MAX (r->received_unix_ms - c->last_unix_ms, c->opened_unix_ms - r->received_unix_ms);

    return gap <= days * DAY_MS;
}

static gboolean
is_of_reporter (const CaseFacts *r, const CaseSeen *c)
{
    return has (c->reporters, c->n_reporters, r->reporter);
}

/* A program that strings all its reports on one thread says nothing by it. */
static gboolean
tied_by_thread (const CaseFacts *r, const CaseSeen *c)
{
    return is_within (r, c, CASE_THREAD_DAYS) &&
           (!r->automated || r->n_offenders == 0 || c->n_offenders == 0 || in_common (r, c) > 0);
}

static gboolean
lies_in_network (const CaseFacts *r, const CaseSeen *c)
{
    for (guint i = 0; i < r->n_networks; i++)
        if (has (c->offenders, c->n_offenders, r->networks[i]))
            return TRUE;
    return FALSE;
}

static gboolean
tied_by_offender (const CaseFacts *r, const CaseSeen *c)
{
    guint common = in_common (r, c);
    gboolean same_reporter = is_of_reporter (r, c);

    if (r->scenario != c->scenario || !is_within (r, c, CASE_WINDOW_DAYS) ||
        (r->reporter_matters && !same_reporter))
        return FALSE;
    return (common > 0 && (same_reporter || 2 * common >= r->n_offenders)) ||
           lies_in_network (r, c);
}

static gboolean
tied_by_subject (const CaseFacts *r, const CaseSeen *c)
{
    return r->scenario == c->scenario && r->n_offenders == 0 && c->n_offenders == 0 &&
           is_within (r, c, CASE_WINDOW_DAYS) && is_of_reporter (r, c);
}

static gboolean
is_tied (const CaseFacts *r, const CaseCandidate *c)
{
    if (c->tie != CASE_THREAD && c->tie != CASE_COPY && (c->seen->closed || !r->complaint))
        return FALSE;
    switch (c->tie) {
    case CASE_THREAD:
    case CASE_COPY:
        return tied_by_thread (r, c->seen);
    case CASE_MOMENT:
        return is_within (r, c->seen, CASE_MOMENT_DAYS);
    case CASE_OFFENDER:
        return tied_by_offender (r, c->seen);
    case CASE_SUBJECT:
        return tied_by_subject (r, c->seen);
    }
    g_assert_not_reached ();
}

gint
case_choose (const CaseFacts *report, const CaseCandidate *candidates, guint n)
{
    gint best = -1;

    for (guint i = 0; i < n; i++) {
        const CaseCandidate *c = &candidates[i], *b = best >= 0 ? &candidates[best] : NULL;

        if (!is_tied (report, c))
            continue;
        if (b == NULL || c->tie < b->tie ||
            (c->tie == b->tie && c->seen->last_unix_ms > b->seen->last_unix_ms))
            best = (gint)i;
    }
    return best;
}

static void
add_to (guint64 *list, guint *n, guint max, guint64 value)
{
    if (*n < max && !has (list, *n, value))
        list[(*n)++] = value;
}

void
case_add (CaseSeen *seen, const CaseFacts *report)
{
    gboolean first = seen->last_unix_ms == 0;

    if (first)
        seen->scenario = report->scenario;
    if (first || report->received_unix_ms < seen->opened_unix_ms)
        seen->opened_unix_ms = report->received_unix_ms;
    if (report->complaint || first)
        seen->last_unix_ms = MAX (seen->last_unix_ms, report->received_unix_ms);
    add_to (seen->reporters, &seen->n_reporters, CASE_MAX_REPORTERS, report->reporter);
    for (guint i = 0; i < report->n_offenders; i++)
        add_to (seen->offenders, &seen->n_offenders, CASE_MAX_OFFENDERS, report->offenders[i]);
}
