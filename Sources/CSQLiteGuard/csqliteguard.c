#include "csqliteguard.h"
#include "csqlitelog.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// MARK: Checksums

// Two running sums over the page's 8-byte words. One changed byte changes one word by less than
// 2^64, so it changes the first sum; the second one knows the order of the words. The page's number
// goes in first, so that a page in another's place is found too.
static void page_sum(const uint8_t *page, size_t size, uint64_t number, uint8_t sum[16]) {
  uint64_t first = 0x52756E674C656467u ^ number, second = 0;
  for (size_t at = 0; at + 8 <= size - CSQLITE_GUARD_RESERVE; at += 8) {
    uint64_t word;
    memcpy(&word, page + at, 8);
    first += word;
    second += first;
  }
  memcpy(sum, &first, 8);
  memcpy(sum + 8, &second, 8);
}

bool csqlite_guard_is_whole(const uint8_t *page, size_t size, uint64_t number) {
  uint8_t sum[CSQLITE_GUARD_RESERVE];
  page_sum(page, size, number, sum);
  return memcmp(sum, page + size - CSQLITE_GUARD_RESERVE, CSQLITE_GUARD_RESERVE) == 0;
}

// MARK: The file

// The wrapped file follows in the same allocation.
typedef struct guard_file {
  sqlite3_file base;
  // Room for one page with its checksum.
  uint8_t *page;
  size_t capacity;
  bool is_guarded;
  // Of the database, as its header says; 0 until that was read.
  int page_size;
  // The log of this connection while it is open.
  sqlite3_file *log;
} guard_file;

static sqlite3_file *wrapped(sqlite3_file *file) {
  return (sqlite3_file *)((char *)file + sizeof(guard_file));
}

static int guard_close(sqlite3_file *file) {
  guard_file *guard = (guard_file *)file;
  free(guard->page);
  guard->page = NULL;
  sqlite3_file *inner = wrapped(file);
  return inner->pMethods ? inner->pMethods->xClose(inner) : SQLITE_OK;
}

enum { HEADER = 100 };

static bool has_room(const uint8_t header[HEADER]) { return header[20] == CSQLITE_GUARD_RESERVE; }

// Bytes 16 and 17 of the file's header: the size of a page; byte 20: how many bytes are left free at
// the end of each.
static void notice_header(guard_file *guard, const void *bytes, int count, sqlite3_int64 offset) {
  const uint8_t *header = bytes;
  if (offset != 0 || count < HEADER) return;
  int size = header[16] << 8 | header[17];
  guard->page_size = size == 1 ? 65536 : size;
  guard->is_guarded = has_room(header);
}

static bool is_blank(const uint8_t *bytes, size_t size) {
  return bytes[0] == 0 && memcmp(bytes, bytes + 1, size - 1) == 0;
}

// A page that is not as it was written goes no further: SQLite believes what it reads, and a page of
// noise may end the process. SQLite passes over pages that it makes and lets go of in one transaction,
// and reads what is beyond the file's end as zeros: such a page is blank, which harms nothing.
static int guard_page(guard_file *guard, const uint8_t *page, sqlite3_int64 offset, int result) {
  size_t size = (size_t)guard->page_size;
  if (is_blank(page, size)) {
    if (offset > 0) return result;
    // A file cut down to nothing is a new one.
    if (result == SQLITE_IOERR_SHORT_READ) {
      guard->is_guarded = false;
      return result;
    }
  }
  uint64_t number = (uint64_t)offset / size + 1;
  return csqlite_guard_is_whole(page, size, number) ? result : SQLITE_IOERR_DATA;
}

static int guard_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  guard_file *guard = (guard_file *)file;
  sqlite3_file *inner = wrapped(file);
  int result = inner->pMethods->xRead(inner, bytes, count, offset);
  if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ) return result;
  // Once it is known to be guarded, a header that says otherwise is not as it was written.
  if (!guard->is_guarded && result == SQLITE_OK) notice_header(guard, bytes, count, offset);
  if (!guard->is_guarded || count != guard->page_size || offset % count != 0) return result;
  return guard_page(guard, bytes, offset, result);
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_page(int count, sqlite3_int64 offset) {
  return count >= 512 && (count & (count - 1)) == 0 && offset % count == 0;
}

