/*
 * time_read - the pieces of a stamp, each at the start of a span
 *
 * For find/time and its siblings.  Every reader moves `s' and fills its part of
 * the Stamp on success only.
 */
#pragma once
#include "find/time.h"

#define TIME_YEAR_MIN 1990
#define TIME_YEAR_MAX 2050 /* "2099 bytes" is more than a year */

/* A name of a month (1 to 12) or weekday (0 is Sunday, -1 when languages disagree), in any of the
 * languages known, ASCII and Cyrillic case ignored. */
gboolean month_read (Span *s, int *ret_month);
gboolean weekday_read (Span *s, int *ret_weekday);

/* Four digits, TIME_YEAR_MIN to TIME_YEAR_MAX. */
gboolean year_read (Span *s, int *ret);

/* 2021-12-26, 25/Jun/2021, Dec 25, 2022, Sat 16 Dec; 12/15 and 03.08.17 before a clock. */
gboolean date_read (Span *s, Stamp *st);

/* 17:44:58.123, 6:52 AM, 12h34; behind a date also 17.44.58. */
gboolean clock_read (Span *s, Stamp *st);

/* ISO 8601's basic form, 064357 or 0643, where a T or a packed date stands right before it. */
gboolean clock_packed (Span *s, Stamp *st);

/* 10 digits of seconds or 13 of milliseconds, between 2000 and 2035. */
gboolean epoch_read (Span *s, Stamp *st);

/* Date, clock, zone and year in the orders met.  `sure' is said by who knows that a stamp stands
 * there; else what is too little for one ("12:30", "20260401") is none. */
gboolean stamp_read (Span *s, gboolean sure, Stamp *st);

/* Seconds east of UTC at a local time in a zone of the tz database; FALSE when it has no such zone. */
gboolean timezone_offset (const char *tz, gint64 local_s, gint *ret_offset_s);
