#include "effect/edits.h"

/* A fold stays one; anything else that would end the line becomes a blank. */
static char *
one_field (Arena *arena, const char *subject)
{
    char *text = arena_strdup (arena, subject);

    for (char *p = text; p != NULL && *p != '\0'; p++)
        if (*p == '\r' || (*p == '\n' && p[1] != ' ' && p[1] != '\t'))
            *p = ' ';
    return text;
}

/* Answers come back with the tag that they got: once is enough. */
static void
tag (Arena *arena, Edits *e, const char *tag_text, const char *subject)
{
    const char *now = e->subject != NULL ? e->subject : subject;

    if (tag_text == NULL)
        return;
    if (now == NULL)
        e->subject = tag_text;
    else if (strstr (now, tag_text) == NULL)
        e->subject = arena_printf (arena, "%s %s", tag_text, now);
}

static const char *
in_brackets (Arena *arena, const char *address)
{
    return arena_printf (arena, "<%s>", address);
}

static void
add (Arena *arena, Edits *e, const char *address)
{
    const char *text = in_brackets (arena, address), **slot;

    for (guint i = 0; text != NULL && i < e->add_recipients.n; i++)
        if (strcmp (e->add_recipients.items[i], text) == 0)
            return;
    slot = text != NULL ? list_push (arena, &e->add_recipients, EDITS_MAX_RECIPIENTS) : NULL;
    if (slot != NULL)
        *slot = text;
}

static void
redirect (Arena *arena, Edits *e, const char *extension, const char *recipient)
{
    Span all = span_of (recipient), local;
    const char *at = strrchr (recipient, '@'), *to;
    Redirect *slot;

    if (span_left (all) >= 2 && *all.p == '<' && all.end[-1] == '>')
        all = (Span) { all.p + 1, all.end - 1 };
    local = (Span) { all.p, at };
    if (at == NULL || at <= all.p || memchr (all.p, extension[0], span_left (local)) != NULL)
        return;
    to = arena_printf (arena, "<%.*s%s%.*s>", (int)span_left (local), local.p, extension,
                       (int)(all.end - at), at);
    slot = to != NULL ? list_push (arena, &e->redirects, G_MAXUINT) : NULL;
    if (slot != NULL)
        *slot = (Redirect) { recipient, to };
}

void
edits_make (Arena *arena, const Settings *s, const Verdict *v, const char *subject,
            const char *const *recipients, Edits *ret)
{
    const char *clean = subject != NULL ? one_field (arena, subject) : NULL;

    memset (ret, 0, sizeof *ret);
    for (guint i = 0; i < s->n_actions; i++) {
        const Action *a = &s->actions[i];
        gboolean first = ret->redirects.n == 0;
        const char *extension;

        if (!action_holds (a, v))
            continue;
        tag (arena, ret, action_text (arena, a->subject_tag, v), clean);
        if (a->add_recipient != NULL)
            add (arena, ret, a->add_recipient);
        extension = action_text (arena, a->redirect, v);
        for (guint k = 0; extension != NULL && first && recipients[k] != NULL; k++)
            redirect (arena, ret, extension, recipients[k]);
        if (ret->quarantine == NULL)
            ret->quarantine = action_text (arena, a->quarantine, v);
    }
}
