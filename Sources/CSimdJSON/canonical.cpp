#include "canonical.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "strings.hpp"

namespace csimdjson {
namespace {

constexpr uint32_t few = 24;

/// A key as bytes: in the text itself, or decoded.
struct key_text {
  const uint8_t *start;
  uint32_t length;
  uint32_t node;
};

bool comes_before(const key_text &a, const key_text &b) noexcept {
  const uint32_t shorter = a.length < b.length ? a.length : b.length;
  const int order = shorter == 0 ? 0 : std::memcmp(a.start, b.start, shorter);
  return order < 0 || (order == 0 && a.length < b.length);
}

struct writer {
  const uint8_t *const bytes;
  const csimdjson_node *const nodes;
  const uint32_t *const skipped;
  const uint32_t skipped_count;
  uint8_t *out;

  void mark(uint8_t tag, uint32_t length) noexcept {
    *out++ = tag;
    for (int shift = 24; shift >= 0; shift -= 8) *out++ = static_cast<uint8_t>(length >> shift);
  }

  /// A length and the text; an escape means what it stands for.
  void string(const csimdjson_node &node) {
    const uint8_t *inner = bytes + node.start + 1;
    const uint32_t length = node.end - node.start - 2;
    uint8_t *const head = out;
    mark('"', length);
    if ((node.info & CSIMDJSON_ESCAPED) == 0) {
      std::memcpy(out, inner, length);
      out += length;
      return;
    }
    uint8_t *const text = out;
    const size_t decoded = unescape(inner, length, text);
    out = head;
    mark('"', static_cast<uint32_t>(decoded));
    out = text + decoded;
  }

  void scalar(const csimdjson_node &node, uint8_t tag) noexcept {
    const uint32_t length = node.end - node.start;
    mark(tag, length);
    std::memcpy(out, bytes + node.start, length);
    out += length;
  }

  bool is_skipped(uint32_t key) const noexcept {
    for (uint32_t i = 0; i < skipped_count; i++)
      if (skipped[i] == key) return true;
    return false;
  }

  /// Whether a key that is left out stands in this object, or in something in it.
  bool holds_skipped(uint32_t node) const noexcept {
    for (uint32_t i = 0; i < skipped_count; i++)
      if (skipped[i] > node && skipped[i] < nodes[node].next) return true;
    return false;
  }

  key_text text_of(uint32_t at, std::vector<std::vector<uint8_t>> &decoded) const {
    const csimdjson_node &key = nodes[at];
    const uint8_t *inner = bytes + key.start + 1;
    const uint32_t length = key.end - key.start - 2;
    if ((key.info & CSIMDJSON_ESCAPED) == 0) return {inner, length, at};
    decoded.emplace_back(length);
    std::vector<uint8_t> &text = decoded.back();
    text.resize(unescape(inner, length, text.data()));
    // Moving the outer vector keeps the inner one's bytes where they are.
    return {text.data(), static_cast<uint32_t>(text.size()), at};
  }

  void member(uint32_t key) {
    string(nodes[key]);
    value(key + 1);
  }

  void object(uint32_t node) {
    const uint32_t end = nodes[node].next;
    const bool may_skip = holds_skipped(node);
    key_text first[few];
    std::vector<key_text> more;
    std::vector<std::vector<uint8_t>> decoded;
    uint32_t count = 0;
    bool is_sorted = true;
    key_text last{};
    for (uint32_t key = node + 1; key < end; key = nodes[key + 1].next) {
      if (may_skip && is_skipped(key)) continue;
      const key_text text = text_of(key, decoded);
      if (count > 0 && comes_before(text, last)) is_sorted = false;
      last = text;
      if (count == few) more.assign(first, first + few);
      if (count < few) {
        first[count] = text;
      } else {
        more.push_back(text);
      }
      count++;
    }
    key_text *const keys = count > few ? more.data() : first;
    if (!is_sorted) std::sort(keys, keys + count, comes_before);
    mark('{', count);
    for (uint32_t i = 0; i < count; i++) member(keys[i].node);
  }

  void array(uint32_t node) {
    const uint32_t end = nodes[node].next;
    uint8_t *const head = out;
    mark('[', 0);
    uint32_t count = 0;
    for (uint32_t at = node + 1; at < end; at = nodes[at].next) {
      value(at);
      count++;
    }
    uint8_t *const tail = out;
    out = head;
    mark('[', count);
    out = tail;
  }

  // Depth is bounded: the reader refuses more than CSIMDJSON_MAX_DEPTH containers in each other.
  void value(uint32_t at) {
    const csimdjson_node &node = nodes[at];
    switch (node.info & CSIMDJSON_KIND_MASK) {
      case CSIMDJSON_OBJECT: object(at); break;
      case CSIMDJSON_ARRAY: array(at); break;
      case CSIMDJSON_STRING: string(node); break;
      case CSIMDJSON_NUMBER: scalar(node, '0'); break;
      case CSIMDJSON_TRUE: *out++ = 't'; break;
      case CSIMDJSON_FALSE: *out++ = 'f'; break;
      default: *out++ = 'n'; break;
    }
  }
};

}  // namespace

size_t write_canonical(const uint8_t *bytes, const csimdjson_node *nodes, const uint32_t *skipped,
                       uint32_t skipped_count, uint8_t *out) {
  writer state{bytes, nodes, skipped, skipped_count, out};
  state.value(0);
  return static_cast<size_t>(state.out - out);
}

}  // namespace csimdjson

size_t csimdjson_canonical(const uint8_t *bytes, const csimdjson_node *nodes,
                           const uint32_t *skipped, uint32_t skipped_count, uint8_t *out) {
  try {
    return csimdjson::write_canonical(bytes, nodes, skipped, skipped_count, out);
  } catch (const std::bad_alloc &) {
    return 0;
  }
}
