// Batches of changes on an SQLite connection: every statement prepared once, its values bound from
// the bytes they were written to, the whole batch in one transaction.
//
// A batch is a sequence of steps. A step is the number of a statement (1 byte), a value for each of
// its parameters and the byte `CSQLITE_STEP_END`. A value is a tag (1 byte) and, by it, nothing, an
// integer (8 bytes, little-endian), or a size (4 bytes, little-endian) and as many bytes.
#ifndef CSQLITEWRITER_H
#define CSQLITEWRITER_H

#include <stddef.h>
#include <stdint.h>

enum {
  CSQLITE_NULL = 0,
  CSQLITE_INTEGER = 1,
  CSQLITE_TEXT = 2,
  CSQLITE_BLOB = 3,
  CSQLITE_STEP_END = 0xFF,
};

typedef struct csqlite_writer csqlite_writer;

/// A writer on an open connection (`sqlite3 *`), for `count` statements at most; null when there is
/// no memory. To be freed before the connection is closed.
csqlite_writer *csqlite_writer_make(void *connection, int count);
void csqlite_writer_free(csqlite_writer *writer);

/// Prepares a statement; the first has number 0, the next 1. Returns an SQLite result code.
int csqlite_writer_prepare(csqlite_writer *writer, const char *sql);

/// Runs all steps in one immediate transaction, or none. Returns an SQLite result code.
int csqlite_writer_commit(csqlite_writer *writer, const void *steps, size_t size);

/// What SQLite said of the last failure; empty if it said nothing.
const char *csqlite_writer_problem(const csqlite_writer *writer);

#endif
