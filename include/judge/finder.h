/*
 * finder - the incidents of a mail while they are being put together
 *
 * judge/incidents fills `found' record by record; judge/lend adds what records
 * without an address say of the only one accused; judge/fold drops mentions that
 * say nothing more than others.
 */
#pragma once
#include "judge/content.h"
#include "know/settings.h"
#include "value/verdict.h"

typedef struct Finder {
    Verdict *verdict;
    const Facts *facts;
    const Settings *settings;
    Arena *arena;
    Content content;
    LIST (Incident) found;
    GHashTable *known; /* a copy of each incident -> 1 + its index in `found' */
    guint record;      /* the one being read */
    gboolean overflow;
} Finder;

void finder_accuse (Finder *f, const Fact *offender); /* in the record being read */
void finder_settle_port (Incident *i);                /* whose a port is that nothing says it of */
gboolean incident_is_bare (const Incident *i);        /* an address, and nothing said of it */
gboolean record_is_quiet (
    const Record *r); /* says nothing of events: signature, boilerplate, attached mail */

void lend_records (Finder *f); /* before folding */
void lend_values (Finder *f);  /* after it */
void fold_mentions (Finder *f);
