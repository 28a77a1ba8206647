// A layer under SQLite that puts a checksum into the last bytes of every page of a database file, so
// that a changed byte is found even where SQLite does not look: in unused space, in an index, in a
// number that still is a number.
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

/// Whether `page` (of `size` bytes, with `number` from 1) is as it was written.
bool csqlite_guard_is_whole(const uint8_t *page, size_t size, uint64_t number);

#endif
