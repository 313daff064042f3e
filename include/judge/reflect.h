/*
 * reflect - reports about a service that was used to flood others
 *
 * Their flow tables show what the flood's true author sent: the accused service stands in the
 * destination column, the spoofed victim in the source column.  Where the mail names such an abuse
 * and its subject or prose the one in the destination column, the two sides change places.
 */
#pragma once
#include "judge/weigh.h"

void reflect_turn (Roles *r); /* after every candidate is decided */
