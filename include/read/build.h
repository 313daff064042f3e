/*
 * build - how readers hand over what they found
 *
 * Records are opened in turn; facts added belong to the one opened last.  All
 * text must live in the message's arena (or point into its parts).  Limits are
 * recorded as defects; then NULL or FALSE comes back and the reader stops.
 */
#pragma once
#include "value/fact.h"

gboolean build_record (Facts *facts, RecordKind kind, Zone zone, const char *shape, Where where);

/* Adds to the record opened last. */
Fact *build_fact (Facts *facts, FactKind kind, Role role, Basis basis, Where where, Span original,
                  const char *rule);

/* Common facts from a field's text; FALSE (and nothing added) when the text is none.  An address
 * may bring its port along ("198.51.100.7:22", with the same role), a port may be several
 * ("22,2222"), names of services are none, nor are protocols above TCP and UDP.  A time without a
 * zone stays so. */
gboolean build_address (Facts *facts, Span text, Role role, Basis basis, Where where,
                        const char *rule);
gboolean build_port (Facts *facts, Span text, Role role, Basis basis, Where where,
                     const char *rule);
gboolean build_time (Facts *facts, Span text, Basis basis, Where where, const char *rule);
gboolean build_url (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule);
gboolean build_host (Facts *facts, Span text, Role role, Basis basis, Where where,
                     const char *rule);
gboolean build_count (Facts *facts, Span text, Basis basis, Where where, const char *rule);
gboolean build_protocol (Facts *facts, Span text, Basis basis, Where where, const char *rule);

/* A FACT_FIELD: name and value in lower case, blanks and underscores as '-'. */
void build_field (Facts *facts, const char *name, Span value, Where where);

/* Whether the record opened last has such a fact. */
gboolean build_has (const Facts *facts, FactKind kind, Role role);

/* The lines first to last of a part belong to the record opened last: free text leaves them. */
void build_claim (Facts *facts, guint part, guint first, guint last);

/* Text that stands encoded on a line (a log in a JSON string) becomes lines of their own behind it,
 * with its number, for free text to read.  The text lives in the arena. */
void build_lines (Facts *facts, Where where, Span text, Zone zone);
