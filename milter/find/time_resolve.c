/* A Stamp and what is known around it become a When. */
#include "base/calendar.h"
#include "find/time_read.h"

#define DAY_S 86400
#define USUAL_AGE_S (31 * (gint64)DAY_S) /* of what a complaint is about */
#define FRESH_S (3 * (gint64)DAY_S)      /* of most */
#define LATER_S DAY_S                    /* a stamp of the same day in a zone further east */
#define LEAP_CYCLE 8 /* years until 29 February comes again, over 1900 or 2100 */

static gint64
local_of (const Stamp *d, int year, const Stamp *clock)
{
    return calendar_unix (year, d->month, d->day, clock->hour, clock->minute, clock->second);
}

/* The latest year that puts the stamp not after the mail, and on the weekday it says. */
static gboolean
guess_year (const Stamp *d, const TimeContext *context, int *ret_year)
{
    int year, month, day, first = 0;

    if (!context->mail_date.known)
        return FALSE;
    calendar_civil (context->mail_date.unix_s + LATER_S, &year, &month, &day);
    for (int y = year; y > year - LEAP_CYCLE; y--) {
        gint64 local_s;

        if (!calendar_valid (y, d->month, d->day))
            continue;
        local_s = local_of (d, y, d);
        if (local_s > context->mail_date.unix_s + context->mail_date.offset_s + LATER_S)
            continue;
        if (first == 0)
            first = y;
        if (d->weekday >= 0 && calendar_weekday (local_s) != d->weekday)
            continue;
        *ret_year = y;
        return TRUE;
    }
    *ret_year = first; /* the weekday is wrong everywhere: leave it */
    return first != 0;
}

static gboolean
shortly_before (gint64 local_s, gint64 mail, gint64 age_s)
{
    return local_s <= mail + LATER_S && local_s >= mail - age_s;
}

/* 03/04/2025: the reading that is shortly before the mail, if only one is. */
static void
settle_doubt (Stamp *d, const TimeContext *context)
{
    Stamp other = *d;
    gint64 as_read, swapped, mail = context->mail_date.unix_s;

    if (!d->day_first_doubt || !d->has_year || !context->mail_date.known)
        return;
    other.day = d->month;
    other.month = d->day;
    as_read = local_of (d, d->year, d);
    swapped = local_of (&other, d->year, &other);
    if ((!shortly_before (as_read, mail, USUAL_AGE_S) &&
         shortly_before (swapped, mail, USUAL_AGE_S)) ||
        (!shortly_before (as_read, mail, FRESH_S) && shortly_before (swapped, mail, FRESH_S)))
        *d = other;
}

static gboolean
local_moment (const Stamp *stamp, const TimeContext *context, gint64 *ret_local_s)
{
    Stamp d = stamp->has_date || context->date == NULL ? *stamp : *context->date;
    int year;

    if (!d.has_date)
        return FALSE;
    settle_doubt (&d, context);
    year = d.year;
    if (!d.has_year && !guess_year (&d, context, &year))
        return FALSE;
    *ret_local_s = local_of (&d, year, stamp);
    return TRUE;
}

/* "CDT" is -5 or -4 hours: what the mail's own Date says, if it is one of them. */
static void
settle_abbreviation (const TimeZone *zone, Moment mail_date, When *when)
{
    if (mail_date.has_zone && mail_date.offset_s == zone->offset_latest_s)
        when->unix_s = when->latest_s;
    else if (mail_date.has_zone && mail_date.offset_s == zone->offset_s)
        when->latest_s = when->unix_s;
    when->ambiguous = when->unix_s != when->latest_s;
}

static gboolean
apply_zone (const TimeZone *zone, Moment mail_date, When *when)
{
    gint offset_s;

    switch (zone->sort) {
    case ZONE_UNSAID:
        return FALSE;
    case ZONE_TZ:
        if (!timezone_offset (zone->tz, when->local_s, &offset_s))
            return FALSE;
        when->unix_s = when->latest_s = when->local_s - offset_s;
        return TRUE;
    default:
        when->unix_s = when->local_s - zone->offset_s;
        when->latest_s = when->local_s - zone->offset_latest_s;
        settle_abbreviation (zone, mail_date, when);
        return TRUE;
    }
}

gboolean
stamp_resolve (const Stamp *stamp, const TimeContext *context, When *ret)
{
    When when = { .has_date = TRUE };

    if (stamp->epoch) {
        *ret = (When) { .basis = TIME_OFFSET,
                        .unix_s = stamp->unix_s,
                        .latest_s = stamp->unix_s,
                        .local_s = stamp->unix_s,
                        .has_date = TRUE };
        return TRUE;
    }
    if (!local_moment (stamp, context, &when.local_s))
        return FALSE;
    if (apply_zone (&stamp->zone, context->mail_date, &when)) {
        when.basis = stamp->zone.sort == ZONE_OFFSET ? TIME_OFFSET : TIME_NAME;
    } else if (context->hint != NULL && apply_zone (context->hint, context->mail_date, &when)) {
        when.basis = TIME_HINT;
    } else if (context->guess_zone && context->mail_date.has_zone) {
        when.basis = TIME_DATE_ZONE;
        when.unix_s = when.latest_s = when.local_s - context->mail_date.offset_s;
    }
    *ret = when;
    return TRUE;
}
