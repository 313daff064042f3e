/*
 * rules - the scenarios, and the other questions that signals answer
 *
 * Everything that words and facts vote on is a Class with Signals: the
 * scenarios (scenarios/ID.yaml), and in scenarios/common/ the demands, the
 * complainant kinds, tor-awareness, urgency, and topics: what several scenarios
 * ask for, said once in all languages.  One loader, one engine.
 * What each key means is told in the README and checked here: every mistake in
 * one run, as "file:line: what is wrong, what was expected".
 *
 * Directories are read in order; a file in a later one replaces the one of the
 * same name.  Immutable once loaded, shared by threads, reference counted.
 */
#pragma once
#include "base/mistakes.h"
#include "base/pattern.h"
#include "base/prefilter.h"
#include "find/shape.h"
#include "know/reply_texts.h"
#include "value/verdict.h"

typedef enum ClassKind {
    CLASS_SCENARIO,    /* id: a scenario */
    CLASS_DEMAND,      /* id: a demand's name */
    CLASS_COMPLAINANT, /* id: a complainant kind's name */
    CLASS_AWARENESS,   /* id: tor-aware */
    CLASS_URGENCY,     /* id: a reason; `priority' is what it raises to */
    CLASS_TOPIC,       /* id: what is talked of; voted before all others, which ask by TEST_TOPIC */
    N_CLASS_KINDS
} ClassKind;

typedef enum TestKind {
    TEST_REGEX,       /* over the text of `zones' */
    TEST_HEADER,      /* regex over "Name: value" lines of the mail's own header */
    TEST_FROM,        /* regex over "Display name <address>" of From and Reply-To */
    TEST_ATTACHED_HEADER, /* regex over the header lines of attached mails */
    TEST_SHAPE,       /* a log line of a shape or family of `words' */
    TEST_FORMAT,      /* the mail's format is one of `words' */
    TEST_FIELD,       /* FACT_FIELD `field' has one of `words' */
    TEST_SRC_PORT,    /* an incident's port is in `ports' */
    TEST_DST_PORT,
    TEST_PROTOCOL,    /* an incident's protocol is one of `words' */
    TEST_OFFENDERS,   /* at least `min', at most `max' accused addresses */
    TEST_URLS,        /* at least `min' accused URLs or hosts */
    TEST_PART,        /* a part whose sniffed type is one of `words' (globs) */
    TEST_TOPIC,       /* one of `topics' stands (not in topics themselves) */
    TEST_TOGETHER,    /* all of `topics' stand */
    TEST_SCENARIO,    /* the scenario is one of `words' (not in scenarios themselves) */
    TEST_COMPLAINANT, /* the complainant kind is one of `words' (urgency and demands only) */
    N_TESTS
} TestKind;

/* The texts that rules look into. */
typedef enum Slot { /* the first N_ZONES are the zones */
    SLOT_HEADER = N_ZONES, /* "Name: value" lines of the mail's own header */
    SLOT_FROM,             /* "Display name <address>" of From, and Reply-To */
    SLOT_ATTACHED_HEADER,  /* "Name: value" lines of attached mails */
    N_SLOTS
} Slot;

typedef struct PortRange {
    guint16 from, to;
} PortRange;

typedef struct Alternation { /* one alternative of a regex */
    Pattern *pattern;
    const char *regex;
    guint number;         /* among those of all rules: for the prefilter */
} Alternation;

typedef struct Rule { /* one signal */
    const char *name;
    TestKind test;
    double weight;        /* added to the class's score once, however often it holds */
    guint zones;          /* TEST_REGEX: bits 1u << Zone */
    Pattern *pattern;     /* as a whole; voting runs the alternatives, of which most cannot match */
    const Alternation *alternatives;
    guint n_alternatives, first_number; /* the numbers of its alternatives follow each other */
    const char *regex;    /* as written */
    const char *field;
    const char *const *words; /* NULL-terminated, lower case */
    guint64 topics;       /* TEST_TOPIC, TEST_TOGETHER: bits of the topics, in the order of their classes */
    PortRange *ports;
    guint n_ports;
    guint min, max;
    guint line;           /* in the class's file */
} Rule;

guint rule_slots (const Rule *rule); /* bits 1u << Slot */

#define RULES_MAX_TOPICS 64

typedef struct XarfField { /* a value of all XARF objects of a scenario */
    const char *name;
    const char *const *values; /* NULL-terminated, at least one */
    gboolean list;
} XarfField;

typedef struct Class {
    ClassKind kind;
    const char *id;
    const char *file;
    guint line;
    const char *title, *description;        /* scenarios */
    const char *xarf_category, *xarf_type;  /* NULL when XARF has none */
    XarfField *xarf_fields;
    guint n_xarf_fields;
    Priority priority;
    double bias;          /* the score before any signal */
    double threshold;     /* demands and the like hold from this score on */
    Rule *rules;
    guint n_rules;
    const char *const *requires_; /* names of signals of which one must hold; NULL: none needed */
    const char *const *lookalikes; /* ids of scenarios that are easily taken for this one */
    gboolean own_port;    /* `port: own': a port whose end is not said is the accused's (a service, a peer) */
    gboolean withhold_urls; /* `urls: withhold': no URL of such a report is ever repeated */
    const ReplyText *reply[N_REPLY_PARTS]; /* NULL: it has not that part */
} Class;

typedef struct Rules {
    Class *classes;       /* scenarios first, by id; then the others; topics last */
    guint n_classes;
    guint n_scenarios;
    guint first_topic;    /* index into `classes' */
    Prefilter *prefilter; /* over all regexes' alternatives */
    ReplyTexts *replies;  /* the texts of drafts, scenarios' own parts among them */
    /* private */
    gint refs;
    gpointer owned;
} Rules;

/* NULL when any file has a mistake, or when not-a-complaint or unclassified is missing. */
Rules *rules_load (const char *const *directories, const Shapes *shapes, Mistakes *mistakes);
Rules *rules_ref (Rules *r);
void   rules_unref (Rules *r);

const Class *rules_scenario (const Rules *r, const char *id);

/* 16 hex digits and a NUL that differ when any signal does: two machines that have the same judge alike. */
#define RULES_DIGEST_LEN 16
void rules_digest (const Rules *r, char ret[RULES_DIGEST_LEN + 1]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rules, rules_unref)
