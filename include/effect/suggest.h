/*
 * suggest - destinations whose owners asked to be left alone, as lines for torrc and nftables
 *
 * Reports with the demand block-destination or block-port, of the incidents
 * that are ours by the settings.  Who asks for an address shuts out everybody who
 * reaches it through us, and anybody can write a complaint: each suggestion names
 * the reports behind it, and it ends.  A function of rows, settings, policy and
 * clock; nothing is ever applied.
 */
#pragma once
#include "base/json.h"
#include "effect/logrow.h"
#include "know/knowledge.h"

#define SUGGEST_MAX_OF_REPORT 20 /* destinations of one report; the rest is counted */

typedef struct Suggest Suggest;

/* `lasts_s' is how long after its report a suggestion holds. */
Suggest *suggest_new (const Knowledge *know, gint64 now_unix_s, gint64 lasts_s);
void     suggest_free (Suggest *s); /* NULL is fine */

gboolean suggest_asks (const LogRow *row); /* by its demands */
void     suggest_add (Suggest *s, const LogRow *row); /* one that asks; whole */
guint    suggest_count (const Suggest *s); /* destinations, and reports that name none */

typedef enum SuggestForm { SUGGEST_EXIT_POLICY, SUGGEST_NFTABLES, SUGGEST_JSON } SuggestForm;

char *suggest_text (Suggest *s, SuggestForm form); /* g_free() it */

/* Where the two files of it meet. */

typedef struct SuggestReport {
    char *id, *from; /* safe text; from NULL: unknown */
    gboolean doubtful; /* our MTA found that the sender may be forged */
} SuggestReport;

typedef struct Suggestion {
    Ip ip;
    guint port; /* 0: all */
    gint64 until_unix_s;
    gboolean rejected; /* our exit policy lets nobody connect there already */
    GArray *reports;   /* of SuggestReport */
} Suggestion;

const GPtrArray *suggest_all (Suggest *s);     /* of Suggestion, by address */
const GArray    *suggest_nowhere (const Suggest *s); /* of SuggestReport: name no destination */
guint            suggest_left_out (const Suggest *s); /* destinations beyond SUGGEST_MAX_OF_REPORT */
gint64           suggest_now (const Suggest *s);
gboolean         suggest_for_relay (const Suggest *s); /* the settings have a tor block */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Suggest, suggest_free)
