#include "read/pgp.h"

typedef enum State {
    OUTSIDE,
    ARMOR_HEADERS, /* "Hash: ..." behind BEGIN PGP SIGNED MESSAGE */
    SIGNED,
    DROPPED /* inside a signature, key or encrypted block */
} State;

static const struct {
    const char *line;
    State state;
    gboolean encrypted;
} begins[] = {
    { "-----BEGIN PGP SIGNED MESSAGE-----", ARMOR_HEADERS, FALSE },
    { "-----BEGIN PGP SIGNATURE-----", DROPPED, FALSE },
    { "-----BEGIN PGP MESSAGE-----", DROPPED, TRUE },
    { "-----BEGIN PGP PUBLIC KEY BLOCK-----", DROPPED, FALSE },
};
static const char *const armor_keys[] = { "Hash:",    "Charset:",        "Version:",
                                          "Comment:", "NotDashEscaped:", "MessageID:" };

/* Length of the quote marks in front of a line. */
static gsize
prefix_length (Span line)
{
    const char *p = line.p;

    while (p < line.end && (*p == '>' || *p == ' ' || *p == '\t'))
        p++;
    return (gsize)(p - line.p);
}

static gboolean
is_armor_header (Span rest)
{
    for (gsize i = 0; i < G_N_ELEMENTS (armor_keys); i++)
        if (span_starts_nocase (rest, armor_keys[i]))
            return TRUE;
    return FALSE;
}

/* Of a block that never ends only what can be armor is dropped. */
static gboolean
is_armor (Span rest)
{
    rest = span_trim (rest);
    if (is_armor_header (rest))
        return TRUE;
    for (const char *p = rest.p; p < rest.end; p++)
        if (!g_ascii_isalnum (*p) && strchr ("+/=", *p) == NULL)
            return FALSE;
    return TRUE;
}

static gboolean
begins_block (Span rest, State *state, PgpNote *note)
{
    for (gsize i = 0; i < G_N_ELEMENTS (begins); i++)
        if (span_is (span_trim (rest), begins[i].line)) {
            *state = begins[i].state;
            note->encrypted |= begins[i].encrypted;
            return TRUE;
        }
    return FALSE;
}

static gboolean
ends_block (Span rest)
{
    return span_starts_nocase (rest, "-----END PGP ");
}

/* One line; FALSE when it is dropped.  `quote' is how far the block's first line was quoted. */
static gboolean
keep_line (Span line, State *state, gsize *quote, PgpNote *note, Span *ret_prefix, Span *ret_rest)
{
    gsize prefix = prefix_length (line);
    Span rest = { line.p + prefix, line.end };

    if (begins_block (rest, state, note)) {
        *quote = prefix;
        return FALSE;
    }
    if (*state == DROPPED && ends_block (rest)) {
        *state = OUTSIDE;
        return FALSE;
    }
    if (*state == DROPPED && is_armor (rest))
        return FALSE;
    if (*state == ARMOR_HEADERS && is_armor_header (rest))
        return FALSE;
    if (*state == ARMOR_HEADERS) {
        *state = SIGNED;
        if (rest.p == rest.end)
            return FALSE;
    }
    if (*state == DROPPED)
        *state = OUTSIDE;
    prefix = MIN (prefix, *quote);
    *ret_prefix = span_to (line, line.p + prefix);
    *ret_rest = (Span) { line.p + prefix, line.end };
    if (*state == SIGNED)
        (void)span_lit (ret_rest, "- ");
    return TRUE;
}

static GString *
read_level (Span text, PgpNote *note)
{
    GString *out = g_string_sized_new (span_left (text));
    State state = OUTSIDE;
    gsize quote = 0;
    Span line, prefix, rest;

    while (span_until (&text, '\n', &line)) {
        if (!keep_line (line, &state, &quote, note, &prefix, &rest))
            continue;
        g_string_append_len (out, prefix.p, (gssize)span_left (prefix));
        g_string_append_len (out, rest.p, (gssize)span_left (rest));
        g_string_append_c (out, '\n');
    }
    return out;
}

static gboolean
has_block (Span text)
{
    return span_find (text, "-----BEGIN PGP ") != NULL;
}

Span
pgp_read_through (Arena *arena, Span text, PgpNote *ret)
{
    GString *inner = NULL;
    Span kept;

    *ret = (PgpNote) { FALSE };
    if (!has_block (text))
        return text;
    for (guint i = 0; i < PGP_MAX_LEVELS && has_block (text); i++) {
        GString *next = read_level (text, ret);

        if (inner != NULL)
            g_string_free (inner, TRUE);
        inner = next;
        text = (Span) { inner->str, inner->str + inner->len };
    }
    kept.p = arena_strndup (arena, inner->str, inner->len);
    kept.end = kept.p != NULL ? kept.p + inner->len : NULL;
    g_string_free (inner, TRUE);
    return kept;
}
