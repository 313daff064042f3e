/*
 * time - stamps in text, and the zones they are in
 *
 * time_next() finds every form in formats.md section 2 (ISO, RFC 3164, RFC
 * 5322, CLF, ctime, European and US dates, month names in the languages met,
 * epoch seconds and milliseconds with a reason to believe it).  Nothing is
 * completed: what the stamp does not say (year, seconds, zone) is marked as
 * not said.  stamp_resolve() then makes a When of it from the mail's context.
 * The host's own zone plays no part; zone names come from the system's tz
 * database with the rules of that date.
 */
#pragma once
#include "value/fact.h"

typedef enum ZoneSort {
    ZONE_UNSAID,
    ZONE_OFFSET,       /* +0200, Z, UTC, GMT, UTC-6 */
    ZONE_ABBREVIATION, /* CEST, EDT: one meaning, or several (offset_s differs from offset_latest_s) */
    ZONE_TZ            /* Europe/Moscow: the offset depends on the date */
} ZoneSort;

typedef struct TimeZone {
    ZoneSort sort;
    gint offset_s;        /* seconds east of UTC; the largest meaning (the earliest moment) when ambiguous */
    gint offset_latest_s; /* the smallest meaning; equal when not ambiguous */
    char tz[40];          /* ZONE_TZ: the tz database's name; ZONE_ABBREVIATION: of the zone whose winter
                             time it is, or "" */
} TimeZone;

typedef struct Stamp {
    Span original;                 /* with its zone, as it stood */
    gboolean epoch;                /* unix_s says it all */
    gint64 unix_s;
    gboolean has_date, has_year, has_time, has_seconds;
    int year, month, day, hour, minute, second; /* 1-12, 1-31, 0-23, 0-59, 0-60 */
    int weekday;                   /* 0 is Sunday; -1 when not said: confirms a guessed year */
    gboolean day_first_doubt;      /* 03/04/2025: day and month could be swapped; read as day first
                                      unless an hour with AM/PM or a value above 12 says otherwise */
    TimeZone zone;
} Stamp;

/* The next stamp in `rest'; moves rest->p behind it.  FALSE at the end. */
gboolean time_next (const char *line_start, Span *rest, Stamp *ret);

/* The whole text, trimmed, is one stamp (a field's value: RFC 5322 or RFC 3339 dates and all else). */
gboolean time_value (Span text, Stamp *ret);

/* A zone said away from a stamp: "All times are UTC", "Local timezone is +0200 (CEST)", "TZ -
 * Europe/Moscow", "timestamp(UTC+0)", "US Central", "times in -6 UTC".  The strongest in the line. */
gboolean time_zone_hint (Span line, TimeZone *ret);

/* A zone at the start of a span: "+0200", "CEST", "(UTC-06:00)", "GMT+8", "Europe/Berlin". */
gboolean time_zone_read (Span *s, TimeZone *ret);

typedef struct TimeContext {
    Moment mail_date;       /* for the year of a year-less stamp, and as the last resort for the zone */
    const TimeZone *hint;   /* the nearest hint that applies; NULL when none */
    gboolean guess_zone;    /* FALSE: the Date header's zone is not taken (DESIGN 4: `guessed') */
    const Stamp *date;      /* for a stamp without a date: where the date stands; NULL when nowhere */
} TimeContext;

/* FALSE when no moment can be named at all (a time of day whose date stands nowhere). */
gboolean stamp_resolve (const Stamp *stamp, const TimeContext *context, When *ret);
