/*
 * logpast - is a mail in the log already?
 *
 * Under its own id (effect/mailid.h), or because the milter saw it when it
 * came: then it has another id, and there is a report of about the same time
 * with the same message-id, subject, sender and accused.
 */
#pragma once
#include "effect/db.h"
#include "effect/mailid.h"

#define LOGPAST_NEAR_S 600 /* between the time the milter noted and that in the topmost Received */

typedef struct LogPast LogPast;

LogPast *logpast_new (Db *db, GError **error); /* what is stored later is looked for by its id only */
void     logpast_free (LogPast *p);            /* NULL is fine */

gboolean logpast_has_id (LogPast *p, const MailId *id, gboolean *ret, GError **error);
gboolean logpast_has_row (LogPast *p, const LogRow *row, gboolean *ret, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogPast, logpast_free)
