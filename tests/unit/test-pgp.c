#include "read/pgp.h"

#define BEGIN "-----BEGIN PGP SIGNED MESSAGE-----\n"
#define SIGNATURE                                                                                  \
    "-----BEGIN PGP SIGNATURE-----\nVersion: x\n\niQ+/==\n=abcd\n-----END PGP SIGNATURE-----\n"

static const struct {
    const char *name, *in, *want;
    gboolean encrypted;
} cases[] = {
    { "no-pgp", "a\n- b\n", "a\n- b\n", FALSE },
    { "signed", "x\n" BEGIN "Hash: SHA256\n\na\nb\n" SIGNATURE "y\n", "x\na\nb\ny\n", FALSE },
    { "dash-escapes", BEGIN "\n- -----a\n- b\nc\n" SIGNATURE, "-----a\nb\nc\n", FALSE },
    { "dashes-outside-stay", BEGIN "\na\n" SIGNATURE "- b\n", "a\n- b\n", FALSE },
    { "empty-line-lost", BEGIN "Hash: SHA1\na\n" SIGNATURE, "a\n", FALSE },
    { "several", BEGIN "\na\n" SIGNATURE BEGIN "\nb\n" SIGNATURE, "a\nb\n", FALSE },
    { "nested",
      BEGIN "\n- " BEGIN "\n- - -----a\n- -----BEGIN PGP SIGNATURE-----\n\niQ==\n- -----END PGP "
            "SIGNATURE-----\n" SIGNATURE,
      "-----a\n", FALSE },
    { "quoted",
      "> " BEGIN "> Hash: SHA1\n>\n> - -----a\n> b\n> -----BEGIN PGP SIGNATURE-----\n>\n> iQ==\n> "
      "-----END PGP SIGNATURE-----\nc\n",
      "> -----a\n> b\nc\n", FALSE },
    { "signature-never-ends", BEGIN "\na\n-----BEGIN PGP SIGNATURE-----\n\niQ==\nThe next words.\n",
      "a\nThe next words.\n", FALSE },
    { "signature-missing", BEGIN "\na\n- b", "a\nb\n", FALSE },
    { "encrypted", "a\n-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\nb\n",
      "a\nb\n", TRUE },
    { "key",
      "a\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ==\n-----END PGP PUBLIC KEY BLOCK-----\n",
      "a\n", FALSE },
    { "words-about-it", "send -----BEGIN PGP MESSAGE----- to us\n",
      "send -----BEGIN PGP MESSAGE----- to us\n", FALSE },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (cases[i].in);
    g_autofree char *exact = g_malloc (n);
    g_autoptr (Arena) arena = arena_new (1 << 16);
    g_autofree char *got = NULL;
    PgpNote note;

    memcpy (exact, cases[i].in, n);
    got = span_dup (pgp_read_through (arena, (Span) { exact, exact + n }, &note));
    g_assert_cmpstr (got, ==, cases[i].want);
    g_assert_cmpint (note.encrypted, ==, cases[i].encrypted);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/pgp/read-through/%s", cases[i].name);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    return g_test_run ();
}
