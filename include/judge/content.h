/*
 * content - what one record says, sorted by meaning
 *
 * One Content is filled again for each record, so that a mail of thousands of
 * log lines allocates nothing per line.
 */
#pragma once
#include "value/fact.h"

typedef enum ContentList {
    SAYS_OFFENDERS,
    SAYS_VICTIMS,
    SAYS_NETWORKS, /* accused ones */
    SAYS_MASKED,
    SAYS_SRC_PORTS,
    SAYS_DST_PORTS,
    SAYS_UNSAID_PORTS, /* which end's is not said */
    SAYS_TIMES,
    SAYS_URLS, /* accused URLs and hosts */
    N_CONTENT_LISTS
} ContentList;

typedef struct Content {
    const Facts *facts;
    GArray *lists[N_CONTENT_LISTS]; /* of guint: indices into facts->facts */
    const char *protocol;           /* NULL: not said */
    guint count;                    /* 0: not said */
} Content;

void content_init (Content *c, const Facts *facts);
void content_clear (Content *c); /* frees the lists */
void content_read (Content *c, const Record *record);

guint content_n (const Content *c, ContentList list);
const Fact *content_get (const Content *c, ContentList list, guint i);
