// The structural index byte by byte, for texts simdjson's first stage refused: it finds the place.
#ifndef CSIMDJSON_SCALAR_INDEX_HPP
#define CSIMDJSON_SCALAR_INDEX_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

namespace csimdjson {

struct scalar_index {
  /// The same places simdjson would give, up to the first bad token.
  std::vector<uint32_t> places;
  /// Where the bad token starts, or the length of the text.
  uint32_t limit = 0;
  /// What is wrong there: a `csimdjson_code`, and its first bad byte.
  uint32_t code = 0;
  uint32_t offset = 0;

  /// May throw `std::bad_alloc`.
  void build(const uint8_t *bytes, uint32_t length);
};

/// The length of the UTF-8 sequence that starts at `at`, or 0 if it is malformed.
uint32_t utf8_sequence(const uint8_t *bytes, uint32_t at, uint32_t length) noexcept;

}  // namespace csimdjson
#endif
