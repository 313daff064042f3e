#include "shell/apply.h"

/* From the highest index down, so that the others keep theirs. */
static gboolean
remove_forged (SMFICTX *ctx, const GArray *forged)
{
    for (guint i = 0; i < forged->len; i++) {
        const Forged *f = &g_array_index (forged, Forged, i);

        for (guint index = f->count; index > 0; index--)
            if (smfi_chgheader (ctx, f->name, (int)index, NULL) != MI_SUCCESS)
                return FALSE;
    }
    return TRUE;
}

static gboolean
insert (SMFICTX *ctx, const char *name, const char *value, gboolean leading_space)
{
    g_autofree char *spaced = g_strconcat (leading_space ? " " : "", value, NULL);

    return smfi_insheader (ctx, 0, (char *)name, spaced) == MI_SUCCESS;
}

gboolean
apply_headers (SMFICTX *ctx, const GArray *forged, const Outcome *outcome, gboolean leading_space)
{
    if (!remove_forged (ctx, forged))
        return FALSE;
    for (guint i = outcome->n_lines; i-- > 0;) /* each goes above the one before */
        if (!insert (ctx, outcome->lines[i].name, outcome->lines[i].value, leading_space))
            return FALSE;
    return TRUE;
}

static gboolean
set_subject (SMFICTX *ctx, const Edits *e, gboolean had_one, gboolean leading_space)
{
    static char name[] = "Subject";
    g_autofree char *value = NULL;

    if (e->subject == NULL)
        return TRUE;
    if (!had_one)
        return insert (ctx, name, e->subject, leading_space);
    value = g_strconcat (leading_space ? " " : "", e->subject, NULL);
    return smfi_chgheader (ctx, name, 1, value) == MI_SUCCESS;
}

static gboolean
redirect (SMFICTX *ctx, const Edits *e)
{
    for (guint i = 0; i < e->redirects.n; i++) {
        const Redirect *r = &e->redirects.items[i];

        /* first the new one: whatever fails, somebody gets the mail */
        if (smfi_addrcpt (ctx, (char *)r->to) != MI_SUCCESS ||
            smfi_delrcpt (ctx, (char *)r->from) != MI_SUCCESS)
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_recipients (SMFICTX *ctx, const Edits *e)
{
    for (guint i = 0; i < e->add_recipients.n; i++)
        if (smfi_addrcpt (ctx, (char *)e->add_recipients.items[i]) != MI_SUCCESS)
            return FALSE;
    return TRUE;
}

gboolean
apply_edits (SMFICTX *ctx, const Edits *e, gboolean had_subject, gboolean leading_space,
             const char **ret_what)
{
    const struct {
        const char *what;
        gboolean done;
    } steps[] = {
        { "subject_tag", set_subject (ctx, e, had_subject, leading_space) },
        { "add_recipient", add_recipients (ctx, e) },
        { "redirect", redirect (ctx, e) },
        { "quarantine",
          e->quarantine == NULL || smfi_quarantine (ctx, (char *)e->quarantine) == MI_SUCCESS },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
        if (!steps[i].done) {
            *ret_what = steps[i].what;
            return FALSE;
        }
    return TRUE;
}
