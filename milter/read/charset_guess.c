#include "read/charset_guess.h"
#include "read/charset.h"

typedef enum Script { OTHER_SCRIPT, LATIN, CYRILLIC, HANGUL, KANA, HAN, CONTROL } Script;

/* In order of preference when two score the same. */
static const struct {
    const char *name;
    guint expects; /* bits of Script */
} candidates[] = {
    { "WINDOWS-1252", 1u << LATIN },
    { "WINDOWS-1251", 1u << CYRILLIC },
    { "KOI8-R", 1u << CYRILLIC },
    { "CP949", 1u << HANGUL },
    { "GB18030", 1u << HAN },
    { "BIG5-HKSCS", 1u << HAN },
    { "CP932", 1u << KANA | 1u << HAN },
    { "EUC-JP", 1u << KANA | 1u << HAN },
};

/* The most frequent characters of Chinese and Japanese text: a wrong decoding gives rare ones. */
static const char common_han[] =
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "她里后"
    "這個來國說們為時會過學對後請問題網路攻擊發現系統資料服務件郵電信請您貴公司"
    "请问题网络攻击发现系统资料服务件邮电信您贵公司主机记录日期间安全"
    "日月時分件名様御社通知不正接続元先情報連絡調査対応願致使用者本";

static const char *const multibyte[] = { "CP949",  "GB18030",       "BIG5-HKSCS", "CP932",
                                         "EUC-JP", "ISO-2022-JP-3", "ISO-2022-KR" };
static const char *const seven_bit[] = { "UTF-7", "ISO-2022-JP-3", "ISO-2022-KR", "UTF-16LE",
                                         "UTF-16BE" };

/* Of U+00A0 to U+00BF these are met in Western text: no-break space, pound, section, (c),
 * guillemets, (r), degree, 2, 3, micro, middle dot. */
#define LATIN_SIGNS "\xA0\xA3\xA7\xA9\xAB\xAE\xB0\xB2\xB3\xB5\xB7\xBB"

static gboolean
is_among (const char *name, const char *const *names, gsize n)
{
    for (gsize i = 0; name != NULL && i < n; i++)
        if (g_ascii_strcasecmp (name, names[i]) == 0)
            return TRUE;
    return FALSE;
}

gboolean
charset_is_multibyte (const char *name)
{
    return is_among (name, multibyte, G_N_ELEMENTS (multibyte)) ||
           is_among (name, seven_bit, G_N_ELEMENTS (seven_bit));
}

gboolean
charset_is_seven_bit (const char *name)
{
    return is_among (name, seven_bit, G_N_ELEMENTS (seven_bit));
}

gboolean
charset_is_utf8 (Span bytes)
{
    const char *stop;

    if (g_utf8_validate_len (bytes.p, span_left (bytes), &stop))
        return TRUE;
    return *stop != '\0' && stop > bytes.p &&
           g_utf8_get_char_validated (stop, bytes.end - stop) == (gunichar)-2;
}

static Script
script_of (gunichar c)
{
    if (c < 0xA0 || c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF))
        return CONTROL;
    if (c < 0x250)
        return c >= 0xC0 && c != 0xD7 && c != 0xF7 ? LATIN : OTHER_SCRIPT;
    if (c >= 0x400 && c < 0x460)
        return CYRILLIC;
    if (c >= 0xAC00 && c < 0xD7A4)
        return HANGUL;
    if (c >= 0x3041 && c < 0x30FF)
        return KANA;
    if (c >= 0x4E00 && c < 0xA000)
        return HAN;
    return OTHER_SCRIPT;
}

static gboolean
is_common_han (gunichar c)
{
    char utf8[8] = "";

    g_unichar_to_utf8 (c, utf8);
    return strstr (common_han, utf8) != NULL;
}

/* Letters of one alphabet stand together, accented Latin ones among ASCII ones, and a capital does
 * not follow a small letter. */
static int
letter_score (gunichar before, gunichar c, Script script)
{
    Script was = before < 0x80 ? OTHER_SCRIPT : script_of (before);
    gboolean ascii_before = before < 0x80 && g_ascii_isalpha ((char)before);
    int score = 2;

    if (script == LATIN && was == LATIN)
        score -= 4;
    if (script == CYRILLIC && ascii_before)
        score -= 4;
    if (g_unichar_isupper (c) && g_unichar_islower (before))
        score -= 5;
    return score;
}

static int
char_score (gunichar before, gunichar c, guint expects)
{
    Script script = script_of (c);

    if (script == CONTROL)
        return -40;
    if (script == OTHER_SCRIPT && c >= 0x2500 && c < 0x2600)
        return -6; /* box drawing: KOI8-R's wrong guesses */
    if (script == OTHER_SCRIPT)
        return c < 0xC0 && memchr (LATIN_SIGNS, (int)c, sizeof LATIN_SIGNS - 1) == NULL ? -4 : 0;
    if ((expects & 1u << script) == 0)
        return -4;
    if (script == LATIN || script == CYRILLIC)
        return 2 * letter_score (before, c, script);
    if (script == HAN)
        return is_common_han (c) ? 8 : 1;
    return 8;
}

/* Points per byte above ASCII, in thousandths: charsets spend one, two or three bytes a character.
 */
static int
score_of (Span bytes, const char *charset, guint expects, gsize n_high)
{
    gsize n_read, n_written;
    g_autofree char *text = g_convert_with_fallback (bytes.p, (gssize)span_left (bytes), "UTF-8",
                                                     charset, NULL, &n_read, &n_written, NULL);
    gunichar before = ' ';
    int score = 0;

    if (text == NULL)
        return G_MININT;
    for (const char *p = text; p < text + n_written; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (c >= 0x80)
            score += char_score (before, c, expects);
        before = c;
    }
    return (int)((gint64)score * 1000 / (gint64)MAX (n_high, 1));
}

/* A cut in the middle of a character would make every multibyte charset invalid. */
static Span
sample (Span bytes)
{
    if (span_left (bytes) > CHARSET_GUESS_BYTES) {
        bytes.end = bytes.p + CHARSET_GUESS_BYTES;
        for (guint i = 0; i < 8 && (guchar)bytes.end[-1] >= 0x80; i++)
            bytes.end--;
    }
    return bytes;
}

static gboolean
is_mostly_utf8 (Span bytes, gsize n_high)
{
    gsize good = 0;

    for (const char *p = bytes.p; p < bytes.end;) {
        gunichar c = g_utf8_get_char_validated (p, bytes.end - p);
        gsize n = c < 0x110000 ? (gsize)g_unichar_to_utf8 (c, NULL) : 1;

        good += n > 1 ? n : 0;
        p += MIN (n, (gsize)(bytes.end - p));
    }
    return good * 10 >= n_high * 8;
}

const char *
charset_guess (Span bytes)
{
    const char *best = candidates[0].name;
    int best_score = G_MININT;
    gsize n_high = 0;

    bytes = sample (bytes);
    for (const char *p = bytes.p; p < bytes.end; p++)
        n_high += (guchar)*p >= 0x80;
    if (n_high == 0 || is_mostly_utf8 (bytes, n_high))
        return "UTF-8";
    for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++) {
        int score = score_of (bytes, candidates[i].name, candidates[i].expects, n_high);

        /* A multibyte charset spends two bytes where the others spend one. */
        if (score != G_MININT && charset_is_multibyte (candidates[i].name))
            score = score * 2 - 400;
        if (score > best_score) {
            best = candidates[i].name;
            best_score = score;
        }
    }
    return best;
}
