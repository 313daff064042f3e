#include "value/tor.h"

static const char *const answers[] = { "unknown", "yes", "no" };
static const char *const reasons[] = { "there is no exit list",
                                       "no time is stated",
                                       "the lists hold no IPv6 addresses",
                                       "no list is of that time, the nearest is of",
                                       "seen as an exit",
                                       "not in the list of",
                                       "last seen as an exit",
                                       "an exit for a part of the time that it may have been" };
static const char *const verdicts[] = { "unknown", "accept", "reject" };
static const char *const impossibles[] = { NULL, "not-tcp", "rejected-by-policy" };

const char *
exit_answer_name (ExitAnswer a)
{
    return answers[a];
}

const char *
exit_reason_text (ExitReason r)
{
    return reasons[r];
}

const char *
policy_verdict_name (PolicyVerdict v)
{
    return verdicts[v];
}

const char *
impossible_name (Impossible i)
{
    return impossibles[i];
}
