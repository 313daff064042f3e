#include "judge/words.h"
#include <stdlib.h>

#define WORDS_MAX_UNKNOWN 2 /* words without a meaning between it and the address */
#define WORDS_MIN_ABOVE 1.5 /* strength of a word in the line above */
#define WORD_MAX 32         /* bytes; no word of the tables is longer */

typedef struct Meaning {
    const char *word; /* lower case */
    Role role;        /* ROLE_UNKNOWN: stepped over */
    double strength;
} Meaning;

#define NEUTRAL(w)                                                                                 \
    {                                                                                              \
        w, ROLE_UNKNOWN, 0                                                                         \
    }
#define ACCUSES(w, s)                                                                              \
    {                                                                                              \
        w, ROLE_OFFENDER, s                                                                        \
    }
#define SPARES(w, s)                                                                               \
    {                                                                                              \
        w, ROLE_VICTIM, s                                                                          \
    }

/* Words before an address; both tables sorted by strcmp: a test checks it. */
static const Meaning before[] = {
    /* clang-format off */
    NEUTRAL ("a"), ACCUSES ("abuse", 2), ACCUSES ("abuser", 4), ACCUSES ("abusing", 4),
    ACCUSES ("abusive", 4), NEUTRAL ("actual"), NEUTRAL ("addr"), NEUTRAL ("address"),
    NEUTRAL ("addresses"), NEUTRAL ("adres"), NEUTRAL ("adress"), NEUTRAL ("adresse"),
    NEUTRAL ("adressen"), ACCUSES ("adresu", 2), SPARES ("against", 4), ACCUSES ("allocated", 3),
    NEUTRAL ("an"), NEUTRAL ("and"), ACCUSES ("angreifer", 4), NEUTRAL ("are"),
    ACCUSES ("assigned", 3), NEUTRAL ("at"), ACCUSES ("attack", 2), SPARES ("attacked", 3),
    ACCUSES ("attacker", 4), ACCUSES ("attackers", 4), ACCUSES ("attacking", 4),
    ACCUSES ("attacks", 2), SPARES ("auf", 2), ACCUSES ("ban", 3), ACCUSES ("banned", 3),
    ACCUSES ("behind", 2), ACCUSES ("belongs", 3), ACCUSES ("block", 2), ACCUSES ("blocked", 3),
    ACCUSES ("bron", 4), ACCUSES ("by", 2), ACCUSES ("client", 2), ACCUSES ("compromised", 4),
    ACCUSES ("concerning", 2), SPARES ("contra", 4), SPARES ("contre", 4), SPARES ("contro", 4),
    ACCUSES ("customer", 3), ACCUSES ("customer's", 3), ACCUSES ("customers", 3), NEUTRAL ("da"),
    ACCUSES ("dal", 3), ACCUSES ("dall", 3), ACCUSES ("dalla", 3), NEUTRAL ("das"),
    NEUTRAL ("dem"), NEUTRAL ("den"), ACCUSES ("depuis", 3), NEUTRAL ("der"),
    ACCUSES ("desde", 3), SPARES ("dest", 4), SPARES ("destination", 4), SPARES ("destino", 4),
    NEUTRAL ("die"), NEUTRAL ("direcciones"), NEUTRAL ("dirección"), NEUTRAL ("do"),
    SPARES ("dst", 4), NEUTRAL ("el"), NEUTRAL ("endereço"), NEUTRAL ("es"),
    { "example", ROLE_OTHER, 2 }, NEUTRAL ("following"), ACCUSES ("from", 3), SPARES ("gegen", 4),
    SPARES ("hacia", 4), ACCUSES ("hacker", 4), NEUTRAL ("het"), SPARES ("honeypot", 4),
    NEUTRAL ("host"), ACCUSES ("hosted", 3), ACCUSES ("hosting", 2), ACCUSES ("ihr", 4),
    ACCUSES ("ihre", 4), ACCUSES ("ihrem", 4), NEUTRAL ("ihrer"), NEUTRAL ("il"), NEUTRAL ("in"),
    NEUTRAL ("indirizzi"), NEUTRAL ("indirizzo"), ACCUSES ("infected", 4),
    ACCUSES ("infringing", 4), SPARES ("into", 3), ACCUSES ("intruder", 4),
    ACCUSES ("inviata", 2), ACCUSES ("involving", 2), NEUTRAL ("ip"), NEUTRAL ("ips"),
    NEUTRAL ("ipv4"), NEUTRAL ("ipv6"), NEUTRAL ("is"), NEUTRAL ("l"), NEUTRAL ("la"),
    NEUTRAL ("le"), ACCUSES ("listed", 2), SPARES ("local", 3), SPARES ("log", 3.5),
    SPARES ("logs", 3.5), ACCUSES ("malicious", 4), { "mx", ROLE_OTHER, 3 }, SPARES ("my", 4),
    SPARES ("naar", 3), { "nameserver", ROLE_RESOLVER, 3 }, SPARES ("nasz", 4), SPARES ("nos", 4),
    SPARES ("nossa", 4), SPARES ("nosso", 4), SPARES ("nostra", 4), SPARES ("nostro", 4),
    SPARES ("notre", 4), SPARES ("nuestra", 4), SPARES ("nuestro", 4), SPARES ("nuestros", 4),
    NEUTRAL ("number"), NEUTRAL ("numbers"), NEUTRAL ("o"), NEUTRAL ("of"),
    ACCUSES ("offender", 4), ACCUSES ("offending", 4), SPARES ("on", 1), NEUTRAL ("one"),
    SPARES ("onze", 4), ACCUSES ("origem", 4), ACCUSES ("origen", 4), ACCUSES ("origin", 3),
    ACCUSES ("originating", 4), SPARES ("our", 4), SPARES ("ours", 4), ACCUSES ("partir", 3),
    ACCUSES ("pelo", 3), ACCUSES ("pointing", 3), ACCUSES ("points", 3), NEUTRAL ("public"),
    ACCUSES ("quelle", 4), ACCUSES ("regarding", 2), ACCUSES ("registered", 3),
    ACCUSES ("remote", 2), ACCUSES ("report", 2), ACCUSES ("reported", 3),
    { "reporter", ROLE_REPORTER, 4 }, ACCUSES ("resolve", 3), { "resolver", ROLE_RESOLVER, 3 },
    ACCUSES ("resolves", 3), ACCUSES ("resolving", 3), ACCUSES ("responds", 3),
    ACCUSES ("responsible", 3), NEUTRAL ("s"), ACCUSES ("scanner", 3), SPARES ("sensor", 4),
    NEUTRAL ("server"), ACCUSES ("seu", 4), ACCUSES ("source", 4), ACCUSES ("sources", 4),
    ACCUSES ("spammer", 4), ACCUSES ("src", 4), ACCUSES ("su", 3), ACCUSES ("sua", 4),
    ACCUSES ("suspicious", 3), SPARES ("target", 4), SPARES ("targeted", 3),
    SPARES ("targeting", 4), SPARES ("targets", 4), NEUTRAL ("the"), NEUTRAL ("these"),
    NEUTRAL ("this"), SPARES ("to", 2), SPARES ("toward", 4), SPARES ("towards", 4),
    ACCUSES ("traced", 3), SPARES ("unser", 4), SPARES ("unsere", 4), SPARES ("unserem", 4),
    SPARES ("unseren", 4), ACCUSES ("user", 2), ACCUSES ("uw", 4), ACCUSES ("van", 2),
    ACCUSES ("vanaf", 3), SPARES ("vers", 3), { "version", ROLE_OTHER, 4 }, ACCUSES ("via", 2),
    SPARES ("victim", 4), SPARES ("victims", 4), ACCUSES ("vom", 3), ACCUSES ("von", 3),
    ACCUSES ("vos", 4), ACCUSES ("vostra", 4), ACCUSES ("vostri", 4), ACCUSES ("vostro", 4),
    ACCUSES ("votre", 4), ACCUSES ("vuestra", 4), NEUTRAL ("was"), ACCUSES ("waszego", 4),
    { "we", ROLE_VICTIM, 1 }, NEUTRAL ("with"), ACCUSES ("your", 4), ACCUSES ("yours", 4),
    ACCUSES ("z", 2), ACCUSES ("ze", 2), SPARES ("ziel", 4), ACCUSES ("ваш", 4),
    ACCUSES ("вашего", 4), ACCUSES ("вашей", 4), SPARES ("на", 2), SPARES ("наш", 4),
    SPARES ("нашего", 4), SPARES ("наши", 4), ACCUSES ("от", 2), ACCUSES ("с", 2),
    /* clang-format on */
};

