/*
 * xarf_types - XARF's types, and what each asks for beside the core
 */
#pragma once
#include <glib.h>

typedef struct XarfType {
    const char *category, *type;
    const char *required, *optional; /* keys, apart by blanks */
    const char *protocols;           /* that may be said; NULL: none */
    gboolean port;                   /* source_port is required where an address is accused */
    gboolean smtp_port;              /* source_port and smtp_from are, where the protocol is smtp */
    const char *person;              /* evidence_source of what a person reports; NULL: none fits */
} XarfType;

const XarfType *xarf_type_find (const char *category, const char *type); /* NULL: there is none */
gboolean xarf_word_in (const char *words, const char *word);             /* apart by blanks */
