#include <cstring>

#include "csimdjson.h"

namespace {

/// The value of a number without a point or an exponent; false if it does not fit.
bool read_whole(const uint8_t *bytes, const csimdjson_node &node, int64_t &whole) noexcept {
  const uint8_t *at = bytes + node.start;
  const uint8_t *const end = bytes + node.end;
  const bool is_negative = *at == '-';
  if (is_negative) at++;
  uint64_t value = 0;
  constexpr uint64_t most = uint64_t{1} << 63;
  for (; at < end; at++) {
    const uint64_t digit = static_cast<uint64_t>(*at) - '0';
    if (digit > 9 || value > (most - digit) / 10) return false;
    value = value * 10 + digit;
  }
  if (value == most && !is_negative) return false;
  whole = static_cast<int64_t>(is_negative ? 0 - value : value);
  return true;
}

}  // namespace

uint32_t csimdjson_pick(const uint8_t *bytes, const csimdjson_node *nodes, uint32_t object,
                        const uint8_t *names, const uint32_t *ends, uint32_t count,
                        csimdjson_cell *cells) {
  std::memset(cells, 0, count * sizeof(csimdjson_cell));
  uint32_t others = 0;
  // Programs write their members in one order: the next name is looked at first.
  uint32_t likely = 0;
  const uint32_t end = nodes[object].next;
  for (uint32_t key = object + 1; key < end; key = nodes[key + 1].next) {
    const uint32_t length = nodes[key].end - nodes[key].start - 2;
    const uint8_t *const written = bytes + nodes[key].start + 1;
    uint32_t tried = 0;
    for (; tried < count; tried++) {
      const uint32_t name = likely + tried < count ? likely + tried : likely + tried - count;
      const uint32_t from = name == 0 ? 0 : ends[name - 1];
      if (ends[name] - from != length || std::memcmp(names + from, written, length) != 0) continue;
      const csimdjson_node &value = nodes[key + 1];
      csimdjson_cell &cell = cells[name];
      cell.node = key + 1;
      cell.start = value.start;
      cell.end = value.end;
      cell.info = value.info;
      cell.is_whole = (value.info & CSIMDJSON_KIND_MASK) == CSIMDJSON_NUMBER &&
                      read_whole(bytes, value, cell.whole);
      likely = name + 1 < count ? name + 1 : 0;
      break;
    }
    if (tried == count) others++;
  }
  return others;
}
