/*
 * mailbox - the mails in a FILE argument: a message, an mbox, a Maildir, a folder, or - for
 * standard input
 *
 * A Maildir's new/ and cur/ are read, a folder's files (sorted by name, not
 * below it).  An mbox starts with "From " and is not named .eml; ">From " lines are unquoted (RFC
 * 4155).  Nothing is changed, locked or marked.
 */
#pragma once
#include "base/span.h"

#define MAILBOX_MAX_FILE (1024ul * 1024 * 1024)

/* `name' is the path, for an mbox of several "path#3".  Return FALSE to stop. */
typedef gboolean (*MailboxVisit) (const char *name, Span mail, gpointer data);

/* FALSE and an error for the first file that could not be read; the others are visited all the
 * same. */
gboolean mailbox_each (const char *path, MailboxVisit visit, gpointer data, GError **error);
