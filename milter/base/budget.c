#include "base/budget.h"

Budget
budget_new (BudgetClock clock, gpointer data, guint limit_ms)
{
    return (Budget) { clock, data, clock (data) + (gint64)limit_ms * 1000, 0, FALSE };
}

Budget
budget_part (const Budget *whole, guint percent)
{
    gint64 now;

    if (whole == NULL || whole->clock == NULL)
        return (Budget) { NULL, NULL, 0, 0, FALSE };
    now = whole->clock (whole->data);
    return (Budget) { whole->clock, whole->data, now + (whole->until_us - now) * percent / 100, 0,
                      whole->over };
}

gboolean
budget_ask (Budget *b)
{
    if (b == NULL || b->clock == NULL)
        return FALSE;
    b->over = b->over || b->clock (b->data) >= b->until_us;
    return b->over;
}
