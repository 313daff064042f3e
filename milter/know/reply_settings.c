#include "know/reply_settings.h"
#include "base/addrspec.h"

static gboolean set_address (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_language (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_link (Want *w, const YamlNode *n, const Setting *row, gpointer field);

#define LANGUAGE_MAX 35 /* RFC 5646 4.4.1 */
#define AT(field) G_STRUCT_OFFSET (ReplySettings, field)
#define LINK(name) G_STRUCT_OFFSET (ReplyLinks, name)

static const Setting link_rows[] = {
    { .key = "overview",
      .set = set_link,
      .at = LINK (overview),
      .fallback = "https://support.torproject.org/about/",
      .doc = "what Tor is, for lay people" },
    { .key = "abuse_faq",
      .set = set_link,
      .at = LINK (abuse_faq),
      .fallback = "https://support.torproject.org/abuse/",
      .doc = "questions about abuse through Tor" },
    { .key = "exit_list",
      .set = set_link,
      .at = LINK (exit_list),
      .fallback = "https://check.torproject.org/torbulkexitlist",
      .doc = "the addresses of all exits" },
    { .key = "exonerator",
      .set = set_link,
      .at = LINK (exonerator),
      .fallback = "https://metrics.torproject.org/exonerator.html",
      .doc = "was an address a relay on a day?  Address and day are put behind it" },
    { .key = "relay",
      .set = set_link,
      .at = LINK (relay),
      .fallback = "https://metrics.torproject.org/rs.html#search/",
      .doc = "about a relay; its address is put behind it" },
    { .key = "reduced_policy",
      .set = set_link,
      .at = LINK (reduced_policy),
      .fallback = "https://gitlab.torproject.org/legacy/trac/-/wikis/doc/ReducedExitPolicy",
      .doc = "the reduced exit policy" },
    { .key = "legal",
      .set = set_link,
      .at = LINK (legal),
      .fallback = "https://community.torproject.org/relay/community-resources/eff-tor-legal-faq/",
      .doc = "Tor relays and the law" },
    { .key = "hotlines",
      .set = set_link,
      .at = LINK (hotlines),
      .fallback = "https://www.inhope.org/",
      .doc = "hotlines for child abuse, by country" },
    { .key = "dnsel",
      .set = set_word,
      .at = LINK (dnsel),
      .fallback = "dnsel.torproject.org",
      .doc = "the domain of the DNS list of exits" },
    { .key = NULL }
};

const Setting reply_rows[] = {
    { .key = "from",
      .set = set_address,
      .at = AT (from),
      .doc = "address that drafts are from; else the watched one the complaint came to" },
    { .key = "name",
      .set = set_text,
      .at = AT (name),
      .doc = "name that drafts are from and end with" },
    { .key = "signature", .set = set_text, .at = AT (signature), .doc = "lines below the name" },
    { .key = "language",
      .set = set_language,
      .at = AT (language),
      .fallback = "en",
      .doc = "of drafts: its texts are in the folder of that name in texts" },
    { .key = "texts",
      .set = set_path,
      .at = AT (texts),
      .doc = "folder with texts of one's own for drafts" },
    { .key = "links",
      .set = set_block,
      .at = AT (links),
      .inside = link_rows,
      .doc = "what drafts point to" },
    { .key = NULL }
};

static gboolean
set_address (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    if (!addrspec_is_plain (yaml_text (n)))
        return want_no_value (w, n, row->key, "an address such as abuse@example.net");
    return set_text (w, n, row, field);
}

static gboolean
set_language (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n) != NULL ? yaml_text (n) : "";
    gsize len = strlen (text);

    if (!g_ascii_isalpha (text[0]) || len < 2 || len > LANGUAGE_MAX ||
        strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") != len)
        return want_no_value (w, n, row->key, "a language tag such as en, de or pt-BR");
    return set_text (w, n, row, field);
}

static gboolean
set_link (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n) != NULL ? yaml_text (n) : "";

    if (!setting_is_word (text) ||
        (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://")) ||
        strpbrk (text, "<>\"") != NULL)
        return want_no_value (w, n, row->key, "a link that begins with https://");
    return set_text (w, n, row, field);
}
