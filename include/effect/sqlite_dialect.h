/*
 * sqlite_dialect - the words of SQL in which SQLite differs; db.h says what each is
 */
#pragma once
#include "effect/db.h"

/* The index keeps no text of its own, it refers to that of `search'.  Words come to it already made
 * (effect/logsearch.h): its own tokenizer only parts them at blanks. */
#define SQLITE_DIALECT                                                                             \
    {                                                                                              \
        .serial = "INTEGER PRIMARY KEY",                                                           \
        .key = "INTEGER PRIMARY KEY",                                                              \
        .clustered = "WITHOUT ROWID",                                                              \
        .json = "TEXT",                                                                            \
        .json_array = "SELECT d.report AS report, e.key AS n,"                                     \
        " json_patch (json_extract (d.detail, '$.{name}.all'),"                                    \
        " (SELECT json_group_object (f.value,"                                                     \
        " json_extract (e.value, '$[' || f.key || ']'))"                                           \
        " FROM json_each (d.detail, '$.{name}.names') f)) AS j"                                    \
        " FROM details d, json_each (d.detail, '$.{name}.each') e",                                \
        .json_text = "json_extract (j, '$.\"{name}\"')",                                           \
        .json_integer = "json_extract (j, '$.\"{name}\"')",                                        \
        .json_real = "json_extract (j, '$.\"{name}\"')",                                           \
        .json_bool = "json_extract (j, '$.\"{name}\"')",                                           \
        .json_list = "SELECT d.report AS report, e.key AS n, e.value AS {column}"                  \
        " FROM details d, json_each (d.detail, '$.{name}') e",                                     \
        .search_make = "CREATE VIRTUAL TABLE words USING fts5 (text, content='search',"            \
        " content_rowid='report', tokenize='ascii', columnsize=0);"                                \
        "CREATE TRIGGER search_added AFTER INSERT ON search BEGIN"                                 \
        " INSERT INTO words (rowid, text) VALUES (new.report, new.text); END;"                     \
        "CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN"                               \
        " INSERT INTO words (words, rowid, text)"                                                  \
        " VALUES ('delete', old.report, old.text); END;",                                          \
        .search_match = "{seq} IN (SELECT rowid FROM words WHERE words MATCH {query})",            \
        .search_and = " AND ", .phrase_begin = "\"", .phrase_next = " ", .phrase_end = "\"",       \
        .phrase_end_prefix = "\" *"                                                                \
    }
