/*
 * address_read - one address, however it is spelled, at the start of a span
 *
 * The half of find/address that does not ask what stands around: also for
 * callers that know from elsewhere (a log shape) that an address stands there.
 */
#pragma once
#include "find/address.h"

/* An address without port or prefix: kind ADDRESS_IP or ADDRESS_MASKED. */
gboolean address_read (Span *s, Address *ret);

/* Digits of a port, 1 to 65535, that no further digit, letter or time follows. */
gboolean address_read_port (Span *s, guint *ret_port, Span *ret_text);

/* The netmask or prefix length behind an address ("/24", "/255.255.255.0"), in bits. */
gboolean address_read_prefix (Span *s, const Ip *ip, guint *ret_bits);
