/*
 * budget - the time that one mail may take, for code that asks no clock
 *
 * Whoever starts the work hands a clock in; the pure layers ask budget_over() at the heads of loops
 * over what a sender wrote, and before each regex.  It is cheap: the clock is looked at once in
 * BUDGET_STRIDE times.  What is over stays over: each loop then ends with what it has, and the
 * verdict says so.  NULL is time without end.  A budget belongs to one thread at a time.
 */
#pragma once
#include <glib.h>

#define BUDGET_STRIDE 8

typedef gint64 (*BudgetClock) (gpointer data); /* microseconds; it never goes back */

typedef struct Budget {
    BudgetClock clock;
    gpointer data;
    gint64 until_us;
    guint asked;
    gboolean over;
} Budget;

Budget budget_new (BudgetClock clock, gpointer data, guint limit_ms);

/* So many hundredths of what is left of `whole' now; without end when that is NULL. */
Budget budget_part (const Budget *whole, guint percent);

gboolean budget_ask (Budget *b); /* looks at the clock now; NULL is fine */

static inline gboolean
budget_over (Budget *b)
{
    if (b == NULL || b->clock == NULL)
        return FALSE;
    return b->over || (++b->asked % BUDGET_STRIDE == 0 && budget_ask (b));
}
