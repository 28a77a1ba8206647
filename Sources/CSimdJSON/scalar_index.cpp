#include "scalar_index.hpp"

#include "csimdjson.h"

namespace csimdjson {

uint32_t utf8_sequence(const uint8_t *bytes, uint32_t at, uint32_t length) noexcept {
  const uint8_t lead = bytes[at];
  if (lead < 0x80) return 1;
  uint32_t size = 0;
  uint8_t low = 0x80, high = 0xbf;  // the bounds of the second byte
  if (lead >= 0xc2 && lead <= 0xdf) {
    size = 2;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    size = 3;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    size = 4;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
  } else {
    return 0;
  }
  if (length - at < size) return 0;
  if (bytes[at + 1] < low || bytes[at + 1] > high) return 0;
  for (uint32_t i = 2; i < size; i++) {
    if ((bytes[at + i] & 0xc0) != 0x80) return 0;
  }
  return size;
}

namespace {

/// Reads the string that opens at `at`; returns the place after it, or sets the error and returns 0.
uint32_t string_end(scalar_index &index, const uint8_t *bytes, uint32_t at, uint32_t length) {
  uint32_t i = at + 1;
  while (i < length) {
    const uint8_t c = bytes[i];
    if (c == '"') return i + 1;
    if (c < 0x20) {
      index.code = CSIMDJSON_CONTROL_CHARACTER;
      index.offset = i;
      return 0;
    }
    if (c == '\\' && i + 1 < length && bytes[i + 1] < 0x80 && bytes[i + 1] >= 0x20) {
      i += 2;
      continue;
    }
    const uint32_t size = utf8_sequence(bytes, i, length);
    if (size == 0) {
      index.code = CSIMDJSON_BAD_UTF8;
      index.offset = i;
      return 0;
    }
    i += size;
  }
  index.code = CSIMDJSON_UNTERMINATED_STRING;
  index.offset = at;
  return 0;
}

}  // namespace

void scalar_index::build(const uint8_t *bytes, uint32_t length) {
  places.clear();
  limit = length;
  code = CSIMDJSON_OK;
  offset = length;
  bool in_scalar = false;
  uint32_t i = 0;
  while (i < length) {
    switch (bytes[i]) {
      case ' ': case '\t': case '\n': case '\r':
        in_scalar = false;
        i++;
        break;
      case '{': case '}': case '[': case ']': case ':': case ',':
        places.push_back(i);
        in_scalar = false;
        i++;
        break;
      case '"': {
        const uint32_t end = string_end(*this, bytes, i, length);
        if (end == 0) {
          limit = i;
          return;
        }
        if (!in_scalar) places.push_back(i);
        in_scalar = false;
        i = end;
        break;
      }
      default: {
        const uint32_t size = utf8_sequence(bytes, i, length);
        if (size == 0) {
          code = CSIMDJSON_BAD_UTF8;
          offset = limit = i;
          return;
        }
        if (!in_scalar) places.push_back(i);
        in_scalar = true;
        i += size;
      }
    }
  }
}

}  // namespace csimdjson
