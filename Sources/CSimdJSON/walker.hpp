// The walk over a structural index: grammar, places, limits.
#ifndef CSIMDJSON_WALKER_HPP
#define CSIMDJSON_WALKER_HPP

#include <cstdint>

#include "csimdjson.h"

namespace csimdjson {

/// What there is to walk: the places of brackets, colons, commas and the starts of scalars.
struct indexed_text {
  const uint8_t *bytes;
  uint32_t length;
  const uint32_t *places;
  uint32_t count;
  /// Where the index ends: the length, or the start of a token that is bad by itself.
  uint32_t limit;
  /// Why it ends there, a `csimdjson_code`, and the byte to blame.
  uint32_t limit_code;
  uint32_t limit_offset;
};

/// May throw `std::bad_alloc`.
uint32_t walk(const indexed_text &text, csimdjson_node *nodes, uint32_t capacity,
              csimdjson_error &error);

/// Walks several texts; `complete` is how many nodes those before an error have.
///
/// May throw `std::bad_alloc`.
uint32_t walk_all(const indexed_text &text, csimdjson_node *nodes, uint32_t capacity,
                  uint32_t &complete, csimdjson_error &error);

}  // namespace csimdjson
#endif
