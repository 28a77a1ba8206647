#include "keys.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "strings.hpp"

namespace csimdjson {
namespace {

constexpr uint32_t few = 16;

/// The first and last bytes of a key and its length: different for nearly all keys that differ.
///
/// Reads the key and the quote on either side, nothing beyond.
uint32_t signature(const uint8_t *bytes, const csimdjson_node &key) noexcept {
  const uint8_t *first = bytes + key.start;
  const uint8_t *last = bytes + key.end - 1;
  const bool is_empty = last - first == 1;
  const uint32_t middle = first[(last - first) / 2];
  return (key.end - key.start) << 24 ^ middle << 16 ^ (is_empty ? 0u : last[-1]) << 8 ^ first[1];
}

bool same_bytes(const uint8_t *bytes, const csimdjson_node &a, const csimdjson_node &b) noexcept {
  const uint32_t length = a.end - a.start;
  return length == b.end - b.start && std::memcmp(bytes + a.start, bytes + b.start, length) == 0;
}

struct decoded_key {
  std::string text;
  uint32_t node;
};

duplicate find_by_sorting(const uint8_t *bytes, const csimdjson_node *nodes, uint32_t object,
                          uint32_t count) {
  std::vector<decoded_key> keys;
  keys.reserve(count);
  uint32_t at = object + 1;
  for (uint32_t i = 0; i < count; i++) {
    const csimdjson_node &key = nodes[at];
    std::string text(key.end - key.start - 2, '\0');
    text.resize(unescape(bytes + key.start + 1, text.size(),
                         reinterpret_cast<uint8_t *>(text.data())));
    keys.push_back({std::move(text), at});
    at = nodes[at + 1].next;
  }
  std::sort(keys.begin(), keys.end(), [](const decoded_key &a, const decoded_key &b) {
    const int order = a.text.compare(b.text);
    return order < 0 || (order == 0 && a.node < b.node);
  });
  duplicate found;
  for (size_t i = 1; i < keys.size(); i++) {
    if (keys[i].text != keys[i - 1].text) continue;
    if (found.key == 0 || keys[i].node < found.key) found = {keys[i].node, keys[i - 1].node};
  }
  return found;
}

}  // namespace

duplicate find_duplicate(const uint8_t *bytes, const csimdjson_node *nodes, uint32_t object,
                         uint32_t count) {
  if (count > few) return find_by_sorting(bytes, nodes, object, count);
  uint32_t signatures[few];
  uint32_t places[few];
  uint64_t seen = 0;  // one bit for each of 64 classes of signatures
  uint32_t at = object + 1;
  for (uint32_t i = 0; i < count; i++) {
    const csimdjson_node &key = nodes[at];
    if ((key.info & CSIMDJSON_ESCAPED) != 0) return find_by_sorting(bytes, nodes, object, count);
    signatures[i] = signature(bytes, key);
    places[i] = at;
    const uint64_t bit = uint64_t{1} << (signatures[i] * 0x9e3779b1u >> 26);
    const bool is_new = (seen & bit) == 0;
    seen |= bit;
    for (uint32_t j = is_new ? i : 0; j < i; j++) {
      if (signatures[j] == signatures[i] && same_bytes(bytes, nodes[places[j]], key)) {
        // A later key may be escaped; it cannot make this finding wrong.
        return {at, places[j]};
      }
    }
    at = nodes[at + 1].next;
  }
  return {};
}

}  // namespace csimdjson
