/*
 * sqlite_files - the files of an SQLite database, before SQLite opens them
 */
#pragma once
#include <glib.h>

gboolean sqlite_wal_waits (const char *path); /* somebody is writing, or died writing */
gboolean sqlite_make_file (const char *path, GError **error); /* when there is none */
gboolean sqlite_may_write (const char *path, GError **error);
