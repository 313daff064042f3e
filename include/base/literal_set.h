/*
 * literal_set - texts of which a regex needs one, for base/literals only
 */
#pragma once
#include "base/reach.h"

typedef struct Set {
    GPtrArray *texts;
    Reach reach; /* from the start of what it is a set of */
} Set;

Set     *set_new (void);
void     set_free (Set *set);                       /* NULL is fine */
gboolean set_is_rarer (const Set *a, const Set *b); /* fewer texts hold one of a's by chance; NULL: no set */
void     set_take (GPtrArray *into, GPtrArray *from); /* copies those that are new */