static int guard_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  guard_file *guard = (guard_file *)file;
  sqlite3_file *inner = wrapped(file);
  notice_header(guard, bytes, count, offset);
  if (!guard->is_guarded || !is_page(count, offset))
    return inner->pMethods->xWrite(inner, bytes, count, offset);
  if (guard->capacity < (size_t)count) {
    uint8_t *page = realloc(guard->page, (size_t)count);
    if (!page) return SQLITE_IOERR_NOMEM;
    guard->page = page;
    guard->capacity = (size_t)count;
  }
  size_t body = (size_t)count - CSQLITE_GUARD_RESERVE;
  memcpy(guard->page, bytes, body);
  uint64_t number = (uint64_t)(offset / count) + 1;
  page_sum(guard->page, (size_t)count, number, guard->page + body);
  return inner->pMethods->xWrite(inner, guard->page, count, offset);
}

#define FORWARD(name, ...)                                             \
  sqlite3_file *inner = wrapped(file);                                 \
  return inner->pMethods->name(inner, ##__VA_ARGS__)

static int guard_truncate(sqlite3_file *file, sqlite3_int64 size) { FORWARD(xTruncate, size); }
static int guard_sync(sqlite3_file *file, int flags) { FORWARD(xSync, flags); }
static int guard_size(sqlite3_file *file, sqlite3_int64 *size) { FORWARD(xFileSize, size); }
static int guard_lock(sqlite3_file *file, int level) { FORWARD(xLock, level); }
static int guard_unlock(sqlite3_file *file, int level) { FORWARD(xUnlock, level); }
static int guard_reserved(sqlite3_file *file, int *result) {
  FORWARD(xCheckReservedLock, result);
}
static int guard_control(sqlite3_file *file, int code, void *argument) {
  FORWARD(xFileControl, code, argument);
}
static int guard_sector_size(sqlite3_file *file) { FORWARD(xSectorSize); }
static int guard_characteristics(sqlite3_file *file) { FORWARD(xDeviceCharacteristics); }
static int guard_shm_map(
    sqlite3_file *file, int region, int size, int extends, void volatile **place) {
  FORWARD(xShmMap, region, size, extends, place);
}
// The first lock is the right to write: giving it back ends a transaction, whichever way.
static int guard_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  guard_file *guard = (guard_file *)file;
  if (offset == 0 && (flags & SQLITE_SHM_UNLOCK) && guard->log) csqlite_log_forget(guard->log);
  FORWARD(xShmLock, offset, count, flags);
}
static void guard_shm_barrier(sqlite3_file *file) {
  sqlite3_file *inner = wrapped(file);
  inner->pMethods->xShmBarrier(inner);
}
static int guard_shm_unmap(sqlite3_file *file, int deletes) { FORWARD(xShmUnmap, deletes); }

// Version 2 of the methods: without xFetch, so no page is read or written behind this layer's back.
static const sqlite3_io_methods guard_methods = {
    .iVersion = 2,
    .xClose = guard_close,
    .xRead = guard_read,
    .xWrite = guard_write,
    .xTruncate = guard_truncate,
    .xSync = guard_sync,
    .xFileSize = guard_size,
    .xLock = guard_lock,
    .xUnlock = guard_unlock,
    .xCheckReservedLock = guard_reserved,
    .xFileControl = guard_control,
    .xSectorSize = guard_sector_size,
    .xDeviceCharacteristics = guard_characteristics,
    .xShmMap = guard_shm_map,
    .xShmLock = guard_shm_lock,
    .xShmBarrier = guard_shm_barrier,
    .xShmUnmap = guard_shm_unmap,
};

// MARK: The layer

static sqlite3_vfs guard_vfs;
static sqlite3_vfs *original;

// Where a log is to be noted, so that it may gather writes; NULL if it may not.
//
// Where a disk may spoil what stands beside a write, SQLite pads commits to whole sectors, in pieces
// that do not say where a commit ends.
static sqlite3_file **place_of_log(const char *name) {
  sqlite3_file *file = sqlite3_database_file_object(name);
  if (!file || file->pMethods != &guard_methods) return NULL;
  sqlite3_file *inner = wrapped(file);
  int characteristics = inner->pMethods->xDeviceCharacteristics(inner);
  return characteristics & SQLITE_IOCAP_POWERSAFE_OVERWRITE ? &((guard_file *)file)->log : NULL;
}

