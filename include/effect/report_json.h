/*
 * report_json - a verdict as `abusectl classify --json' prints it (the contract with scripts, DESIGN section 7)
 */
#pragma once
#include "base/json.h"
#include "value/verdict.h"

Json *report_json (const Verdict *verdict, const char *file, const char *id);
