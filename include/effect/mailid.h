/*
 * mailid - a stored mail's own time, id and envelope, for a log that learns of it later
 *
 * The time is that of the topmost Received with a date (RFC 5321 4.4), else
 * that of Date; one that lies in the future, or before 1990, is none.  The id
 * is the ULID of that time with the beginning of a SHA-256 of the mail in
 * place of chance: the same mail gets the same id again, with CRLF or LF line
 * ends, and whatever mail readers note in its header (Status, X-UID, ...).
 */
#pragma once
#include "effect/logrow.h"

typedef struct MailId {
    char id[ULID_LEN + 1];
    gint64 received_unix_ms;
    gboolean dated; /* FALSE: the mail has no time; it is the one that was given as now */
} MailId;

#define MAILID_DIGEST_AT 10 /* from here on the id depends on the mail alone, not on the time */

void mailid_make (Span mail, gint64 now_unix_s, MailId *ret);

/* Return-Path as sender; Delivered-To, else X-Original-To or Envelope-To, as recipients.  Lives in the
 * message's arena. */
void mailid_envelope (const Message *m, Envelope *ret);
