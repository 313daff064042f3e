#include "judge/words.h"
#include "judge/word_table.h"

#define WORDS_MAX_UNKNOWN 2 /* words without a meaning between it and the address */
#define WORDS_MIN_ABOVE 1.5 /* strength of a word in the line above */

static gboolean
is_letter (char c)
{
    return g_ascii_isalpha (c) || (guchar)c >= 0x80 || c == '\'';
}

/* "... are the following IP addresses. 198.51.100.7": its full stop is a colon. */
static gboolean
announces (Span sentence)
{
    return span_ends_nocase (sentence, "addresses") || span_ends_nocase (sentence, "following") ||
           span_ends_nocase (sentence, "address") || span_ends_nocase (sentence, "ips");
}

static gboolean
word_before (const char *start, const char **p, Span *ret)
{
    const char *end = *p;

    while (end > start && !is_letter (end[-1])) {
        if (strchr (".!?", end[-1]) != NULL && !announces ((Span) { start, end - 1 })) {
            /* a sentence ends: what it says is of something else */
            *p = end;
            return FALSE;
        }
        end--;
    }
    *p = end;
    *ret = (Span) { end, end };
    while (ret->p > start && is_letter (ret->p[-1]))
        ret->p--;
    *p = ret->p;
    if (ret->p > start && (g_ascii_isdigit (ret->p[-1]) || strchr ("._@/", ret->p[-1]) != NULL))
        ret->p = ret->end; /* the Z of a stamp, the "to" of example.to */
    return *p < ret->end;
}

/* A walk back over words, from the address to its line's start and on into the line above. */
typedef struct Walk {
    guint words, unknown; /* stepped over */
} Walk;

/* The next word back that has a meaning, over neutral ones: "logs are from". */
static const Meaning *
known_before (const char *start, const char *p, Span *ret)
{
    const Meaning *m = NULL;

    for (int i = 0; i < 3 && (m == NULL || m->role == ROLE_UNKNOWN); i++)
        if (!word_before (start, &p, ret) || (m = word_before_address (*ret)) == NULL)
            return NULL;
    return m->role != ROLE_UNKNOWN ? m : NULL;
}

/* "attacked by", "scanned from": done by the one that follows to the one before. */
static gboolean
is_deed (Span word, Span by)
{
    static const char *const deeds[] = {
        "attacked", "scanned",   "probed",   "flooded", "targeted",
        "hammered", "contacted", "accessed", "hacked",  "spammed"
    };
    static const char *const doers[] = { "by", "from", "von", "par", "por", "da" };
    gboolean found = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS (doers) && !found; i++)
        found = span_is_nocase (by, doers[i]);
    for (gsize i = 0; i < G_N_ELEMENTS (deeds) && found; i++)
        if (span_is_nocase (word, deeds[i]))
            return TRUE;
    return FALSE;
}

/* TRUE when the walk is over: *ret has a role, or ROLE_UNKNOWN when nothing near says anything. */
static gboolean
look_back (Span text, const char *from, Walk *walk, WordRole *ret)
{
    const char *p = from;
    Span word, owner_word;

    for (; walk->words < WORDS_MAX_BACK; walk->words++) {
        const Meaning *m, *owner;

        if (!word_before (text.p, &p, &word))
            return p > text.p; /* the sentence began here; at the line's start it may have begun
                                  above */
        m = word_before_address (word);
        if (m == NULL &&
            ++walk->unknown >= WORDS_MAX_UNKNOWN) /* too far to be about this address */
            return TRUE;
        if (m == NULL || m->role == ROLE_UNKNOWN)
            continue;
        /* "from our server", "hosted on": the word before says more than the way it went */
        owner = m->strength < 4 ? known_before (text.p, p, &owner_word) : NULL;
        if (owner != NULL && !is_deed (owner_word, word) && owner->strength > m->strength &&
            owner->strength >= 3)
            *ret = (WordRole) { owner->role, owner->strength, owner_word };
        else
            *ret = (WordRole) { m->role, m->strength - 0.4 * MIN (walk->words, 3), word };
        return TRUE;
    }
    return TRUE;
}

static Span
word_at (const char *p, const char *end)
{
    Span word;

    while (p < end && *p == ' ')
        p++;
    for (word.p = p; p < end && is_letter (*p);)
        p++;
    word.end = p;
    return word;
}

static gboolean
look_ahead (Span text, const char *from, WordRole *ret)
{
    const char *p = from;

    for (int i = 0; i < WORDS_MAX_AHEAD; i++) {
        const Meaning *m;
        Span word;

        while (p < text.end && !is_letter (*p) && *p != '.')
            p++;
        if (p >= text.end || *p == '.')
            return FALSE;
        word = (Span) { p, p };
        while (word.end < text.end && is_letter (*word.end))
            word.end++;
        p = word.end;
        if (is_deed (word, word_at (p, text.end))) {
            *ret = (WordRole) { ROLE_VICTIM, 4, word };
            return TRUE;
        }
        m = word_behind_address (word);
        if (m == NULL)
            return FALSE;
        if (m->role != ROLE_UNKNOWN) {
            *ret = (WordRole) { m->role, m->strength, word };
            return TRUE;
        }
    }
    return FALSE;
}

