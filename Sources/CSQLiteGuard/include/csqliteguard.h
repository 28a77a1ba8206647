// A layer under SQLite that puts a checksum into the last bytes of every page of a database file, so
// that a changed byte is found even where SQLite does not look: in unused space, in an index, in a
// number that still is a number. A page that does not fit its checksum is never given to SQLite, which
// gets `SQLITE_IOERR_DATA` instead.
//
// SQLite leaves `CSQLITE_GUARD_RESERVE` bytes free at the end of each page of the databases it
// creates under this layer (byte 20 of the file says so). Files without them pass through unchanged.
#ifndef CSQLITEGUARD_H
#define CSQLITEGUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "csqlitewriter.h"

enum { CSQLITE_GUARD_RESERVE = 16 };

/// Puts the layer under every connection this process opens from now on. Safe from any thread and any
/// number of times. Returns an SQLite result code.
int csqlite_guard_install(void);

/// What the first bytes of a database file say.
typedef struct csqlite_header {
  /// There is nothing in the file.
  bool is_empty;
  bool is_database;
  /// Its pages have room for their checksums.
  bool is_guarded;
  /// `PRAGMA user_version` and `PRAGMA application_id`; both may be newer in a log beside the file.
  uint32_t version;
  uint32_t application;
} csqlite_header;

/// Reads the header of a file before SQLite believes any of it; safe beside open connections. Returns
/// an SQLite result code.
int csqlite_guard_header(const char *path, csqlite_header *header);

/// Whether `page` (of `size` bytes, with `number` from 1) is as it was written.
bool csqlite_guard_is_whole(const uint8_t *page, size_t size, uint64_t number);

#endif
