/*
 * fact - what a mail states: addresses, ports, times, URLs, and where they stood
 *
 * A Fact is one value as found, with its provenance; a Record is the unit that
 * facts belong together in: a format's record, a table row, a log line, a
 * block of "Key: value" lines, a paragraph.  The readers make them; judge/roles
 * fills in the roles that the reader could not know.
 */
#pragma once
#include "base/ip.h"
#include "value/message.h"

/* How the bytes around a line are to be taken; what votes for a scenario depends on it. */
typedef enum Zone {
    ZONE_SUBJECT,
    ZONE_PROSE,    /* what the sender wrote */
    ZONE_EVIDENCE, /* log lines, tables, key: value blocks, data attachments */
    ZONE_REPORT,   /* fields of a report format */
    ZONE_QUOTED,   /* "> " lines, forwarded text */
    ZONE_SIGNATURE,
    ZONE_BOILERPLATE, /* whois output, disclaimers, "about this list" */
    ZONE_ATTACHED,    /* an attached mail: its words must not vote */
    N_ZONES
} Zone;

typedef struct Where {
    guint part;   /* Part.number; 0 is the mail's header */
    guint line;   /* from 1, in the part's text */
    guint column; /* bytes from the line's start, from 0 */
} Where;

typedef enum Role {
    ROLE_UNKNOWN,
    ROLE_OFFENDER,
    ROLE_VICTIM,   /* attacked, or the destination */
    ROLE_REPORTER, /* the sender's own servers, where the report comes from */
    ROLE_RELAY,    /* a mail hop */
    ROLE_RESOLVER,
    ROLE_OTHER, /* whois text, version numbers, samples, loopback: nobody to accuse */
    N_ROLES
} Role;

typedef enum Basis {
    BASIS_GUESSED, /* position, repetition, the Date header's zone */
    BASIS_DERIVED, /* a log line, a table column, a phrase */
    BASIS_REPORTED /* a field of a format says so */
} Basis;

typedef enum ZoneBasis {                 /* where the zone of a time came from, best last */
                         TIME_NO_ZONE,   /* nowhere: no UTC time is claimed */
                         TIME_DATE_ZONE, /* the Date header's zone: guessed */
                         TIME_HINT,   /* a hint for the line, the table, the section or the mail */
                         TIME_NAME,   /* a zone name on the stamp, with one meaning */
                         TIME_OFFSET, /* an offset, Z, UTC, GMT on the stamp; epoch seconds */
                         N_ZONE_BASES
} ZoneBasis;

typedef struct When {
    ZoneBasis basis;
    gboolean
        ambiguous; /* an abbreviation with several meanings: the moment is between the two below */
    gint64
        unix_s; /* UTC seconds; the earliest when ambiguous; only when basis is not TIME_NO_ZONE */
    gint64 latest_s;   /* the same as unix_s unless ambiguous */
    gint64 local_s;    /* the stamp as written, counted as if it were UTC: always known */
    gboolean has_date; /* FALSE: a time of day alone; local_s is then seconds of the day */
} When;

typedef enum FactKind {
    FACT_ADDRESS,
    FACT_NETWORK, /* 198.51.100.0/24 */
    FACT_MASKED,  /* 198.51.100.xxx: recorded as written, never completed */
    FACT_PORT,    /* role: ROLE_OFFENDER is src_port, ROLE_VICTIM is dst_port */
    FACT_TIME,
    FACT_URL,      /* refanged, in `text' */
    FACT_HOST,     /* a domain name, refanged, in `text' */
    FACT_PROTOCOL, /* "tcp", "udp", "icmp", ... in `text' */
    FACT_COUNT,    /* how often it happened */
    FACT_FIELD     /* what a format or log line says of itself: `name' = `text', both lower case */
} FactKind;

typedef struct Fact {
    FactKind kind;
    Role role;
    Basis basis;
    Zone zone;
    Where where;
    Span original; /* as it stood in the text */
    const char
        *rule;    /* what gave it its role: "sshd: from", "column Source IP"; NULL while unknown */
    guint record; /* index into Facts.records */
    guint owner;  /* the fact it was written with, whose role it shares: a port's address, the URL
                     whose host an address is; else FACT_NONE */
    union {
        Ip ip;
        IpNet net;
        guint port; /* 1 to 65535 */
        guint count;
        When when;
    } v;
    const char *name; /* FACT_FIELD: its name */
    const char *text; /* URL, host, protocol, masked spelling, field value */
} Fact;

typedef enum RecordKind {
    RECORD_SUBJECT,
    RECORD_FORMAT, /* a report format's own record */
    RECORD_ROW,    /* a row of a table */
    RECORD_LOG,    /* a log line */
    RECORD_BLOCK,  /* key: value lines */
    RECORD_PARAGRAPH
} RecordKind;

typedef struct Record {
    RecordKind kind;
    Zone zone;
    const char *
        shape; /* RECORD_LOG: the log shape's name ("sshd"); RECORD_FORMAT: the format's; or NULL */
    guint first_fact, n_facts; /* in Facts.facts */
    Where where;               /* its first line */
} Record;

typedef struct Line {
    Span text; /* without its LF, nor the ">" marks of a quote */
    guint part, number;
    Zone zone;
    guint record; /* the record it belongs to, or RECORD_NONE */
} Line;

#define RECORD_NONE G_MAXUINT
#define FACT_NONE G_MAXUINT
#define LIMIT_LINES 20000
#define LIMIT_FACTS 20000
#define LIMIT_RECORDS 20000

typedef struct Facts {
    Message *message;
    const char *
        format; /* "arf", "x-arf", "fail2ban", ...; "text" when there is none; names in formats.h */
    LIST (Line) lines;
    LIST (Record) records;
    LIST (Fact) facts;
} Facts;

/* Names for people and for the JSON contract. */
const char *zone_name (Zone z);
const char *role_name (Role r);
const char *basis_name (Basis b);
const char *zone_basis_name (ZoneBasis b);
gboolean zone_from_name (const char *name, Zone *ret);