/* Words behind an address. */
static const Meaning behind[] = {
    /* clang-format off */
    NEUTRAL ("a"), ACCUSES ("abusing", 4), NEUTRAL ("again"), ACCUSES ("angegriffen", 2),
    ACCUSES ("attacked", 3), ACCUSES ("attacking", 4), ACCUSES ("attempted", 4),
    ACCUSES ("attempting", 4), ACCUSES ("banned", 3), NEUTRAL ("been"), ACCUSES ("belongs", 2),
    ACCUSES ("blocked", 3), ACCUSES ("caused", 3), ACCUSES ("compromised", 4),
    ACCUSES ("connected", 2), ACCUSES ("detected", 2), ACCUSES ("flooding", 4), NEUTRAL ("ha"),
    NEUTRAL ("has"), NEUTRAL ("hat"), NEUTRAL ("have"), ACCUSES ("hosting", 4),
    ACCUSES ("hosts", 3), ACCUSES ("infected", 4), ACCUSES ("intentado", 3),
    ACCUSES ("involved", 3), NEUTRAL ("is"), ACCUSES ("listed", 3), ACCUSES ("made", 3),
    ACCUSES ("participated", 3), ACCUSES ("performed", 3), ACCUSES ("probed", 3),
    ACCUSES ("probing", 4), ACCUSES ("scanned", 3), ACCUSES ("scanning", 4),
    ACCUSES ("sending", 4), ACCUSES ("sends", 3), ACCUSES ("sent", 3), ACCUSES ("spamming", 4),
    NEUTRAL ("still"), ACCUSES ("tente", 3), NEUTRAL ("that"), ACCUSES ("tried", 4),
    ACCUSES ("tries", 4), ACCUSES ("trying", 4), ACCUSES ("versucht", 3), NEUTRAL ("was"),
    NEUTRAL ("which"),
    /* clang-format on */
};

