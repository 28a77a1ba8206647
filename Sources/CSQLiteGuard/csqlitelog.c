#include "csqlitelog.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Of each page in the log; bytes 4 to 7 are not all zero in the last of a commit.
enum { HEADER = 24 };
// Bytes that wait at most. SQLite's own files take no 128 KB at once: they look at 17 bits of a size.
enum { ROOM = 120 * 1024 };

// The wrapped file follows in the same allocation.
typedef struct log_file {
  sqlite3_file base;
  // Of `ROOM` bytes, made with the first write; `count` of them wait.
  uint8_t *waiting;
  int count;
  // Where in the file the first byte that waits belongs.
  sqlite3_int64 offset;
  // Whether the page after the last header ends a commit.
  bool is_last;
  // Where the database has this file noted, so that it can say when to forget; NULL: nothing waits.
  sqlite3_file **note;
} log_file;

size_t csqlite_log_size(void) { return sizeof(log_file); }

static sqlite3_file *wrapped(sqlite3_file *file) {
  return (sqlite3_file *)((char *)file + sizeof(log_file));
}

// What could not be written goes on waiting: SQLite was told that it is written.
static int write_waiting(sqlite3_file *file) {
  log_file *log = (log_file *)file;
  if (log->count == 0) return SQLITE_OK;
  sqlite3_file *inner = wrapped(file);
  int result = inner->pMethods->xWrite(inner, log->waiting, log->count, log->offset);
  if (result != SQLITE_OK) return result;
  log->offset += log->count;
  log->count = 0;
  return SQLITE_OK;
}

void csqlite_log_forget(sqlite3_file *file) { ((log_file *)file)->count = 0; }

// A transaction does not outlive a write that failed, and the end of a commit that was refused must
// not reach the file later.
static int ended_by(int result, sqlite3_file *file) {
  if (result != SQLITE_OK) csqlite_log_forget(file);
  return result;
}

static void notice_header(log_file *log, const uint8_t *bytes, int count) {
  if (count == HEADER) log->is_last = (bytes[4] | bytes[5] | bytes[6] | bytes[7]) != 0;
}

// What does not follow on the last write changes a page in place, or begins the log anew: it is
// written at once, and so is what there is no room for.
static int write_straight(
    sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  log_file *log = (log_file *)file;
  int result = write_waiting(file);
  if (result != SQLITE_OK) return ended_by(result, file);
  log->offset = offset + count;
  sqlite3_file *inner = wrapped(file);
  return inner->pMethods->xWrite(inner, bytes, count, offset);
}

static int log_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  log_file *log = (log_file *)file;
  notice_header(log, bytes, count);
  if (!log->waiting && log->note) log->waiting = malloc(ROOM);
  if (!log->waiting || offset != log->offset + log->count || count > ROOM - log->count)
    return write_straight(file, bytes, count, offset);
  memcpy(log->waiting + log->count, bytes, (size_t)count);
  log->count += count;
  if (!log->is_last || count == HEADER) return SQLITE_OK;
  return ended_by(write_waiting(file), file);
}

// Of an unfinished commit: nobody misses it.
static int log_close(sqlite3_file *file) {
  log_file *log = (log_file *)file;
  if (log->note) *log->note = NULL;
  log->note = NULL;
  free(log->waiting);
  log->waiting = NULL;
  log->count = 0;
  sqlite3_file *inner = wrapped(file);
  return inner->pMethods ? inner->pMethods->xClose(inner) : SQLITE_OK;
}

#define WRITE_WAITING_AND(name, ...)                                   \
  int written = write_waiting(file);                                   \
  if (written != SQLITE_OK) return written;                            \
  FORWARD(name, ##__VA_ARGS__)
#define FORWARD(name, ...)                                             \
  sqlite3_file *inner = wrapped(file);                                 \
  return inner->pMethods->name(inner, ##__VA_ARGS__)

static int log_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  WRITE_WAITING_AND(xRead, bytes, count, offset);
}
static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
  WRITE_WAITING_AND(xTruncate, size);
}
static int log_sync(sqlite3_file *file, int flags) { WRITE_WAITING_AND(xSync, flags); }
static int log_file_size(sqlite3_file *file, sqlite3_int64 *size) {
  WRITE_WAITING_AND(xFileSize, size);
}
static int log_lock(sqlite3_file *file, int level) { FORWARD(xLock, level); }
static int log_unlock(sqlite3_file *file, int level) { FORWARD(xUnlock, level); }
static int log_reserved(sqlite3_file *file, int *result) { FORWARD(xCheckReservedLock, result); }
static int log_control(sqlite3_file *file, int code, void *argument) {
  FORWARD(xFileControl, code, argument);
}
static int log_sector_size(sqlite3_file *file) { FORWARD(xSectorSize); }
static int log_characteristics(sqlite3_file *file) { FORWARD(xDeviceCharacteristics); }

// Version 1 of the methods: a log is neither mapped nor shared memory.
static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_file_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

int csqlite_log_open(
    sqlite3_vfs *original, const char *name, sqlite3_file *file, int flags, int *given,
    sqlite3_file **note) {
  log_file *log = (log_file *)file;
  memset(log, 0, sizeof(*log));
  sqlite3_file *inner = wrapped(file);
  inner->pMethods = NULL;
  int result = original->xOpen(original, name, inner, flags, given);
  if (!inner->pMethods) return result;
  log->base.pMethods = &log_methods;
  log->note = note;
  if (note) *note = file;
  return result;
}
