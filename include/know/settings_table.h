/*
 * settings_table - the rows of the settings file, up to one without a key; `into' is a Settings
 */
#pragma once
#include "know/setting.h"

extern const Setting settings_table[];
