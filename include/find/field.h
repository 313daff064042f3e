/*
 * field - what a key, a column head or an attribute's name says of its value
 *
 * "Source IP", "src_ip", "clientIP", "Attacker address", "Quell-IP", "dst port",
 * "Event time (UTC)": words decide, each from one table (find/field_words.c), so
 * that every spelling and order of the same words means the same.
 */
#pragma once
#include "value/fact.h"

typedef enum FieldWhat {
    FIELD_NONE, /* says nothing we know */
    FIELD_ANY,  /* a role alone ("Source", "Attacker"): the value tells what it is */
    FIELD_ADDRESS,
    FIELD_PORT,
    FIELD_TIME,
    FIELD_ZONE, /* a time zone */
    FIELD_URL,
    FIELD_HOST,
    FIELD_PROTOCOL,
    FIELD_COUNT
} FieldWhat;

typedef struct FieldMeaning {
    FieldWhat what;
    Role role;       /* ROLE_UNKNOWN when the name does not say */
    gboolean report; /* FIELD_TIME: of the report, not of the event ("Report date", "Sent") */
} FieldMeaning;

#define FIELD_MAX_NAME 64 /* bytes; a longer name is a sentence */
#define FIELD_MAX_WORDS 7

/* FALSE and FIELD_NONE when the name says nothing. */
gboolean field_meaning (Span name, FieldMeaning *ret);

/* The name has a word that makes it of something else: "allocated", "case id", "mail". */
gboolean field_spoiled (Span name);

/*
 * Splits "Key: value", "Key = value", "Key | value", "* Key ...: value".  FALSE when the line has
 * no such form or the key is longer than FIELD_MAX_NAME.
 */
gboolean field_split (Span line, Span *ret_key, Span *ret_value);

/* The key just before a value inside a line: `src=', `"clientIP":"', `DST=', `port: '; FALSE when
 * there is none. */
gboolean field_before (const char *line_start, const char *value, Span *ret_key);
