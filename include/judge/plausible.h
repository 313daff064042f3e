/*
 * plausible - can it be true of a Tor relay?
 *
 * Whether the address was an exit then (exit lists), whether its exit policy
 * lets anybody reach the destination, and whether what is shown proves that
 * the address took part at all.  Only for those whose settings have a tor block.
 * The policy is asked for addresses of ours (of networks with a relay's name,
 * when any has one), and not for a service at the accused address, which is no
 * exit's traffic.
 */
#pragma once
#include "know/knowledge.h"
#include "value/verdict.h"

/* Once standing and scenario are known: sets tor, exit, policy, impossible and spoofable, of the
 * verdict and of each incident. */
void plausible_find (Verdict *verdict, const Knowledge *know);
