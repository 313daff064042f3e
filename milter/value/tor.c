#include "value/tor.h"

static const char *const answers[] = { "unknown", "yes", "no" };
static const char *const verdicts[] = { "unknown", "accept", "reject" };
static const char *const impossibles[] = { NULL, "not-tcp", "rejected-by-policy" };

const char *
exit_answer_name (ExitAnswer a)
{
    return answers[a];
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
