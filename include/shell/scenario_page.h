/*
 * scenario_page - all that a scenario says, on standard output, for people
 */
#pragma once
#include "know/rules.h"

void scenario_page_print (const Class *scenario);
