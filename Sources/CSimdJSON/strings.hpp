// Escapes of JSON strings: checked once while walking, decoded when a text is asked for.
#ifndef CSIMDJSON_STRINGS_HPP
#define CSIMDJSON_STRINGS_HPP

#include <cstddef>
#include <cstdint>

namespace csimdjson {

/// Checks the escapes between `at` and `end`; returns a `csimdjson_code` and sets `offset` to the
/// backslash that is wrong.
uint32_t check_escapes(const uint8_t *bytes, uint32_t at, uint32_t end, uint32_t &offset) noexcept;

/// Decodes checked escapes; `out` has room for `length` bytes. Returns the bytes written.
size_t unescape(const uint8_t *inner, size_t length, uint8_t *out) noexcept;

}  // namespace csimdjson
#endif