static gboolean
is_letter (char c)
{
    return g_ascii_isalpha (c) || (guchar)c >= 0x80 || c == '\'';
}

static int
compare (const void *key, const void *row)
{
    return strcmp (key, ((const Meaning *)row)->word);
}

static const Meaning *
meaning_of (Span word, const Meaning *table, gsize n)
{
    char key[WORD_MAX];
    gsize len = span_left (word);

    if (len >= sizeof key)
        return NULL;
    for (gsize i = 0; i < len; i++)
        key[i] = g_ascii_tolower (word.p[i]);
    key[len] = '\0';
    return bsearch (key, table, n, sizeof *table, compare);
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
        if (!word_before (start, &p, ret) ||
            (m = meaning_of (*ret, before, G_N_ELEMENTS (before))) == NULL)
            return NULL;
    return m->role != ROLE_UNKNOWN ? m : NULL;
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
        m = meaning_of (word, before, G_N_ELEMENTS (before));
        if (m == NULL &&
            ++walk->unknown >= WORDS_MAX_UNKNOWN) /* too far to be about this address */
            return TRUE;
        if (m == NULL || m->role == ROLE_UNKNOWN)
            continue;
        /* "from our server", "hosted on": the word before says more than the way it went */
        owner = m->strength < 4 ? known_before (text.p, p, &owner_word) : NULL;
        if (owner != NULL && owner->strength > m->strength && owner->strength >= 3)
            *ret = (WordRole) { owner->role, owner->strength, owner_word };
        else
            *ret = (WordRole) { m->role, m->strength - 0.4 * MIN (walk->words, 3), word };
        return TRUE;
    }
    return TRUE;
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
        m = meaning_of (word, behind, G_N_ELEMENTS (behind));
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
static const char *const offenders_follow[] = { "banned",        "blocked",      "attackers",
                                                "sources",       "originat",     "your",
                                                "attempts from", "attacks from", "listed",
                                                "abusive" };

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
    if (span_left (above) == 0 || above.end[-1] != ':')
        return FALSE;
    if (!says_one (above, victims_follow, G_N_ELEMENTS (victims_follow), &phrase) &&
        (says_one (above, offenders_follow, G_N_ELEMENTS (offenders_follow), &accusing) ||
         !says_one (above, victims_perhaps, G_N_ELEMENTS (victims_perhaps), &phrase)))
        return FALSE;
    *ret = (WordRole) { ROLE_VICTIM, 5, phrase };
    return TRUE;
}

gboolean
words_role (Span text, Span above, Span address, WordRole *ret)
{
    WordRole ahead, found = { .role = ROLE_UNKNOWN };
    Walk walk = { 0, 0 };

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

static gboolean
sorted (const Meaning *table, gsize n)
{
    for (gsize i = 1; i < n; i++)
        if (strcmp (table[i - 1].word, table[i].word) >= 0)
            return FALSE;
    return TRUE;
}

gboolean
words_sorted (void)
{
    return sorted (before, G_N_ELEMENTS (before)) && sorted (behind, G_N_ELEMENTS (behind));
}
