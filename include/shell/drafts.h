/*
 * drafts - where a draft goes: into the Drafts of a Maildir, or through an editor
 */
#pragma once
#include <glib.h>

/*
 * Puts a mail into the Drafts of the Maildir at `maildir' and tells where it is now: ".Drafts" (Maildir++)
 * or "Drafts" below it, whichever is there, else a new .Drafts; a folder of such a name may be
 * named itself.  Written to tmp, flushed, and moved to cur with the flags draft and seen; where root
 * does it, it belongs to the Maildir's owner.  NULL and an error, with nothing left behind, when it cannot be.
 */
char *drafts_store (const char *maildir, const char *mail, GError **error);

/*
 * Lets a person change it, in $VISUAL, $EDITOR or sensible-editor; vi where that is not there.  NULL and an
 * error that names the file, which is then kept, when the editor fails.
 */
char *drafts_edit (const char *mail, GError **error);
