/*
 * log-lock - holds an exclusive lock on an SQLite file for a while, for tests
 *
 *     log-lock PATH SECONDS       prints "locked" when it has it
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main (int argc, char **argv)
{
    sqlite3 *db;

    if (argc != 3) {
        fprintf (stderr, "usage: log-lock PATH SECONDS\n");
        return 2;
    }
    if (sqlite3_open (argv[1], &db) != SQLITE_OK || sqlite3_busy_timeout (db, 60000) != SQLITE_OK ||
        sqlite3_exec (db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK) {
        fprintf (stderr, "log-lock: %s\n", sqlite3_errmsg (db));
        return 1;
    }
    puts ("locked");
    fflush (stdout);
    sleep ((unsigned)strtoul (argv[2], NULL, 10));
    return 0;
}