/* What heads a list of those who were hit, whatever else its sentence says... */
static const char *const victims_follow[] = {
    "were attacked",      "was attacked", "been attacked",   "attacked hosts", "attacked ip",
    "wurden angegriffen", "angegriffene", "ont été attaqué", "fueron atacad"
};
/* ... or when nothing in it accuses. */
static const char *const victims_perhaps[] = { "target",        "victim",        "our servers",
                                               "our addresses", "our ip",        "our customer",
                                               "are under",     "destination ip" };
static const char *const offenders_follow[] = {
    "banned",       "blocked",   "attackers",   "sources", "originat", "your",   "attempts from",
    "attacks from", "source ip", "attacker ip", "src ip",  "listed",   "abusive"
};

/* ... and what heads those who did it to the one just named. */
static const char *const doers_follow[] = { "attacked by", "scanned by",
                                            "probed by",   "flooded by",
                                            "targeted by", "attacked from the following" };

static const char *
says_one (Span text, const char *const *phrases, gsize n, Span *ret)
{
    for (gsize i = 0; i < n; i++) {
        ret->p = span_find_nocase (text, phrases[i]);
        ret->end = ret->p != NULL ? ret->p + strlen (phrases[i]) : NULL;
        if (ret->p != NULL)
            return ret->p;
    }
    return NULL;
}

static gboolean
heads_victims (Span above, WordRole *ret)
{
    Span phrase, accusing;

    above = span_trim (above);
    if (span_left (above) == 0 || above.end[-1] != ':' ||
        says_one (above, doers_follow, G_N_ELEMENTS (doers_follow), &phrase))
        return FALSE;
    if (!says_one (above, victims_follow, G_N_ELEMENTS (victims_follow), &phrase) &&
        (says_one (above, offenders_follow, G_N_ELEMENTS (offenders_follow), &accusing) ||
         !says_one (above, victims_perhaps, G_N_ELEMENTS (victims_perhaps), &phrase)))
        return FALSE;
    *ret = (WordRole) { ROLE_VICTIM, 5, phrase };
    return TRUE;
}

/* "our server web3.example.org (203.0.113.9)": the name is the address' own, the words before it
 * are of both. */
static const char *
before_host (Span text, const char *address)
{
    const char *p = address, *end;
    gboolean dot = FALSE, bracket = FALSE;

    for (; p > text.p && strchr ("[( ,", p[-1]) != NULL; p--)
        bracket |= p[-1] == '[' || p[-1] == '(';
    for (end = p; p > text.p && (g_ascii_isalnum (p[-1]) || strchr (".-_", p[-1]) != NULL); p--)
        dot |= p[-1] == '.' && p < end;
    bracket |= p > text.p && p[-1] == '('; /* "(web3.example.org, 203.0.113.9)" */
    return dot && bracket && end < address ? p : address;
}

/* "from mail.example.org (203.0.113.9)" is every Received: such words accuse nobody. */
static gboolean
spares_by_name (Span text, const char *address, WordRole *ret)
{
    const char *from = before_host (text, address);
    Walk walk = { 0, 0 };

    *ret = (WordRole) { .role = ROLE_UNKNOWN };
    if (from != address)
        look_back (text, from, &walk, ret);
    return ret->role != ROLE_UNKNOWN && ret->role != ROLE_OFFENDER && ret->strength >= 3;
}

gboolean
words_role (Span text, Span above, Span address, WordRole *ret)
{
    WordRole ahead, found = { .role = ROLE_UNKNOWN };
    Walk walk = { 0, 0 };

    if (spares_by_name (text, address.p, ret))
        return TRUE;
    if (!look_back (text, address.p, &walk, &found) && span_left (above) > 0 &&
        !heads_victims (above, &found)) {
        look_back (above, above.end, &walk, &found);
        if (found.strength < WORDS_MIN_ABOVE) /* an "on" or "to" up there is of something else */
            found.role = ROLE_UNKNOWN;
    }
    if (look_ahead (text, address.end, &ahead) &&
        (found.role == ROLE_UNKNOWN || ahead.strength > found.strength))
        found = ahead;
    *ret = found;
    return found.role != ROLE_UNKNOWN;
}

gboolean
words_name_ip (Span text, Span address)
{
    const char *p = address.p;
    Span word;

    return word_before (text.p, &p, &word) &&
           (span_starts_nocase (word, "ip") || span_starts_nocase (word, "addr") ||
            span_starts_nocase (word, "adres") || span_starts_nocase (word, "indirizz") ||
            span_starts_nocase (word, "direcci") || span_starts_nocase (word, "endere"));
}
