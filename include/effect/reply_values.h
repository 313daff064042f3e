/*
 * reply_values - the values of a draft's variables, and the conditions that go with them
 */
#pragma once
#include "effect/reply_facts.h"

/* `about', IF_URLS_WITHHELD and IF_TOR are set by now; `network' is ours that the address is in, or NULL. */
void reply_values_fill (ReplyFacts *f, const LogRow *row, const Settings *settings,
                        const Network *network, gint64 now_unix_s);
