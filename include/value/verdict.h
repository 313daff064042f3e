/*
 * verdict - what a mail is, who is accused, what is wanted
 *
 * The end of the pure pipeline: effects (headers, log, output) only read it.
 * Everything lives in the message's arena.  Names are those of the header and
 * JSON contracts (docs: README, "Headers" and "JSON").
 */
#pragma once
#include "value/incident.h"

typedef enum Priority {
    PRIORITY_LOW,
    PRIORITY_NORMAL,
    PRIORITY_HIGH,
    PRIORITY_URGENT,
    N_PRIORITIES
} Priority;

typedef enum ComplainantKind {
    COMPLAINANT_UNKNOWN,
    COMPLAINANT_PERSON,
    COMPLAINANT_AUTOMATED,
    COMPLAINANT_PROVIDER,
    COMPLAINANT_LAW_ENFORCEMENT,
    COMPLAINANT_RIGHTS_HOLDER,
    COMPLAINANT_CERT,
    N_COMPLAINANTS
} ComplainantKind;

typedef enum Demand { /* bit numbers of Verdict.demands */
                      DEMAND_LOGS,
                      DEMAND_IDENTITY,
                      DEMAND_SHUTDOWN,
                      DEMAND_NON_EXIT,
                      DEMAND_BLOCK_DESTINATION,
                      DEMAND_BLOCK_PORT,
                      DEMAND_EXPLAIN,
                      DEMAND_STOP,
                      DEMAND_TAKEDOWN,
                      DEMAND_PRESERVE_DATA,
                      DEMAND_HOW_TO_BLOCK,
                      N_DEMANDS
} Demand;

typedef enum AuthMethod { AUTH_SPF, AUTH_DKIM, AUTH_DMARC, N_AUTH_METHODS } AuthMethod;

typedef enum AuthResult { /* as our own MTA has found; the better the later */
    AUTH_NOT_SAID,        /* nobody was asked: no authserv_id is configured */
    AUTH_UNKNOWN,         /* our MTA says nothing, or could not tell */
    AUTH_NONE,            /* there is no policy, no signature */
    AUTH_FAIL,
    AUTH_PASS,
    N_AUTH_RESULTS
} AuthResult;

typedef struct Alternative {
    const char *scenario;
    double confidence;
} Alternative;

/* One reason: a signal of a scenario, a demand, a complainant rule that held. */
typedef struct Signal {
    const char *class_id; /* whose signal: "ssh-bruteforce", "stop", "automated", ... */
    const char *name;
    double weight;
    Zone zone;
    Where where;      /* line 0: a fact of the whole mail, not of a place */
    const char *text; /* the words or value that made it hold */
} Signal;

typedef enum TorStanding {                    /* of the first accused address */
                           STANDING_NONE,     /* no networks configured, or nothing accused */
                           STANDING_OURS,     /* our-relay */
                           STANDING_NOT_OURS, /* not-our-address */
                           STANDING_BEFORE    /* before-we-had-it */
} TorStanding;

typedef struct Verdict {
    const Facts *facts; /* and through it the message */
    gint64 judged_unix_s;
    gboolean complaint; /* FALSE exactly when scenario is not-a-complaint */
    const char *scenario;
    double confidence;               /* 0 to 1 */
    const Alternative *alternatives; /* the runners-up, best first */
    guint n_alternatives;
    const Signal *
        signals; /* the scenario's, strongest first, then those of demands, complainant, priority */
    guint n_signals;
    const char *format;
    Priority priority;
    const char *priority_reason;
    ComplainantKind complainant;
    const char *complainant_address, *complainant_name;
    AuthResult auth[N_AUTH_METHODS]; /* is the sender who the mail says? */
    gboolean tor_aware;
    guint demands; /* bits 1u << Demand */
    gboolean has_deadline;
    gint64 deadline_unix_s;
    const char *deadline_text; /* as the mail puts it */
    Incident *incidents;
    guint n_incidents;
    guint64 incident_count;  /* all of them, also those beyond LIMIT_INCIDENTS */
    const char *const *urls; /* refanged, distinct */
    guint n_urls;
    gboolean urls_withheld; /* the mail's URLs and hosts are never repeated: they are not here, nor in its facts */
    TorStanding standing;
    const char *relay;     /* of our network; NULL */
    gboolean tor;          /* the settings' tor block says anything: the four below are judged */
    ExitFound exit;        /* of the incidents against us: what none of them denies */
    PolicyVerdict policy;  /* POLICY_REJECT when all of them are rejected */
    Impossible impossible; /* when all of them are, by the first one's reason */
    gboolean spoofable;    /* no line shows more than a bare SYN, or packets of no connection */
} Verdict;

const char *priority_name (Priority p);
const char *complainant_name (ComplainantKind k);
const char *demand_name (Demand d);
const char *standing_name (TorStanding s); /* "our-relay", ...; NULL for STANDING_NONE */
const char *auth_method_name (AuthMethod m); /* "spf", ... */
const char *auth_result_name (AuthResult r); /* "pass", "fail", "none", "unknown"; NULL for AUTH_NOT_SAID */
gboolean priority_from_name (const char *name, Priority *ret);
gboolean complainant_from_name (const char *name, ComplainantKind *ret);
gboolean demand_from_name (const char *name, Demand *ret);
