// The wall around simdjson: JSON bytes in, a flat list of nodes out.
//
// simdjson's first stage (UTF-8 validation, strings, structural index) does the byte work; the walk
// over its index is ours, because it keeps the place of every value and notices duplicate keys,
// which simdjson's own document does not.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CSIMDJSON_MAX_DEPTH = 64,
  /// Where names that are looked for are found by their length, first and last byte.
  CSIMDJSON_SLOTS = 256,
};

enum csimdjson_kind {
  CSIMDJSON_OBJECT,
  CSIMDJSON_ARRAY,
  CSIMDJSON_STRING,
  CSIMDJSON_NUMBER,
  CSIMDJSON_TRUE,
  CSIMDJSON_FALSE,
  CSIMDJSON_NULL,
};

enum {
  /// The kind fills the low byte of `info`.
  CSIMDJSON_KIND_MASK = 0xff,
  /// A string with at least one escape.
  CSIMDJSON_ESCAPED = 0x100,
};

/// One value, or the key of a member; a key stands right before its value.
typedef struct {
  /// Byte offsets of the value in the text, quotes and brackets included.
  uint32_t start, end;
  /// The node after this value and everything in it.
  uint32_t next;
  /// The kind and the flags above.
  uint32_t info;
} csimdjson_node;

enum csimdjson_code {
  CSIMDJSON_OK,
  CSIMDJSON_EMPTY,
  CSIMDJSON_UNEXPECTED_END,
  CSIMDJSON_EXPECTED_VALUE,
  CSIMDJSON_EXPECTED_KEY,
  CSIMDJSON_EXPECTED_COLON,
  CSIMDJSON_EXPECTED_COMMA_IN_ARRAY,
  CSIMDJSON_EXPECTED_COMMA_IN_OBJECT,
  CSIMDJSON_TRAILING,
  CSIMDJSON_BAD_NUMBER,
  CSIMDJSON_BAD_LITERAL,
  CSIMDJSON_BAD_ESCAPE,
  CSIMDJSON_LONE_SURROGATE,
  CSIMDJSON_CONTROL_CHARACTER,
  CSIMDJSON_UNTERMINATED_STRING,
  CSIMDJSON_BAD_UTF8,
  CSIMDJSON_DUPLICATE_KEY,
  CSIMDJSON_TOO_DEEP,
  CSIMDJSON_TOO_MANY,
  CSIMDJSON_NO_MEMORY,
};

/// An open container at the place of an error.
typedef struct {
  uint32_t node;
  /// Members or elements that are complete.
  uint32_t count;
  /// The node of the last key read, or 0 if none.
  uint32_t key;
} csimdjson_frame;

typedef struct {
  uint32_t code;
  /// Byte offset of the first byte that is wrong.
  uint32_t offset;
  /// For a duplicate key, the byte offset of the first of the two.
  uint32_t other;
  /// How many of `frames` are set; the others are undefined.
  uint32_t depth;
  csimdjson_frame frames[CSIMDJSON_MAX_DEPTH];
} csimdjson_error;

/// Indexes the text on this thread and returns how many nodes `csimdjson_walk` may write.
///
/// Reads `length` bytes and none after them: no padding is asked for. `length` is at most 2^31.
/// Returns 0 and sets the error's code if there is not enough memory.
uint32_t csimdjson_index(const uint8_t *bytes, size_t length, csimdjson_error *error);

/// Walks the text that was indexed last on this thread, which must be unchanged.
///
/// Returns how many nodes were written. On an error these are the nodes read before it.
uint32_t csimdjson_walk(const uint8_t *bytes, size_t length, csimdjson_node *nodes,
                        uint32_t capacity, csimdjson_error *error);

/// Walks all of several texts that were indexed together, with nothing but white space between them;
/// otherwise as `csimdjson_walk`.
///
/// The texts' nodes stand one after the other: the `next` of a text's outermost node is that of the
/// text behind it. `complete` is set to how many nodes the texts before an error have; without one that
/// is what is returned.
uint32_t csimdjson_walk_all(const uint8_t *bytes, size_t length, csimdjson_node *nodes,
                            uint32_t capacity, uint32_t *complete, csimdjson_error *error);

/// A member that was asked for by name.
typedef struct {
  /// The node of its value; 0 if the object has no such member.
  uint32_t node;
  /// Byte offsets of the value, quotes and brackets included, and its kind and flags.
  uint32_t start, end, info;
  /// The value of a whole number that fits; `is_whole` says so.
  int64_t whole;
  uint32_t is_whole;
} csimdjson_cell;

/// The slot of a name, below `CSIMDJSON_SLOTS`.
size_t csimdjson_slot(const uint8_t *name, size_t length);

/// Looks for members of an object by name, all in one pass.
///
/// `names` holds the names one after the other without quotes, `ends` where each of the `count` ends.
/// `slots` has for each slot the first name in it and `nexts` for each name the next one in its slot,
/// both from 1, 0 for none. Names are compared as they are written: one with an escape is not found.
/// `cells` has room for `count`. Returns the members that were not asked for.
uint32_t csimdjson_pick(const uint8_t *bytes, const csimdjson_node *nodes, uint32_t object,
                        const uint8_t *names, const uint32_t *ends, uint32_t count,
                        const uint16_t *slots, const uint16_t *nexts, csimdjson_cell *cells);

/// How many line feeds there are.
size_t csimdjson_line_ends(const uint8_t *bytes, size_t length);

/// A number for bytes, the same in one process only; not for what an enemy chooses.
uint64_t csimdjson_hash(const uint8_t *bytes, size_t length);

/// Writes the text of a valid string without its quotes and returns its length: never longer than
/// `length`.
size_t csimdjson_unescape(const uint8_t *inner, size_t length, uint8_t *out);

/// Writes a text that was read so that texts that say the same have the same bytes, and others never.
///
/// Members stand in the order of their keys' bytes, an escape is what it stands for, white space
/// between values is gone; a number stays as it was written. Every value has a tag and what can differ
/// in length has its length before it, in 4 bytes, so no two texts run together. `skipped` are nodes of
/// keys, in whichever object, that are left out with their values. `out` has room for the text's
/// length and five bytes for each node. Returns the bytes written, 0 if there is not enough memory.
size_t csimdjson_canonical(const uint8_t *bytes, const csimdjson_node *nodes,
                           const uint32_t *skipped, uint32_t skipped_count, uint8_t *out);

#ifdef __cplusplus
}
#endif
#endif
