/*
 * deadline - "within 24 hours", "innerhalb von 3 Tagen", "by Friday", "no later than 2026-11-22"
 *
 * Read in prose and subject only, and only where the sentence asks for
 * something: "12 attempts within 10 minutes" is no deadline.  Counted from the
 * mail's Date, else from `now'.  A date without a time is the end of that day
 * (UTC); a weekday is the next one after the mail's Date.
 */
#pragma once
#include "value/verdict.h"

void deadline_find (Verdict *verdict,
                    gint64 now_unix_s); /* sets has_deadline, deadline_unix_s, deadline_text */
