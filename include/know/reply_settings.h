/*
 * reply_settings - the settings' `reply' block: whose drafts they are, in which words
 */
#pragma once
#include "know/setting.h"
#include "know/settings.h"

extern const Setting reply_rows[]; /* from, name, signature, language, texts, links */
