/*
 * action - what is done to a mail beside the headers: the block `actions' of the settings
 *
 * A list of blocks.  Each says for which scenarios and priorities it holds (all, when it
 * says nothing) and at least one thing to do.  Texts may name {scenario} and {priority}.
 */
#pragma once
#include "know/rules.h"
#include "know/setting.h"
#include "know/settings.h"
#include "value/verdict.h"

#define ACTION_TEXT_MAX 60 /* bytes of a tag, a reason, an extension */

struct Action {
    const char *const *scenarios;       /* NULL-terminated ids; NULL: each */
    guint priorities;                   /* bits 1 << Priority; 0: each */
    const char *subject_tag;            /* printable ASCII, to stand before the subject; NULL: none, like all below */
    const char *add_recipient;          /* gets the mail, too */
    const char *redirect;               /* "+{scenario}": into the watched recipients, before their `@' */
    const char *quarantine;             /* the reason, in printable ASCII */
    const struct YamlNode *names;       /* of the scenarios, for mistakes */
};

extern const Setting action_rows[];

gboolean actions_read (Want *w, const YamlNode *list, const Setting *row, const Action **ret, guint *ret_n);

/* Scenarios that nobody has are mistakes, too; only once the rules are known. */
gboolean actions_check (const Settings *settings, const Rules *rules, Mistakes *mistakes);

gboolean action_holds (const Action *a, const Verdict *v);

/* `text' with the names put in; NULL stays NULL. */
char *action_text (Arena *arena, const char *text, const Verdict *v);
