// Duplicate keys of one object.
#ifndef CSIMDJSON_KEYS_HPP
#define CSIMDJSON_KEYS_HPP

#include <cstdint>

#include "csimdjson.h"

namespace csimdjson {

/// The first key of the object at `object` that repeats an earlier one, and that earlier one.
struct duplicate {
  uint32_t key = 0;
  uint32_t first = 0;
};

/// Keys are compared as texts, their escapes decoded. Few keys are compared with each other, many
/// are sorted: O(n log n). May throw `std::bad_alloc`.
duplicate find_duplicate(const uint8_t *bytes, const csimdjson_node *nodes, uint32_t object,
                         uint32_t count);

}  // namespace csimdjson
#endif
