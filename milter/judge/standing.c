#include "judge/standing.h"

static gboolean
was_before (const Incident *i, const Network *net)
{
    return i->has_time && i->when.basis != TIME_NO_ZONE && i->when.latest_s < net->since_unix_s;
}

void
standing_find (Verdict *v, const Settings *settings)
{
    v->standing = STANDING_NONE;
    v->relay = NULL;
    if (settings->n_networks == 0 || v->n_incidents == 0)
        return;
    v->standing = STANDING_NOT_OURS;
    for (guint i = 0; i < v->n_incidents; i++) {
        const Incident *x = &v->incidents[i];

        if (x->network < 0)
            continue;
        v->relay = settings->networks[x->network].relay;
        v->standing =
            was_before (x, &settings->networks[x->network]) ? STANDING_BEFORE : STANDING_OURS;
        if (v->standing == STANDING_OURS)
            return;
    }
}
