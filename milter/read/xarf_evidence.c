#include "read/xarf_evidence.h"
#include "base/clean.h"
#include "read/take.h"

typedef struct Sample {
    const char *type, *encoding, *payload;
    gboolean is_base64;
} Sample;

static void
read_member (const char *key, const Json *value, gpointer data)
{
    Sample *s = data;
    Span name = span_of (key);

    if (take_same_name (name, "ContentType"))
        s->type = json_text (value);
    else if (take_same_name (name, "Encoding"))
        s->encoding = json_text (value);
    else if (take_same_name (name, "Payload"))
        s->payload = json_text (value);
    else if (take_same_name (name, "Base64Encoded"))
        json_bool (value, &s->is_base64);
}

static gboolean
is_text (const Sample *s)
{
    return s->type == NULL || (span_starts_nocase (span_of (s->type), "text/") &&
                               !span_starts_nocase (span_of (s->type), "text/html") &&
                               !span_starts_nocase (span_of (s->type), "text/rfc822"));
}

static Span
plain (Arena *arena, const Sample *s)
{
    char *text = arena_strdup (arena, s->payload);
    gsize n = text != NULL ? strlen (text) : 0, bad;

    if (s->is_base64 && n > 1)
        g_base64_decode_inplace (text, &n);
    return clean_utf8 (arena, (Span) { text, text + MIN (n, EVIDENCE_MAX_BYTES) }, &bad);
}

static void
add_sample (Facts *facts, const Json *sample, gboolean version_4, Where where)
{
    Sample s = { .is_base64 = version_4 };

    json_each (sample, read_member, &s);
    if (s.payload == NULL || !is_text (&s))
        return;
    s.is_base64 |= s.encoding != NULL && take_same_name (span_of (s.encoding), "base64");
    build_lines (facts, where, plain (facts->message->arena, &s), ZONE_EVIDENCE);
}

static void
add_samples (Facts *facts, const Json *samples, gboolean version_4, Where where, guint *left)
{
    for (gsize i = 0; i < json_length (samples) && *left > 0; i++, (*left)--)
        add_sample (facts, json_item (samples, i), version_4, where);
}

void
xarf_evidence_lines (Facts *facts, const Json *report, Where where, guint *left)
{
    add_samples (facts, json_get (report, "evidence"), TRUE, where, left);
    add_samples (facts, json_get (json_get (report, "Report"), "Samples"), FALSE, where, left);
}
