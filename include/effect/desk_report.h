/*
 * desk_report - one report of the log as a page: the verdict, why it fell, when it happened, the text
 */
#pragma once
#include "effect/logrow.h"

typedef struct DeskReport {
    const LogRow *row;
    const Facts *facts; /* of the kept text, whose finds are marked in it; NULL: no text was kept */
    const char *draft;  /* of an answer; NULL: none */
} DeskReport;

char *desk_report (const DeskReport *report); /* g_free() it */

/* The mail's text line by line, what was found in it marked, with its role and the rule that gave it. */
void  desk_marked_text (GString *page, const Facts *facts);
