#include "base/calendar.h"
#include "find/time.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
resolve (const Stamp *st, const Stamp *date, const TimeZone *hint)
{
    TimeContext context = {
        .mail_date = { .known = TRUE, .unix_s = 1795140245, .has_zone = TRUE, .offset_s = 3600 },
        .guess_zone = TRUE,
        .date = date,
        .hint = hint
    };
    When when;

    if (!st->epoch && st->has_date)
        g_assert_true (calendar_valid (st->has_year ? st->year : 2000, st->month, st->day));
    if (st->has_time)
        g_assert_true (st->hour < 24 && st->minute < 60 && st->second <= 60);
    if (stamp_resolve (st, &context, &when))
        g_assert_true (when.unix_s <= when.latest_s);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    Span rest = { text, text + size }, line;
    Stamp st, date = { .weekday = -1 };
    TimeZone hint = { .sort = ZONE_UNSAID };

    if (time_value (rest, &st))
        resolve (&st, NULL, NULL);
    while (span_line (&rest, &line)) {
        const char *start = line.p;

        time_zone_hint (line, &hint);
        for (const char *was = line.p; time_next (start, &line, &st); was = line.p) {
            g_assert_true (line.p > was && line.p <= line.end);
            g_assert_true (st.original.p >= start && st.original.end == line.p);
            resolve (&st, &date, &hint);
            if (st.has_date)
                date = st;
        }
    }
    return 0;
}
