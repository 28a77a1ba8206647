#include "walker.hpp"

#include <cstring>

#include "keys.hpp"
#include "strings.hpp"

namespace csimdjson {
namespace {

bool is_space(uint8_t c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(uint8_t c) noexcept { return c >= '0' && c <= '9'; }

struct walker {
  const indexed_text &text;
  const uint8_t *const bytes;
  csimdjson_node *const nodes;
  const uint32_t capacity;
  csimdjson_error &error;
  uint32_t at = 0;       // the next place of the index
  uint32_t written = 0;  // nodes
  uint32_t depth = 0;
  uint32_t next_backslash = 0;
  csimdjson_frame frames[CSIMDJSON_MAX_DEPTH];  // set as far as `depth`

  walker(const indexed_text &text, csimdjson_node *nodes, uint32_t capacity,
         csimdjson_error &error) noexcept
      : text(text), bytes(text.bytes), nodes(nodes), capacity(capacity), error(error) {}

  __attribute__((noinline, cold)) bool fail(uint32_t code, uint32_t offset) noexcept {
    error.code = code;
    error.offset = offset;
    error.depth = depth;
    std::memcpy(error.frames, frames, depth * sizeof(csimdjson_frame));
    return false;
  }

  bool at_end() const noexcept { return at == text.count; }

  __attribute__((noinline, cold)) bool fail_at_end() noexcept {
    if (text.limit_code != CSIMDJSON_OK) return fail(text.limit_code, text.limit_offset);
    return fail(CSIMDJSON_UNEXPECTED_END, text.length);
  }

  bool add(uint32_t kind, uint32_t start, uint32_t end) noexcept {
    if (written == capacity) return fail(CSIMDJSON_TOO_MANY, start);
    nodes[written] = {start, end, written + 1, kind};
    written++;
    return true;
  }

  /// A scalar must be followed by a space, a bracket, a comma, a colon or the end.
  bool ends_scalar(uint32_t offset) const noexcept {
    if (offset == text.length) return true;
    switch (bytes[offset]) {
      case ' ': case '\n': case '\r': case '\t':
      case ',': case ':': case '[': case ']': case '{': case '}':
        return true;
      default:
        return false;
    }
  }

  /// The index has no closing quotes: one stands before the spaces before the next place.
  bool string(uint32_t start) {
    uint32_t last = (at_end() ? text.limit : text.places[at]) - 1;
    while (last > start && is_space(bytes[last])) last--;
    if (last == start || bytes[last] != '"') return fail(CSIMDJSON_UNTERMINATED_STRING, start);
    uint32_t kind = CSIMDJSON_STRING;
    if (next_backslash <= start) {
      const void *found = std::memchr(bytes + start, '\\', text.length - start);
      next_backslash = found == nullptr
                           ? text.length
                           : static_cast<uint32_t>(static_cast<const uint8_t *>(found) - bytes);
    }
    if (next_backslash < last) {
      uint32_t offset = start;
      const uint32_t code = check_escapes(bytes, next_backslash, last, offset);
      if (code != CSIMDJSON_OK) return fail(code, offset);
      kind |= CSIMDJSON_ESCAPED;
    }
    return add(kind, start, last + 1);
  }

  bool digits(uint32_t &i) const noexcept {
    const uint32_t first = i;
    while (i < text.length && is_digit(bytes[i])) i++;
    return i > first;
  }

  bool number(uint32_t start) noexcept {
    uint32_t i = start;
    if (bytes[i] == '-') i++;
    const bool zero = i < text.length && bytes[i] == '0';
    const uint32_t first = i;
    if (!digits(i) || (zero && i > first + 1)) return fail(CSIMDJSON_BAD_NUMBER, start);
    if (i < text.length && bytes[i] == '.') {
      i++;
      if (!digits(i)) return fail(CSIMDJSON_BAD_NUMBER, start);
    }
    if (i < text.length && (bytes[i] | 0x20) == 'e') {
      i++;
      if (i < text.length && (bytes[i] == '+' || bytes[i] == '-')) i++;
      if (!digits(i)) return fail(CSIMDJSON_BAD_NUMBER, start);
    }
    if (!ends_scalar(i)) return fail(CSIMDJSON_BAD_NUMBER, start);
    return add(CSIMDJSON_NUMBER, start, i);
  }

  bool literal(uint32_t start, const char *word, uint32_t size, uint32_t kind) noexcept {
    if (text.length - start < size || std::memcmp(bytes + start, word, size) != 0 ||
        !ends_scalar(start + size)) {
      return fail(CSIMDJSON_BAD_LITERAL, start);
    }
    return add(kind, start, start + size);
  }

  bool open(uint32_t start, uint32_t kind) noexcept {
    if (depth == CSIMDJSON_MAX_DEPTH) return fail(CSIMDJSON_TOO_DEEP, start);
    if (!add(kind, start, start)) return false;
    frames[depth++] = {written - 1, 0, 0};
    return true;
  }

  bool close(uint32_t place) {
    const csimdjson_frame &frame = frames[depth - 1];
    csimdjson_node &node = nodes[frame.node];
    node.end = place + 1;
    node.next = written;
    if (node.info == CSIMDJSON_OBJECT && frame.count > 1) {
      const duplicate found = find_duplicate(bytes, nodes, frame.node, frame.count);
      if (found.key != 0) {
        error.other = nodes[found.first].start;
        return fail(CSIMDJSON_DUPLICATE_KEY, nodes[found.key].start);
      }
    }
    depth--;
    return true;
  }

  /// Reads a key and its colon. `may_close` at the first key, not after a comma.
  bool key(bool may_close, bool &closed) {
    closed = false;
    if (at_end()) return fail_at_end();
    const uint32_t place = text.places[at++];
    if (may_close && bytes[place] == '}') {
      closed = true;
      return close(place);
    }
    if (bytes[place] != '"') return fail(CSIMDJSON_EXPECTED_KEY, place);
    if (!string(place)) return false;
    frames[depth - 1].key = written - 1;
    if (at_end()) return fail_at_end();
    const uint32_t colon = text.places[at++];
    if (bytes[colon] != ':') return fail(CSIMDJSON_EXPECTED_COLON, colon);
    return true;
  }

  bool scalar(uint32_t place) {
    switch (bytes[place]) {
      case '"': return string(place);
      case 't': return literal(place, "true", 4, CSIMDJSON_TRUE);
      case 'f': return literal(place, "false", 5, CSIMDJSON_FALSE);
      case 'n': return literal(place, "null", 4, CSIMDJSON_NULL);
      case '{': case '}': case '[': case ']': case ':': case ',':
        return fail(CSIMDJSON_EXPECTED_VALUE, place);
      case '-': return number(place);
      default:
        if (is_digit(bytes[place])) return number(place);
        return fail(CSIMDJSON_BAD_LITERAL, place);
    }
  }

  /// Reads one value. `opened` says that a container was opened and its content comes next.
  bool value(bool &opened) {
    opened = false;
    if (at_end()) return fail_at_end();
    const uint32_t place = text.places[at++];
    const uint8_t c = bytes[place];
    if (c == '{' || c == '[') {
      opened = true;
      return open(place, c == '{' ? CSIMDJSON_OBJECT : CSIMDJSON_ARRAY);
    }
    return scalar(place);
  }

  /// Reads members of the innermost object as long as they are plain, as those of logs are: no escape,
  /// no space before a colon or what ends the value, which is a text or a number without sign and
  /// exponent.
  ///
  /// True if no comma stands behind the last one: a value is complete. Else the next key is to be read,
  /// and what is wrong, or merely not plain, is left to those who read all kinds.
  bool plain_members() noexcept {
    csimdjson_frame &frame = frames[depth - 1];
    const uint8_t *const read = bytes;
    const uint32_t *place = text.places + at;
    const uint32_t *const last = text.places + text.count;
    csimdjson_node *node = nodes + written;
    const csimdjson_node *const full = nodes + capacity;
    bool is_complete = false;
    while (last - place >= 4 && full - node >= 2) {
      const uint32_t key = place[0], colon = place[1], start = place[2], end = place[3];
      if (read[key] != '"' || read[colon] != ':' || read[colon - 1] != '"' || colon - key < 2 ||
          next_backslash < end)
        break;
      uint32_t kind = CSIMDJSON_STRING;
      if (read[start] != '"') {
        kind = CSIMDJSON_NUMBER;
        uint32_t i = start;
        if (!is_digit(read[i])) break;
        if (read[i++] != '0') {
          while (is_digit(read[i])) i++;
        }
        if (read[i] == '.') {
          if (!is_digit(read[++i])) break;
          while (is_digit(read[i])) i++;
        }
        if (i != end || !ends_scalar(end)) break;
      } else if (read[end - 1] != '"' || end - start < 2) {
        break;
      }
      const uint32_t number = static_cast<uint32_t>(node - nodes);
      node[0] = {key, colon, number + 1, CSIMDJSON_STRING};
      node[1] = {start, end, number + 2, kind};
      node += 2;
      frame.key = number;
      place += 3;
      if (read[end] != ',') {
        is_complete = true;
        break;
      }
      place++;
      frame.count++;
    }
    at = static_cast<uint32_t>(place - text.places);
    written = static_cast<uint32_t>(node - nodes);
    return is_complete;
  }

  /// After an opening bracket: the empty container, or the way to the first value that is not plain.
  ///
  /// `closed` says that a value is complete.
  bool begin(bool &closed) {
    if (nodes[frames[depth - 1].node].info == CSIMDJSON_OBJECT) {
      const uint32_t first = at;
      closed = plain_members();
      return closed || key(at == first, closed);
    }
    closed = !at_end() && bytes[text.places[at]] == ']';
    return closed ? close(text.places[at++]) : true;
  }

  /// After a complete value: closes what ends, and stops where the next value begins or at the end.
  bool advance() {
    while (depth > 0) {
      csimdjson_frame &frame = frames[depth - 1];
      frame.count++;
      if (at_end()) return fail_at_end();
      const uint32_t place = text.places[at++];
      const bool object = nodes[frame.node].info == CSIMDJSON_OBJECT;
      if (bytes[place] == ',') {
        if (!object) return true;
        if (plain_members()) continue;
        bool closed;
        return key(false, closed);
      }
      if (bytes[place] != (object ? '}' : ']')) {
        return fail(object ? CSIMDJSON_EXPECTED_COMMA_IN_OBJECT : CSIMDJSON_EXPECTED_COMMA_IN_ARRAY,
                    place);
      }
      if (!close(place)) return false;
    }
    return true;
  }

  /// One value with all in it; there is a place left.
  bool whole_value() {
    do {
      bool opened;
      if (!value(opened)) return false;
      if (opened) {
        bool closed;
        if (!begin(closed)) return false;
        if (!closed) continue;
      }
      if (!advance()) return false;
    } while (depth > 0);
    return true;
  }

  bool document() {
    if (at_end()) {
      return text.limit_code == CSIMDJSON_OK ? fail(CSIMDJSON_EMPTY, text.length) : fail_at_end();
    }
    if (!whole_value()) return false;
    if (!at_end()) return fail(CSIMDJSON_TRAILING, text.places[at]);
    if (text.limit_code != CSIMDJSON_OK) return fail_at_end();
    return true;
  }
};

}  // namespace

uint32_t walk(const indexed_text &text, csimdjson_node *nodes, uint32_t capacity,
              csimdjson_error &error) {
  walker state(text, nodes, capacity, error);
  state.document();
  return state.written;
}

uint32_t walk_all(const indexed_text &text, csimdjson_node *nodes, uint32_t capacity,
                  uint32_t &complete, csimdjson_error &error) {
  walker state(text, nodes, capacity, error);
  complete = 0;
  while (!state.at_end()) {
    if (!state.whole_value()) return state.written;
    complete = state.written;
  }
  if (text.limit_code != CSIMDJSON_OK) state.fail_at_end();
  return state.written;
}

}  // namespace csimdjson
