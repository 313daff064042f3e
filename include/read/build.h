/*
 * build - how readers hand over what they found
 *
 * Records are opened and closed in turn; facts added while one is open belong
 * to it.  All text must live in the message's arena (or point into its parts).
 * Limits are recorded as defects; then NULL comes back and the reader stops.
 */
#pragma once
#include "value/fact.h"

gboolean build_record (Facts *facts, RecordKind kind, Zone zone, const char *shape, Where where);

/* Adds to the record opened last. */
Fact *build_fact (Facts *facts, FactKind kind, Role role, Basis basis, Where where, Span original,
                  const char *rule);

/* Common facts from a field's text; FALSE (and nothing added) when the text is none. */
gboolean build_address (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule);
gboolean build_port (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule);
gboolean build_time (Facts *facts, Span text, Basis basis, Where where, const char *rule);
gboolean build_url (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule);

/* A FACT_FIELD: name and value in lower case, blanks and underscores as '-'. */
void build_field (Facts *facts, const char *name, Span value, Where where);
