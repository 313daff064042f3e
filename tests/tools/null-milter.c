/*
 * null-milter - does nothing but add one header: what the protocol itself costs
 *
 *     null-milter LISTEN [plain|nr|rcpt]
 *
 * plain: a reply to every step.  nr: replies negotiated away up to the end of the mail.  rcpt:
 * every mail is accepted at its first recipient.
 */
#include <libmilter/mfapi.h>
#include <stdio.h>
#include <string.h>

#define NO_REPLIES                                                                                 \
    (SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_DATA | SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY)

static enum { PLAIN, NR, RCPT } mode;

static sfsistat
go_on (void)
{
    return mode == NR ? SMFIS_NOREPLY : SMFIS_CONTINUE;
}

static sfsistat
on_negotiate (SMFICTX *ctx, unsigned long actions, unsigned long steps, unsigned long f2,
              unsigned long f3, unsigned long *ret_actions, unsigned long *ret_steps,
              unsigned long *ret_f2, unsigned long *ret_f3)
{
    (void)ctx;
    (void)f2;
    (void)f3;
    *ret_actions = actions & SMFIF_ADDHDRS;
    *ret_steps = (*ret_steps | SMFIP_HDR_LEADSPC | (mode == NR ? NO_REPLIES : 0)) & steps;
    *ret_f2 = *ret_f3 = 0;
    return SMFIS_CONTINUE;
}

static sfsistat
on_sender (SMFICTX *ctx, char **argv)
{
    (void)ctx;
    (void)argv;
    return go_on ();
}

static sfsistat
on_recipient (SMFICTX *ctx, char **argv)
{
    (void)ctx;
    (void)argv;
    return mode == RCPT ? SMFIS_ACCEPT : go_on ();
}

static sfsistat
on_step (SMFICTX *ctx)
{
    (void)ctx;
    return go_on ();
}

static sfsistat
on_header (SMFICTX *ctx, char *name, char *value)
{
    (void)ctx;
    (void)name;
    (void)value;
    return go_on ();
}

static sfsistat
on_body (SMFICTX *ctx, unsigned char *bytes, size_t n)
{
    (void)ctx;
    (void)bytes;
    (void)n;
    return go_on ();
}

static sfsistat
on_end (SMFICTX *ctx)
{
    static char name[] = "X-Null", value[] = " yes";

    smfi_addheader (ctx, name, value);
    return SMFIS_CONTINUE;
}

int
main (int argc, char **argv)
{
    static char name[] = "null-milter";
    struct smfiDesc description = { .xxfi_name = name,
                                    .xxfi_version = SMFI_VERSION,
                                    .xxfi_flags = SMFIF_ADDHDRS,
                                    .xxfi_envfrom = on_sender,
                                    .xxfi_envrcpt = on_recipient,
                                    .xxfi_header = on_header,
                                    .xxfi_eoh = on_step,
                                    .xxfi_body = on_body,
                                    .xxfi_eom = on_end,
                                    .xxfi_data = on_step,
                                    .xxfi_negotiate = on_negotiate };

    if (argc < 2) {
        fprintf (stderr, "usage: null-milter LISTEN [plain|nr|rcpt]\n");
        return 2;
    }
    if (argc > 2)
        mode = strcmp (argv[2], "nr") == 0 ? NR : strcmp (argv[2], "rcpt") == 0 ? RCPT : PLAIN;
    smfi_setbacklog (1024);
    if (smfi_setconn (argv[1]) != MI_SUCCESS || smfi_register (description) != MI_SUCCESS)
        return 1;
    return smfi_main () == MI_SUCCESS ? 0 : 1;
}
