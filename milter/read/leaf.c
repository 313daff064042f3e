#include "read/leaf.h"
#include "read/archive.h"
#include "read/xlsx.h"

typedef struct Unpacking {
    Parts *parts;
    Xlsx *workbook;
} Unpacking;

static void
read_known (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes)
{
    gboolean text = g_str_has_prefix (leaf->declared, "text/");

    if (leaf->headers || (what.nature == NATURE_MAIL && (leaf->attachment || !text))) {
        ps->read_mail (ps, leaf, bytes);
        return;
    }
    if (what.nature == NATURE_MAIL)
        what = (Sniffed) { NATURE_TEXT, text ? leaf->declared : "text/plain" };
    parts_text (ps, leaf, what, bytes);
}

/* Archives in archives are left closed: whoever packs twice hides something. */
static void
read_member (const char *name, Span bytes, gpointer data)
{
    Unpacking *u = data;
    Parts *ps = u->parts;
    Leaf leaf = { .declared = "application/octet-stream", .attachment = TRUE };
    Sniffed what;

    if (xlsx_is_member (name)) {
        xlsx_take (u->workbook, name, bytes);
        return;
    }
    leaf.name = name != NULL ? parts_file_name (ps->message->arena, name) : NULL;
    what = sniff (bytes, leaf.declared, leaf.name);
    if (what.nature == NATURE_TEXT || what.nature == NATURE_HTML || what.nature == NATURE_MAIL)
        read_known (ps, &leaf, what, bytes);
    else
        parts_opaque (ps, &leaf, what);
}

static void
read_archive (Parts *ps, const Leaf *leaf, Sniffed what, Span packed)
{
    g_autoptr (Xlsx) workbook = xlsx_new ();
    Unpacking u = { ps, workbook };
    guint number = ps->list.n + 1;
    ArchiveNote note;
    Span rows;

    parts_opaque (ps, leaf, what);
    ps->depth++;
    archive_read_members (packed, read_member, &u, &note);
    rows = xlsx_text (workbook);
    if (rows.p < rows.end) {
        Leaf sheet = {
            .declared = leaf->declared, .name = leaf->name, .charset = "utf-8", .attachment = TRUE
        };

        parts_text (ps, &sheet, (Sniffed) { NATURE_TEXT, "text/tab-separated-values" }, rows);
    }
    ps->depth--;
    if (note.encrypted)
        message_defect (ps->message, "part %u is encrypted: not readable", number);
    if (note.limited)
        message_bound (ps->message, "part %u holds more than is read", number);
    if (note.broken)
        message_defect (ps->message, "part %u is a broken archive", number);
}

/* Some programs encode a part that is encoded already. */
static gboolean
decode_again (Parts *ps, Span *bytes)
{
    g_autofree char *base64 = sniff_is_base64 (*bytes) ? span_dup (*bytes) : NULL;
    g_autofree guchar *decoded = NULL;
    char *kept;
    gsize n;

    if (base64 == NULL)
        return FALSE;
    decoded = g_base64_decode (base64, &n);
    kept = arena_strndup (ps->scratch, (const char *)decoded, n);
    if (kept == NULL)
        return FALSE;
    *bytes = (Span) { kept, kept + n };
    return TRUE;
}

void
leaf_read (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes)
{
    if (what.nature == NATURE_ARCHIVE) {
        read_archive (ps, leaf, what, bytes);
        return;
    }
    if (decode_again (ps, &bytes)) {
        message_defect (ps->message, "part %u is encoded twice", ps->list.n + 1);
        what = sniff (bytes, leaf->declared, leaf->name);
    }
    if (what.nature == NATURE_TEXT || what.nature == NATURE_HTML || what.nature == NATURE_MAIL)
        read_known (ps, leaf, what, bytes);
    else
        parts_opaque (ps, leaf, what);
}
