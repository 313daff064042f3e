#include "read/archive.h"
#include <archive.h>
#include <archive_entry.h>

#define CHUNK (64 * 1024)

typedef struct Unpacked {
    GByteArray *member;
    gsize total, allowed;
} Unpacked;

static struct archive *
open_packed (Span packed)
{
    struct archive *a = archive_read_new ();
    gboolean gzip = span_left (packed) > 2 && memcmp (packed.p, "\x1F\x8B", 2) == 0;

    if (a == NULL)
        return NULL;
    archive_read_support_format_zip (a);
    archive_read_support_format_tar (a);
    if (gzip) {
        archive_read_support_filter_gzip (a);
        archive_read_support_format_raw (a); /* a single file, which no other format claims */
    }
    if (archive_read_open_memory (a, packed.p, span_left (packed)) == ARCHIVE_OK)
        return a;
    archive_read_free (a);
    return NULL;
}

/* FALSE when the walk has to end. */
static gboolean
unpack (struct archive *a, Unpacked *to, ArchiveNote *note)
{
    char room[CHUNK];
    la_ssize_t n;

    g_byte_array_set_size (to->member, 0);
    while ((n = archive_read_data (a, room, sizeof room)) > 0) {
        if (to->total + (gsize)n > to->allowed) {
            note->limited = TRUE;
            return FALSE;
        }
        to->total += (gsize)n;
        g_byte_array_append (to->member, (const guint8 *)room, (guint)n);
    }
    note->broken |= n < 0;
    return n >= 0;
}

static const char *
member_name (struct archive *a, struct archive_entry *entry)
{
    const char *name;

    if (archive_format (a) == ARCHIVE_FORMAT_RAW)
        return NULL;
    name = archive_entry_pathname_utf8 (entry);
    return name != NULL ? name : archive_entry_pathname (entry);
}

static gboolean
next_member (struct archive *a, Unpacked *to, ArchiveVisit visit, gpointer data, ArchiveNote *note)
{
    struct archive_entry *entry;
    int got = archive_read_next_header (a, &entry);

    if (got != ARCHIVE_OK && got != ARCHIVE_WARN) {
        note->broken |= got != ARCHIVE_EOF;
        return FALSE;
    }
    if (archive_entry_is_encrypted (entry)) {
        note->encrypted = TRUE;
        return TRUE;
    }
    if (archive_entry_filetype (entry) != AE_IFREG)
        return TRUE;
    if (!unpack (a, to, note) && to->member->len == 0)
        return FALSE;
    visit (
        member_name (a, entry),
        (Span) { (const char *)to->member->data, (const char *)to->member->data + to->member->len },
        data);
    return !note->limited && !note->broken;
}

void
archive_read_members (Span packed, ArchiveVisit visit, gpointer data, ArchiveNote *ret)
{
    struct archive *a = open_packed (packed);
    Unpacked to = { .member = g_byte_array_sized_new (CHUNK) };
    guint members = 0;

    *ret = (ArchiveNote) { .limited = FALSE };
    to.allowed =
        MIN (ARCHIVE_MAX_BYTES, MAX (ARCHIVE_FREE_BYTES, span_left (packed) * ARCHIVE_MAX_RATIO));
    if (a == NULL)
        ret->broken = TRUE;
    while (a != NULL && next_member (a, &to, visit, data, ret))
        if (++members >= ARCHIVE_MAX_MEMBERS) {
            ret->limited = TRUE;
            break;
        }
    if (a != NULL)
        archive_read_free (a);
    g_byte_array_unref (to.member);
}
