/*
 * schema_old - from the log's first versions to the third
 *
 * They were SQLite's only, with a table for each kind of child.  What is said
 * of them here does not change any more.
 */
#pragma once

extern const char schema_to_2[];      /* from 1 */
extern const char schema_move_to_3[]; /* from 2, when reports_3 and details are made */
