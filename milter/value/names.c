/* Every enum's words, once: headers, JSON, log columns and scenario files all spell them so. */
#include "value/verdict.h"

static const char *const zones[N_ZONES] = { "subject", "prose",     "evidence",    "report",
                                            "quoted",  "signature", "boilerplate", "attached" };
static const char *const roles[N_ROLES] = { "unknown", "offender", "victim", "reporter",
                                            "relay",   "resolver", "other" };
static const char *const bases[] = { "guessed", "derived", "reported" };
static const char *const zone_bases[N_ZONE_BASES] = { "none", "date-header", "hint", "name",
                                                      "offset" };
static const char *const priorities[N_PRIORITIES] = { "low", "normal", "high", "urgent" };
static const char *const complainants[N_COMPLAINANTS] = {
    "unknown", "person", "automated", "provider", "law-enforcement", "rights-holder", "cert"
};
static const char *const demands[N_DEMANDS] = {
    "logs",    "identity", "shutdown", "non-exit",      "block-destination", "block-port",
    "explain", "stop",     "takedown", "preserve-data", "how-to-block"
};
static const char *const auth_methods[N_AUTH_METHODS] = { "spf", "dkim", "dmarc" };
static const char *const auth_results[N_AUTH_RESULTS] = { NULL, "unknown", "none", "fail", "pass" };
static const char *const standings[] = { NULL, "our-relay", "not-our-address", "before-we-had-it" };

static gboolean
from_name (const char *const *names, guint n, const char *name, guint *ret)
{
    for (guint i = 0; i < n; i++)
        if (strcmp (names[i], name) == 0) {
            *ret = i;
            return TRUE;
        }
    return FALSE;
}

#define NAME_AND_BACK(Type, prefix, table, count)                                                  \
    const char *prefix##_name (Type v)                                                             \
    {                                                                                              \
        return table[v];                                                                           \
    }                                                                                              \
    gboolean prefix##_from_name (const char *name, Type *ret)                                      \
    {                                                                                              \
        guint i;                                                                                   \
                                                                                                   \
        if (!from_name (table, count, name, &i))                                                   \
            return FALSE;                                                                          \
        *ret = (Type)i;                                                                            \
        return TRUE;                                                                               \
    }

NAME_AND_BACK (Zone, zone, zones, N_ZONES)
NAME_AND_BACK (Priority, priority, priorities, N_PRIORITIES)
NAME_AND_BACK (ComplainantKind, complainant, complainants, N_COMPLAINANTS)
NAME_AND_BACK (Demand, demand, demands, N_DEMANDS)

const char *
role_name (Role r)
{
    return roles[r];
}

const char *
basis_name (Basis b)
{
    return bases[b];
}

const char *
zone_basis_name (ZoneBasis b)
{
    return zone_bases[b];
}

const char *
auth_method_name (AuthMethod m)
{
    return auth_methods[m];
}

const char *
auth_result_name (AuthResult r)
{
    return auth_results[r];
}

const char *
standing_name (TorStanding s)
{
    return standings[s];
}
