/*
 * calendar - civil dates and seconds since 1970 UTC (proleptic Gregorian)
 */
#pragma once
#include "base/span.h"

#define RFC3339_MAX 32

gboolean calendar_valid (int year, int month, int day); /* 1900 to 2199 */
gint64   calendar_days (int year, int month, int day);  /* days since 1970-01-01 */
gint64   calendar_unix (int year, int month, int day, int hour, int minute, int second);
void     calendar_civil (gint64 unix_s, int *ret_year, int *ret_month, int *ret_day);
int      calendar_weekday (gint64 unix_s); /* 0 is Sunday */
const char *calendar_rfc3339 (gint64 unix_s, char ret[RFC3339_MAX]); /* 2026-11-20T03:04:05Z; returns ret */
gboolean calendar_parse_rfc3339 (Span text, gint64 *ret_unix_s); /* with Z or an offset; a bare date is midnight UTC */
