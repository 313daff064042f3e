/*
 * log-rows - prints the log's reports, newest first: "ID SCENARIO QUEUE-ID DEFECTS", for tests
 *
 *     log-rows sqlite:/PATH
 */
#include "effect/logquery.h"
#include <stdio.h>

static void
print (const LogRow *row, gpointer data)
{
    g_autofree char *defects = NULL;

    (void)data;
    if (row->defects != NULL)
        defects = g_strjoinv ("; ", (char **)row->defects);
    printf ("%s %s %s %s\n", row->id, row->scenario, row->queue_id != NULL ? row->queue_id : "-",
            defects != NULL ? defects : "");
}

int
main (int argc, char **argv)
{
    const LogFilter all = { .limit = G_MAXUINT, .whole = TRUE };
    g_autoptr (GError) error = NULL;
    g_autoptr (LogReader) reader = NULL;

    if (argc != 2) {
        fprintf (stderr, "usage: log-rows URI\n");
        return 2;
    }
    reader = logreader_open (argv[1], &error);
    if (reader != NULL && logreader_list (reader, &all, print, NULL, &error))
        return 0;
    fprintf (stderr, "log-rows: %s\n", error->message);
    return 1;
}
