/*
 * take - what a format's field means, as a table
 *
 * A format names its fields once, in rows; the same rows serve "Key: value"
 * lines, JSON and XML.  Rows are gone through in their order, not the mail's,
 * so that a row may rest on those above it (a URL's host is accused only when
 * no address is).
 */
#pragma once
#include "read/build.h"

typedef enum Take {
    TAKE_ADDRESS,
    TAKE_SOURCE, /* X-ARF's Source: an address, a URL, a domain or a mail address */
    TAKE_PORT,   /* numbers; a name ("ssh") is a FACT_FIELD "service" */
    TAKE_TIME,
    TAKE_URL, /* its host becomes an address, its port a port, when the record has no address yet */
    TAKE_HOST,
    TAKE_COUNT,
    TAKE_PROTOCOL, /* "tcp", 6; another one ("smtp") is a FACT_FIELD "protocol" */
    TAKE_FIELD,    /* a FACT_FIELD of the name `rule' */
    TAKE_TYPE      /* the same, and a FACT_FIELD "type" in the one spelling of take_type() */
} Take;

typedef struct TakeRow {
    const char *name; /* as the format spells it; case, '-', '_' and blanks do not matter */
    Take take;
    Role role;
    const char *rule; /* "arf: Source-IP"; of TAKE_FIELD and TAKE_TYPE the fact's name */
} TakeRow;

/* FALSE when the value is none of its kind. */
gboolean take_value (Facts *facts, const TakeRow *row, Span value, Where where);

/* Names that formats spell in several ways: "Source-IP", "source_ip", "SourceIp" are one. */
gboolean take_same_name (Span a, const char *b);

/* A FACT_FIELD "type": XARF v4's spelling with hyphens, whatever the format calls it. */
void take_type (Facts *facts, Span value, Where where);
