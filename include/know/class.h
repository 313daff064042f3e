/*
 * class - one class that signals vote for: a scenario's file, or an entry of a common one
 */
#pragma once
#include "know/signal.h"

extern const char *const class_kind_names[]; /* by ClassKind; NULL-terminated */

/* Each adds every mistake it finds and says whether there was none. */
gboolean class_read (RuleReader *r, ClassKind kind, const char *id, const YamlNode *node, guint line,
                     Class *ret);
gboolean class_read_common (RuleReader *r, const YamlNode *root, GArray *classes); /* of Class */
