#include "judge/urls.h"
#include "base/anyof.h"

#define MAX_LIST 100 /* lines up that the words above a list of URLs are looked for */

/* Words in the line, or in the one above, that make a URL the thing complained about. */
static const char *const accusing[] = {
    "phish",     "malware",
    "malicious", "infring",
    "fraud",     "scam",
    "fake",      "counterfeit",
    "illegal",   "offending",
    "abusive",   "following",
    "located",   "reported",
    "content",   "website",
    "webpage",   "web page",
    "web site",  "hosted",
    "hosting",   "url",
    "domain",    "take down",
    "takedown",  "removal",
    "remove",    "suspend",
    "unauthori", "copy",
    "exploit",   "shell",
    "payload",   "spamvert",
    "betrug",    "licen",
    "published", "without permission",
    "sitio",     "site",
    "folgende",  "suivant",
    "siguiente", "página",
    "seguinte",  "stron",
    "pirat",     "download",
    "schadsoft", "schadcode",
    "trojan",    "virus",
    "marke",     "marca",
    "marque",    "копи",
    "распростр", "файл",
    "adresem",   "seite",
    "rechtswid", "webshop",
    "fälsch",    "contenu",
    "contenid",  "contenut",
    "conteúdo",  "pagina",
    "inhoud",    "stránk",
    "obsah",     "sajt",
    "innehåll",  "içer",
    "yayın",     "sahte",
    "сайт",      "страниц",
    "サイト",    "ページ",
    "网站",      "网页",
    "网址",      "網站",
    "網頁",      "網址",
    "사이트",    "페이지",
};

/* Words that make it the sender's own page or a help text. */
static const char *const explaining[] = {
    "more information",
    "further information",
    "for details",
    "see our",
    "visit our",
    "our website",
    "about us",
    "privacy",
    "unsubscribe",
    "documentation",
    "faq",
    "policy",
    "original work",
    "powered by",
    "weitere informationen",
    "plus d'informations",
    "más información",
    "learn more",
    "read more",
    "rfc",
    "legitimate",
    "original content",
    "genuine",
    "official",
    "help page",
    "to report",
    "delist",
    "evidence can be",
    "feedback",
    "click here",
    "whitelist",
    "ticket",
    "case status",
};

/* The last two labels: "mail.example.org" and "www.example.org" are one sender's. */
static Span
domain_of (Span host)
{
    const char *p = host.end;
    int dots = 0;

    while (p > host.p && !(p[-1] == '.' && ++dots == 2))
        p--;
    return (Span) { p, host.end };
}

static gboolean
is_senders (const Message *m, const char *host)
{
    const char *const senders[] = { m->from_address, m->reply_to };
    Span domain = domain_of (span_of (host));

    for (gsize i = 0; i < G_N_ELEMENTS (senders); i++) {
        const char *at = senders[i] != NULL ? strrchr (senders[i], '@') : NULL;
        g_autofree char *theirs = at != NULL ? span_dup (domain_of (span_of (at + 1))) : NULL;

        if (theirs != NULL && *theirs != '\0' && span_is_nocase (domain, theirs))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_defanged (const Fact *f)
{
    static const char *const marks[] = { "hxxp", "[.]", "(.)", "[dot]", "[:]", "h**p", "{.}" };

    return span_any_nocase (f->original, marks, G_N_ELEMENTS (marks));
}

static void
settle (Fact *f, Role role, Basis basis, const char *rule)
{
    f->role = role;
    f->basis = basis;
    f->rule = rule;
}

static gboolean
begins_with_url (Span text)
{
    text = span_trim (text);
    return span_starts_nocase (text, "http") || span_starts_nocase (text, "hxxp");
}

/* The paragraph above a line, or above the list of URLs it is in, at most one empty line up, says
 * one of the words within so many of its last lines. */
static gboolean
above_says (const Facts *facts, const Line *line, guint lines, const char *const *words, gsize n)
{
    guint i = (guint)(line - facts->lines.items);
    guint full = 0, blanks = 0;

    for (guint k = 1; k <= MIN (i, MAX_LIST) && full < lines; k++) {
        const Line *above = line - k;

        if (above->part != line->part)
            return FALSE;
        if (span_left (span_trim (above->text)) == 0) {
            if (full > 0 || blanks++ > 0)
                return FALSE;
            continue;
        }
        if (begins_with_url (above->text))
            continue;
        if (span_any_nocase (above->text, words, n))
            return TRUE;
        full++;
    }
    return FALSE;
}

static void
judge_url (const Facts *facts, Fact *f, const Line *line)
{
    RecordKind kind = facts->records.items[f->record].kind;
    Span text = line->text;
    gboolean leads = f->original.p <= span_trim (text).p + 2; /* alone, or with a note behind it */

    if (f->zone == ZONE_SIGNATURE || f->zone == ZONE_BOILERPLATE || f->zone == ZONE_ATTACHED)
        settle (f, ROLE_OTHER, BASIS_GUESSED, zone_name (f->zone));
    else if (is_defanged (f))
        settle (f, ROLE_OFFENDER, BASIS_DERIVED, "written defanged");
    else if (is_senders (facts->message, f->name != NULL ? f->name : f->text))
        settle (f, ROLE_REPORTER, BASIS_DERIVED, "the sender's own domain");
    else if (f->kind == FACT_HOST && f->role == ROLE_UNKNOWN && kind != RECORD_FORMAT)
        settle (f, ROLE_OTHER, BASIS_GUESSED, "a host by the way");
    else if (kind == RECORD_LOG)
        settle (f, ROLE_VICTIM, BASIS_DERIVED, "asked for in a log line");
    else if (f->role != ROLE_UNKNOWN)
        return;
    else if (kind == RECORD_ROW || kind == RECORD_BLOCK)
        settle (f, ROLE_OFFENDER, BASIS_DERIVED, "a field or column of URLs");
    else if (span_any_nocase (text, explaining, G_N_ELEMENTS (explaining)))
        settle (f, ROLE_OTHER, BASIS_GUESSED, "a page that explains");
    else if (f->zone == ZONE_SUBJECT || span_any_nocase (text, accusing, G_N_ELEMENTS (accusing)))
        settle (f, ROLE_OFFENDER, BASIS_GUESSED, "words in its line");
    else if (leads && above_says (facts, line, 4, accusing, G_N_ELEMENTS (accusing)) &&
             !above_says (facts, line, 1, explaining, G_N_ELEMENTS (explaining)))
        settle (f, ROLE_OFFENDER, BASIS_GUESSED, "the lines above it");
    else
        settle (f, ROLE_OTHER, BASIS_GUESSED, "nothing accuses it");
}

/* The index of a fact's line: facts stand nearly in the order of the lines, so it is looked for
 * from the last one. */
static gboolean
find_line (const Facts *facts, const Fact *f, guint *cursor)
{
    guint n = facts->lines.n;

    for (guint k = 0; k < n; k++) {
        guint i = (*cursor + k) % n;

        if (facts->lines.items[i].part == f->where.part &&
            facts->lines.items[i].number == f->where.line) {
            *cursor = i;
            return TRUE;
        }
    }
    return FALSE;
}

void
urls_assign (Facts *facts)
{
    guint cursor = 0;

    for (guint i = 0; i < facts->facts.n && !budget_over (facts->message->budget); i++) {
        Fact *f = &facts->facts.items[i];

        if ((f->kind == FACT_URL || f->kind == FACT_HOST) && f->basis != BASIS_REPORTED &&
            find_line (facts, f, &cursor))
            judge_url (facts, f, &facts->lines.items[cursor]);
    }
}
