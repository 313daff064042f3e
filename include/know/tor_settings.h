/*
 * tor_settings - the settings' `tor' block: what tells whether a complaint can be true of a relay
 */
#pragma once
#include "know/setting.h"
#include "know/settings.h"

extern const Setting tor_rows[]; /* exit_policy, control, exit_lists, ... */

/* Once all keys are read: the policy, with what tor puts around it.  FALSE when it has a mistake. */
gboolean tor_settings_finish (Want *w, TorSettings *t);
void     tor_settings_clear (TorSettings *t);
