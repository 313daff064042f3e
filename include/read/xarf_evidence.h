/*
 * xarf_evidence - the samples in an XARF report, as lines
 *
 * Version 1 to 3: Report.Samples[] {ContentType, Base64Encoded or Encoding, Payload}; version 4:
 * evidence[] {content_type, payload}, always base64.  Text becomes lines of evidence; other
 * types, attached mails among them, are left out.
 */
#pragma once
#include "base/json.h"
#include "value/fact.h"

#define EVIDENCE_MAX_SAMPLES 200  /* of one mail; XARF 4 allows 50 a report */
#define EVIDENCE_MAX_BYTES 262144 /* decoded, of one sample */

/* *left: how many samples may still be taken. */
void xarf_evidence_lines (Facts *facts, const Json *report, Where where, guint *left);
