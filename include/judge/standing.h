/*
 * standing - is what is accused ours, and was it ours then?
 */
#pragma once
#include "know/settings.h"
#include "value/verdict.h"

void standing_find (Verdict *verdict, const Settings *settings); /* sets standing and relay */
