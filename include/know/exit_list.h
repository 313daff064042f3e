/*
 * exit_list - was an address a Tor exit at a moment?  From lists of files
 *
 * Three forms, told apart line by line, and any of them repeated:
 *
 *   TorDNSEL exit-addresses   ExitNode, Published, LastStatus, ExitAddress IP TIME
 *   CollecTor                 the same with "@type tordnsel 1.0" and Downloaded
 *   bulk list                 one address a line; of the time the file was written
 *
 * A list holds what was an exit in the two days before it, each with the time
 * of the last test that saw its traffic come from there; tests are a day apart at most.
 * So an address was one within a day of being seen, or, where that is its
 * newest address, until the relay was last in a consensus; it was none when a list
 * of that time, or of the day after, lacks it.  Lines that are none of these are
 * counted and left out.
 *
 * Built by one thread, then immutable and shared.
 */
#pragma once
#include "base/ip.h"
#include "value/tor.h"

#define EXIT_LIST_MAX_BYTES (64 * 1024 * 1024) /* of one file: for who reads it */
#define EXIT_LIST_MAX_SIGHTINGS 1000000
#define EXIT_NEAR_S (24 * 60 * 60)      /* between two tests of a relay */
#define EXIT_LIST_FRESH_S (3 * 60 * 60) /* how long after it was made a list may speak for */

typedef struct ExitList ExitList;

typedef struct ExitListRead { /* of one file */
    guint sightings, ignored;
    guint first_ignored_line; /* 0: none */
    gboolean full;            /* there was no room for all */
} ExitListRead;

ExitList    *exit_list_new (void);
void         exit_list_free (ExitList *x); /* NULL is fine */
ExitListRead exit_list_add (ExitList *x, Span text, gint64 written_unix_s);
void         exit_list_finish (ExitList *x); /* before any exit_list_find */

/* The moment lies between the two (inclusive); they are the same where it is known. */
ExitFound exit_list_find (const ExitList *x, const Ip *ip, gint64 from_unix_s, gint64 to_unix_s);

guint  exit_list_addresses (const ExitList *x);    /* how many */
gint64 exit_list_newest_unix_s (const ExitList *x); /* of the lists; G_MININT64 when there is none */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExitList, exit_list_free)
