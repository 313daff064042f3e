/*
 * xarf_fields - what a scenario's `xarf_fields' say: values of its XARF objects that are true of all its reports
 *
 *     xarf: messaging/spam
 *     xarf_fields: {protocol: smtp}
 *
 * For what XARF asks for and the scenario itself tells.  Names and values are those of XARF 4.2.0.
 */
#pragma once
#include "know/signal.h"

gboolean xarf_fields_read (Want *w, const YamlNode *n, const char *key, Class *c);
