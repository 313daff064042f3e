#include "judge/word_table.h"
#include "judge/words.h"

static const struct {
    const char *above, *text; /* the address is 198.51.100.7 */
    Role role;                /* ROLE_UNKNOWN: no word says anything */
} cases[] = {
    { "", "we see attacks from 198.51.100.7 since noon", ROLE_OFFENDER },
    { "", "attacks from the IP address 198.51.100.7", ROLE_OFFENDER },
    { "", "your server (198.51.100.7) is scanning us", ROLE_OFFENDER },
    { "", "Your customer at 198.51.100.7", ROLE_OFFENDER },
    { "", "from your IP 198.51.100.7", ROLE_OFFENDER },
    { "", "198.51.100.7 has been attacking our host", ROLE_OFFENDER },
    { "", "198.51.100.7 tried to log in", ROLE_OFFENDER },
    { "attacks that came from", "198.51.100.7 at noon", ROLE_OFFENDER },
    { "", "hosted at 198.51.100.7", ROLE_OFFENDER },
    { "", "Angriffe von der IP 198.51.100.7", ROLE_OFFENDER },
    { "", "attaques depuis l'adresse 198.51.100.7", ROLE_OFFENDER },
    { "", "från IP-adressen 198.51.100.7", ROLE_OFFENDER },
    { "", "貴社のIPアドレス 198.51.100.7", ROLE_OFFENDER },
    { "", "198.51.100.7 から当社へ", ROLE_OFFENDER },
    { "", "来自贵司IP地址 198.51.100.7", ROLE_OFFENDER },
    { "", "198.51.100.7 IP adresinden", ROLE_UNKNOWN },
    { "", "198.51.100.7 adresinden gelen", ROLE_OFFENDER },
    { "", "с вашего IP 198.51.100.7", ROLE_OFFENDER },
    { "", "close the thief's page at 198.51.100.7", ROLE_UNKNOWN },
    { "", "close the thief at 198.51.100.7", ROLE_OFFENDER },
    { "", "当社サーバ 198.51.100.7", ROLE_VICTIM },
    { "", "我们的服务器 198.51.100.7", ROLE_VICTIM },
    { "", "mot vår server 198.51.100.7", ROLE_VICTIM },
    { "", "proti našemu serveru 198.51.100.7", ROLE_VICTIM },
    { "", "sunucumuza 198.51.100.7", ROLE_VICTIM },
    { "", "198.51.100.7 was attacked by others", ROLE_VICTIM },
    { "", "198.51.100.7 attacked others", ROLE_OFFENDER },
    { "", "attacked by 198.51.100.7", ROLE_OFFENDER },
    { "", "our server web3.example.org (198.51.100.7)", ROLE_VICTIM },
    { "", "our portal (web3.example.org, 198.51.100.7)", ROLE_VICTIM },
    { "", "attacks against 198.51.100.7", ROLE_VICTIM },
    { "", "our server 198.51.100.7 was hit", ROLE_VICTIM },
    { "", "from our server 198.51.100.7 we saw it", ROLE_VICTIM },
    { "", "the target 198.51.100.7", ROLE_VICTIM },
    { "", "unser Server mit der IP 198.51.100.7", ROLE_VICTIM },
    { "", "version 198.51.100.7", ROLE_OTHER },
    { "", "It ended. 198.51.100.7", ROLE_UNKNOWN },
    { "", "198.51.100.7", ROLE_UNKNOWN },
    { "", "cucumbers and 198.51.100.7 carrots", ROLE_UNKNOWN },
};

static void
test_role (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize n = strlen (cases[i].text);
        g_autofree char *block = g_malloc (n);
        Span text = { block, block + n }, address;
        WordRole got = { .role = ROLE_UNKNOWN };

        if (n > 0)
            memcpy (block, cases[i].text, n);
        address.p = span_find (text, "198.51.100.7");
        address.end = address.p + strlen ("198.51.100.7");
        words_role (text, span_of (cases[i].above), address, &got);
        if (got.role != cases[i].role)
            g_error ("\"%s\": got %s, wanted %s", cases[i].text, role_name (got.role),
                     role_name (cases[i].role));
    }
}

static void
test_tables_are_sorted (void)
{
    g_assert_true (word_tables_sorted ());
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/words/role/nearest-word-with-a-meaning", test_role);
    g_test_add_func ("/words/tables-are-sorted", test_tables_are_sorted);
    return g_test_run ();
}
