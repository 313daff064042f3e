/*
 * anonymise - a row without whom it names; effect/retention.h says what that is
 */
#pragma once
#include "effect/logrow.h"
#include "know/settings.h"

#define ANONYMISED_SUBJECT "" /* of a mail without one it is NULL */

void anonymise_row (LogRow *row, const Settings *settings);
