// One byte form for values that mean the same.
#ifndef CSIMDJSON_CANONICAL_HPP
#define CSIMDJSON_CANONICAL_HPP

#include <cstddef>
#include <cstdint>

#include "csimdjson.h"

namespace csimdjson {

/// Writes the whole text; `csimdjson.h` says in which form.
///
/// `skipped` are keys of the outermost object. May throw `std::bad_alloc`.
size_t write_canonical(const uint8_t *bytes, const csimdjson_node *nodes, const uint32_t *skipped,
                       uint32_t skipped_count, uint8_t *out);

}  // namespace csimdjson
#endif