static int guard_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
  (void)vfs;
  if (flags & SQLITE_OPEN_WAL)
    return csqlite_log_open(original, name, file, flags, given, place_of_log(name));
  if (!(flags & SQLITE_OPEN_MAIN_DB))
    return original->xOpen(original, name, file, flags, given);
  guard_file *guard = (guard_file *)file;
  memset(guard, 0, sizeof(*guard));
  sqlite3_file *inner = wrapped(file);
  inner->pMethods = NULL;
  int result = original->xOpen(original, name, inner, flags, given);
  // Shared memory came with version 2: a file without it cannot keep a write-ahead log.
  if (result == SQLITE_OK && inner->pMethods->iVersion < 2) {
    inner->pMethods->xClose(inner);
    inner->pMethods = NULL;
    result = SQLITE_CANTOPEN;
  }
  if (result == SQLITE_OK || inner->pMethods) guard->base.pMethods = &guard_methods;
  return result;
}

// Runs for each new connection: asks for the room in databases that are yet to be created.
static int leave_room(sqlite3 *db, char **message, const struct sqlite3_api_routines *api) {
  (void)message;
  (void)api;
  int room = CSQLITE_GUARD_RESERVE;
  int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
  return result == SQLITE_NOTFOUND ? SQLITE_OK : result;
}

int csqlite_guard_header(const char *path, csqlite_header *header) {
  memset(header, 0, sizeof(*header));
  int result = csqlite_guard_install();
  if (result != SQLITE_OK) return result;
  // SQLite reads parameters behind the zero of a name.
  size_t room = (size_t)original->mxPathname + 8;
  char *name = calloc(room, 1);
  sqlite3_file *file = calloc((size_t)original->szOsFile, 1);
  result = name && file ? SQLITE_OK : SQLITE_NOMEM;
  if (result == SQLITE_OK)
    result = original->xFullPathname(original, path, original->mxPathname, name);
  // Of a link it says that it is one.
  if (result == SQLITE_OK_SYMLINK) result = SQLITE_OK;
  if (result == SQLITE_OK) {
    // Not by the system's own calls: closing the file would let go of the locks this process has on it.
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
    result = original->xOpen(original, name, file, flags, &flags);
  }
  if (result == SQLITE_OK) {
    uint8_t bytes[HEADER];
    result = file->pMethods->xRead(file, bytes, HEADER, 0);
    if (result == SQLITE_IOERR_SHORT_READ) {
      header->is_empty = is_blank(bytes, HEADER);
      result = SQLITE_OK;
    }
    header->is_database = memcmp(bytes, "SQLite format 3", 16) == 0;
    header->is_guarded = has_room(bytes);
    header->version = big_endian(bytes + 60);
    header->application = big_endian(bytes + 68);
  }
  if (file && file->pMethods) file->pMethods->xClose(file);
  free(file);
  free(name);
  return result;
}

int csqlite_guard_install(void) {
  // So that a file can be opened as one that nobody changes. Refused, harmlessly, once SQLite runs.
  (void)sqlite3_config(SQLITE_CONFIG_URI, 1);
  int result = sqlite3_initialize();
  if (result != SQLITE_OK) return result;
  sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
  sqlite3_mutex_enter(mutex);
  if (!original) {
    sqlite3_vfs *found = sqlite3_vfs_find(NULL);
    if (found) {
      guard_vfs = *found;
      guard_vfs.pNext = NULL;
      guard_vfs.zName = "rung-guard";
      size_t ahead = csqlite_log_size();
      if (ahead < sizeof(guard_file)) ahead = sizeof(guard_file);
      guard_vfs.szOsFile = (int)ahead + found->szOsFile;
      guard_vfs.xOpen = guard_open;
      original = found;
      result = sqlite3_vfs_register(&guard_vfs, 1);
      if (result == SQLITE_OK) result = sqlite3_auto_extension((void (*)(void))leave_room);
    } else {
      result = SQLITE_ERROR;
    }
  }
  sqlite3_mutex_leave(mutex);
  return result;
}
