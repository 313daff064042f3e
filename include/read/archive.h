/*
 * archive - what is inside zip, tar and gzip attachments
 *
 * The door to libarchive.  Only these formats are opened, in memory, and
 * within bounds; nothing is written anywhere.  Encrypted members are noted,
 * not read.  What libarchive cannot read ends the walk and is noted.
 */
#pragma once
#include "base/arena.h"

#define ARCHIVE_MAX_MEMBERS 100
#define ARCHIVE_MAX_BYTES (8 * 1024 * 1024) /* of all members, unpacked */
#define ARCHIVE_MAX_RATIO 200               /* unpacked to packed, beyond ARCHIVE_FREE_BYTES */
#define ARCHIVE_FREE_BYTES (1024 * 1024)

typedef struct ArchiveNote {
    gboolean encrypted; /* a member was */
    gboolean limited;   /* a bound was reached */
    gboolean broken;
} ArchiveNote;

/* `name' is the member's path, NULL for a mere gzip file; `bytes' live until the visit returns. */
typedef void (*ArchiveVisit) (const char *name, Span bytes, gpointer data);

void archive_read_members (Span packed, ArchiveVisit visit, gpointer data, ArchiveNote *ret);
