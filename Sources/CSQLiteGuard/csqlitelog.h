// Gathers what SQLite writes to its log, so that a commit is one write to the file.
//
// SQLite writes the pages of a commit one by one, and before each its header: two system calls a page.
// Here they wait in memory until the header of one says that the commit ends with it, and go to the
// file together before that write returns: before SQLite shows them to any reader, and before the
// commit is done. What a killed process leaves unwritten is a commit that nobody was told of.
//
// A transaction too large for SQLite's cache writes pages before it commits. If it is given up, they
// still wait; they must never reach the file, for another connection may by then have written its own
// commit to their place. So whoever ends a transaction, by giving back the right to write, has the log
// forget them.
#ifndef CSQLITELOG_H
#define CSQLITELOG_H

#include <sqlite3.h>
#include <stddef.h>

/// How much of a file's memory this layer takes, ahead of the wrapped file.
size_t csqlite_log_size(void);

/// Opens a log through `original`; `file` has `csqlite_log_size()` bytes ahead of what that needs.
/// Returns an SQLite result code.
///
/// While the log is open, `*note` is `file`: to be told to forget what waits when a transaction ends.
/// With no `note` nothing ever waits.
int csqlite_log_open(
    sqlite3_vfs *original, const char *name, sqlite3_file *file, int flags, int *given,
    sqlite3_file **note);

/// Lets go of what waits in a log: the transaction it belongs to is over.
void csqlite_log_forget(sqlite3_file *log);

#endif
