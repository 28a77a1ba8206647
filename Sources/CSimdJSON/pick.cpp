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
  // No eighteen digits come near the limit.
  const uint8_t *const safe = end - at > 18 ? at + 18 : end;
  for (; at < safe; at++) {
    const uint64_t digit = static_cast<uint64_t>(*at) - '0';
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  for (; at < end; at++) {
    const uint64_t digit = static_cast<uint64_t>(*at) - '0';
    if (digit > 9 || value > (most - digit) / 10) return false;
    value = value * 10 + digit;
  }
  if (value == most && !is_negative) return false;
  whole = static_cast<int64_t>(is_negative ? 0 - value : value);
  return true;
}

/// Whether two runs of one to two words are the same: their first words are, and their last, which may
/// overlap those.
template <typename Word>
bool same_words(const uint8_t *a, const uint8_t *b, size_t length) noexcept {
  const size_t last = length - sizeof(Word);
  Word words[4];
  std::memcpy(&words[0], a, sizeof(Word));
  std::memcpy(&words[1], b, sizeof(Word));
  std::memcpy(&words[2], a + last, sizeof(Word));
  std::memcpy(&words[3], b + last, sizeof(Word));
  return ((words[0] ^ words[1]) | (words[2] ^ words[3])) == 0;
}

/// Whether two runs of `length` bytes are the same; most are a few bytes long.
bool same_bytes(const uint8_t *a, const uint8_t *b, size_t length) noexcept {
  if (length > 16) return std::memcmp(a, b, length) == 0;
  if (length >= 8) return same_words<uint64_t>(a, b, length);
  if (length >= 4) return same_words<uint32_t>(a, b, length);
  for (size_t at = 0; at < length; at++) {
    if (a[at] != b[at]) return false;
  }
  return true;
}

/// Fewer than eight bytes as the low ones of a word.
uint64_t short_word(const uint8_t *bytes, size_t length) noexcept {
  if (length >= 4) {
    uint32_t low, high;
    std::memcpy(&low, bytes, 4);
    std::memcpy(&high, bytes + length - 4, 4);
    return low | static_cast<uint64_t>(high) << 8 * (length - 4);
  }
  uint64_t word = 0;
  for (size_t at = 0; at < length; at++) word |= static_cast<uint64_t>(bytes[at]) << 8 * at;
  return word;
}

}  // namespace

size_t csimdjson_slot(const uint8_t *name, size_t length) {
  if (length == 0) return 0;
  return (length * 7 + name[0] * 3 + name[length - 1] * 5) % CSIMDJSON_SLOTS;
}

uint32_t csimdjson_pick(const uint8_t *bytes, const csimdjson_node *nodes, uint32_t object,
                        const uint8_t *names, const uint32_t *ends, uint32_t count,
                        const uint16_t *slots, const uint16_t *nexts, csimdjson_cell *cells) {
  std::memset(cells, 0, count * sizeof(csimdjson_cell));
  uint32_t others = 0;
  const uint32_t end = nodes[object].next;
  for (uint32_t key = object + 1; key < end; key = nodes[key + 1].next) {
    const uint32_t length = nodes[key].end - nodes[key].start - 2;
    const uint8_t *const written = bytes + nodes[key].start + 1;
    uint32_t place = slots[csimdjson_slot(written, length)];
    for (; place != 0; place = nexts[place - 1]) {
      const uint32_t from = place == 1 ? 0 : ends[place - 2];
      if (ends[place - 1] - from == length && same_bytes(names + from, written, length)) break;
    }
    if (place == 0) {
      others++;
      continue;
    }
    const csimdjson_node &value = nodes[key + 1];
    csimdjson_cell &cell = cells[place - 1];
    cell.node = key + 1;
    cell.start = value.start;
    cell.end = value.end;
    cell.info = value.info;
    cell.is_whole = (value.info & CSIMDJSON_KIND_MASK) == CSIMDJSON_NUMBER &&
                    read_whole(bytes, value, cell.whole);
  }
  return others;
}

size_t csimdjson_line_ends(const uint8_t *bytes, size_t length) {
  size_t ends = 0;
  while (length > 0) {
    // Counted in bytes of a vector first: 255 of them fit.
    const size_t piece = length < 255 ? length : 255;
    uint8_t count = 0;
    for (size_t at = 0; at < piece; at++) count += bytes[at] == '\n';
    ends += count;
    bytes += piece;
    length -= piece;
  }
  return ends;
}

uint64_t csimdjson_hash(const uint8_t *bytes, size_t length) {
  constexpr uint64_t odd = 0x9e3779b97f4a7c15;
  uint64_t hash = odd ^ (length * 0xbf58476d1ce4e5b9);
  const auto stir = [&hash](uint64_t word) {
    const unsigned __int128 product =
        static_cast<unsigned __int128>(hash ^ word) * 0xd6e8feb86659fd93;
    hash = static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64) ^ odd;
  };
  for (; length >= 8; bytes += 8, length -= 8) {
    uint64_t word;
    std::memcpy(&word, bytes, 8);
    stir(word);
  }
  stir(short_word(bytes, length));
  hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
  return hash ^ hash >> 31;
}
