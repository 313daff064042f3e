/*
 * formats - the report formats, each a row: who claims a mail, who reads it
 *
 * A reader adds RECORD_FORMAT records with facts of BASIS_REPORTED and fields
 * (FACT_FIELD "feedback-type", "category", "report-type", "service", ...) that
 * scenarios can test, and says TRUE when the mail really is a report of its
 * format.  A malformed report adds a defect "malformed NAME: why" and is left
 * to free text.  Several formats may hold for one mail; the first names it.
 */
#pragma once
#include "value/fact.h"

typedef struct Format {
    const char *name;                       /* in X-Abuse-Format, the log and scenarios */
    const char *spec;                       /* where it is described */
    gboolean (*read) (Facts *facts);        /* cheap when the mail has no sign of it */
} Format;

extern const Format formats[];
extern const guint n_formats;

/* Runs them all; sets facts->format. */
void formats_read (Facts *facts);
gboolean format_known (const char *name);
