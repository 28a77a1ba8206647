#include "strings.hpp"

#include <cstring>

#include "csimdjson.h"

namespace csimdjson {
namespace {

/// The value of four hexadecimal digits, or -1.
int32_t hex4(const uint8_t *digits) noexcept {
  int32_t value = 0;
  for (int i = 0; i < 4; i++) {
    const uint8_t c = digits[i];
    const uint8_t letter = c | 0x20;
    if (c >= '0' && c <= '9') {
      value = value * 16 + (c - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      value = value * 16 + (letter - 'a' + 10);
    } else {
      return -1;
    }
  }
  return value;
}

uint8_t simple_escape(uint8_t c) noexcept {
  switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

size_t encode(uint32_t scalar, uint8_t *out) noexcept {
  if (scalar < 0x80) {
    out[0] = static_cast<uint8_t>(scalar);
    return 1;
  }
  if (scalar < 0x800) {
    out[0] = static_cast<uint8_t>(0xc0 | scalar >> 6);
    out[1] = static_cast<uint8_t>(0x80 | (scalar & 0x3f));
    return 2;
  }
  if (scalar < 0x10000) {
    out[0] = static_cast<uint8_t>(0xe0 | scalar >> 12);
    out[1] = static_cast<uint8_t>(0x80 | (scalar >> 6 & 0x3f));
    out[2] = static_cast<uint8_t>(0x80 | (scalar & 0x3f));
    return 3;
  }
  out[0] = static_cast<uint8_t>(0xf0 | scalar >> 18);
  out[1] = static_cast<uint8_t>(0x80 | (scalar >> 12 & 0x3f));
  out[2] = static_cast<uint8_t>(0x80 | (scalar >> 6 & 0x3f));
  out[3] = static_cast<uint8_t>(0x80 | (scalar & 0x3f));
  return 4;
}

}  // namespace

uint32_t check_escapes(const uint8_t *bytes, uint32_t at, uint32_t end, uint32_t &offset) noexcept {
  while (at < end) {
    const void *found = std::memchr(bytes + at, '\\', end - at);
    if (found == nullptr) return CSIMDJSON_OK;
    at = static_cast<uint32_t>(static_cast<const uint8_t *>(found) - bytes);
    offset = at;
    if (end - at < 2) return CSIMDJSON_BAD_ESCAPE;
    if (bytes[at + 1] != 'u') {
      if (simple_escape(bytes[at + 1]) == 0) return CSIMDJSON_BAD_ESCAPE;
      at += 2;
      continue;
    }
    if (end - at < 6) return CSIMDJSON_BAD_ESCAPE;
    const int32_t unit = hex4(bytes + at + 2);
    if (unit < 0) return CSIMDJSON_BAD_ESCAPE;
    at += 6;
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (unit > 0xdbff) return CSIMDJSON_LONE_SURROGATE;
    if (end - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') return CSIMDJSON_LONE_SURROGATE;
    const int32_t low = hex4(bytes + at + 2);
    if (low < 0xdc00 || low > 0xdfff) return CSIMDJSON_LONE_SURROGATE;
    at += 6;
  }
  return CSIMDJSON_OK;
}

size_t unescape(const uint8_t *inner, size_t length, uint8_t *out) noexcept {
  size_t at = 0, written = 0;
  while (at < length) {
    const void *found = std::memchr(inner + at, '\\', length - at);
    const size_t run =
        (found == nullptr ? inner + length : static_cast<const uint8_t *>(found)) - (inner + at);
    std::memcpy(out + written, inner + at, run);
    at += run;
    written += run;
    if (length - at < 2) break;
    if (inner[at + 1] != 'u') {
      out[written++] = simple_escape(inner[at + 1]);
      at += 2;
      continue;
    }
    if (length - at < 6) break;
    uint32_t scalar = static_cast<uint32_t>(hex4(inner + at + 2));
    at += 6;
    if (scalar >= 0xd800 && scalar <= 0xdbff && length - at >= 6) {
      const uint32_t low = static_cast<uint32_t>(hex4(inner + at + 2));
      scalar = 0x10000 + ((scalar - 0xd800) << 10) + (low - 0xdc00);
      at += 6;
    }
    written += encode(scalar, out + written);
  }
  return written;
}

}  // namespace csimdjson

size_t csimdjson_unescape(const uint8_t *inner, size_t length, uint8_t *out) {
  return csimdjson::unescape(inner, length, out);
}
