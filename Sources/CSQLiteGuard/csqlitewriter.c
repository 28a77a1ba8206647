#include "csqlitewriter.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// The first two statements of every writer are its own.
enum { BEGIN, COMMIT, OWN };

struct csqlite_writer {
  sqlite3 *connection;
  int capacity, count;
  char problem[256];
  sqlite3_stmt *statements[];
};

csqlite_writer *csqlite_writer_make(void *connection, int count) {
  int capacity = OWN + count;
  csqlite_writer *writer =
      calloc(1, sizeof *writer + (size_t)capacity * sizeof writer->statements[0]);
  if (writer == NULL) return NULL;
  writer->connection = connection;
  writer->capacity = capacity;
  if (csqlite_writer_prepare(writer, "BEGIN IMMEDIATE") != SQLITE_OK
      || csqlite_writer_prepare(writer, "COMMIT") != SQLITE_OK) {
    csqlite_writer_free(writer);
    return NULL;
  }
  return writer;
}

void csqlite_writer_free(csqlite_writer *writer) {
  for (int i = 0; i < writer->count; i++) (void)sqlite3_finalize(writer->statements[i]);
  free(writer);
}

const char *csqlite_writer_problem(const csqlite_writer *writer) { return writer->problem; }

static int note(csqlite_writer *writer, int result) {
  const char *text = sqlite3_errmsg(writer->connection);
  strncpy(writer->problem, text ? text : "", sizeof writer->problem - 1);
  return result;
}

int csqlite_writer_prepare(csqlite_writer *writer, const char *sql) {
  if (writer->count == writer->capacity) return SQLITE_FULL;
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v3(
      writer->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (result != SQLITE_OK) return note(writer, result);
  writer->statements[writer->count++] = statement;
  return SQLITE_OK;
}

// MARK: Steps

typedef struct reader {
  const uint8_t *next, *end;
} reader;

static const uint8_t *take(reader *from, size_t size) {
  if ((size_t)(from->end - from->next) < size) return NULL;
  const uint8_t *taken = from->next;
  from->next += size;
  return taken;
}

// The bytes outlive the step, so SQLite need not copy them.
static int bind_bytes(sqlite3_stmt *statement, int place, reader *from, int is_text) {
  const uint8_t *count = take(from, 4);
  if (count == NULL) return SQLITE_MISUSE;
  uint32_t size;
  memcpy(&size, count, 4);
  const uint8_t *bytes = take(from, size);
  if (bytes == NULL || size > INT32_MAX) return SQLITE_MISUSE;
  return is_text
      ? sqlite3_bind_text(statement, place, (const char *)bytes, (int)size, SQLITE_STATIC)
      : sqlite3_bind_blob(statement, place, bytes, (int)size, SQLITE_STATIC);
}

static int bind(sqlite3_stmt *statement, int place, reader *from) {
  const uint8_t *tag = take(from, 1);
  if (tag == NULL) return SQLITE_MISUSE;
  switch (*tag) {
  case CSQLITE_NULL: return sqlite3_bind_null(statement, place);
  case CSQLITE_INTEGER: {
    const uint8_t *bytes = take(from, 8);
    if (bytes == NULL) return SQLITE_MISUSE;
    int64_t number;
    memcpy(&number, bytes, 8);
    return sqlite3_bind_int64(statement, place, number);
  }
  case CSQLITE_TEXT: return bind_bytes(statement, place, from, 1);
  case CSQLITE_BLOB: return bind_bytes(statement, place, from, 0);
  }
  return SQLITE_MISUSE;
}

static int run(sqlite3_stmt *statement) {
  int result = sqlite3_step(statement);
  int reset = sqlite3_reset(statement);
  return result == SQLITE_DONE || result == SQLITE_ROW ? SQLITE_OK
       : reset != SQLITE_OK                            ? reset
                                                       : result;
}

static int run_step(csqlite_writer *writer, reader *from) {
  const uint8_t *number = take(from, 1);
  if (number == NULL || OWN + *number >= writer->count) return SQLITE_MISUSE;
  sqlite3_stmt *statement = writer->statements[OWN + *number];
  int count = sqlite3_bind_parameter_count(statement);
  for (int place = 1; place <= count; place++) {
    int result = bind(statement, place, from);
    if (result != SQLITE_OK) return result;
  }
  const uint8_t *mark = take(from, 1);
  if (mark == NULL || *mark != CSQLITE_STEP_END) return SQLITE_MISUSE;
  return run(statement);
}

// A commit that failed may have left its transaction open.
static void leave_transaction(csqlite_writer *writer) {
  if (!sqlite3_get_autocommit(writer->connection))
    (void)sqlite3_exec(writer->connection, "ROLLBACK", NULL, NULL, NULL);
}

int csqlite_writer_commit(csqlite_writer *writer, const void *steps, size_t size) {
  leave_transaction(writer);
  const uint8_t *first = steps;
  reader from = {first, first + size};
  int result = run(writer->statements[BEGIN]);
  while (result == SQLITE_OK && from.next < from.end) result = run_step(writer, &from);
  if (result == SQLITE_OK) result = run(writer->statements[COMMIT]);
  if (result == SQLITE_OK) return SQLITE_OK;
  note(writer, result);
  leave_transaction(writer);
  return result;
}
