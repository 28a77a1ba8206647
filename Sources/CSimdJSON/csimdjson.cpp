#include "csimdjson.h"

#include <memory>
#include <new>

#include "scalar_index.hpp"
#include "simdjson.h"
#include "walker.hpp"

namespace {

/// One text at a time is indexed on a thread; the buffers stay for the next.
struct thread_index {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  csimdjson::scalar_index scalar;
  bool is_scalar = false;

  /// simdjson's index takes four bytes for each byte of the text: keep no large one.
  static constexpr size_t keep = 256 * 1024;

  bool reserve(size_t length) noexcept {
    size_t capacity = length < 4096 ? 4096 : length;
    if (parser) {
      if (parser->capacity() >= length) return true;
      return parser->set_capacity(capacity) == simdjson::SUCCESS;
    }
    return simdjson::get_active_implementation()->create_dom_parser_implementation(
               capacity, CSIMDJSON_MAX_DEPTH, parser) == simdjson::SUCCESS;
  }

  csimdjson::indexed_text text(const uint8_t *bytes, size_t length) const noexcept {
    const uint32_t size = static_cast<uint32_t>(length);
    if (!is_scalar) {
      return {bytes, size, parser->structural_indexes.get(), parser->n_structural_indexes,
              size, CSIMDJSON_OK, size};
    }
    return {bytes, size, scalar.places.data(), static_cast<uint32_t>(scalar.places.size()),
            scalar.limit, scalar.code, scalar.offset};
  }

  void trim() noexcept {
    if (parser && parser->capacity() > keep) parser.reset();
    if (scalar.places.capacity() > keep) scalar.places = {};
  }
};

thread_index &this_thread() {
  static thread_local thread_index index;
  return index;
}

}  // namespace

uint32_t csimdjson_index(const uint8_t *bytes, size_t length, csimdjson_error *error) {
  error->code = CSIMDJSON_OK;
  error->offset = error->other = error->depth = 0;
  try {
    thread_index &index = this_thread();
    size_t count = 0;
    index.is_scalar = true;
    if (length > 0 && index.reserve(length)) {
      index.is_scalar = index.parser->stage1(bytes, length, simdjson::stage1_mode::regular) !=
                        simdjson::SUCCESS;
      count = index.parser->n_structural_indexes;
    }
    if (index.is_scalar) {
      index.scalar.build(bytes, static_cast<uint32_t>(length));
      count = index.scalar.places.size();
    }
    // A complete text of n places has at most (n + 1) / 2 values and keys, and every container
    // still open at an error adds at most one half.
    constexpr size_t deepest = CSIMDJSON_MAX_DEPTH;
    const size_t open = count < deepest ? count : deepest;
    return static_cast<uint32_t>((count + open) / 2 + 2);
  } catch (const std::bad_alloc &) {
    error->code = CSIMDJSON_NO_MEMORY;
    return 0;
  }
}

uint32_t csimdjson_walk(const uint8_t *bytes, size_t length, csimdjson_node *nodes,
                        uint32_t capacity, csimdjson_error *error) {
  try {
    thread_index &index = this_thread();
    const csimdjson::indexed_text text = index.text(bytes, length);
    const uint32_t written = csimdjson::walk(text, nodes, capacity, *error);
    index.trim();
    return written;
  } catch (const std::bad_alloc &) {
    error->code = CSIMDJSON_NO_MEMORY;
    error->depth = 0;
    return 0;
  }
}

uint32_t csimdjson_walk_all(const uint8_t *bytes, size_t length, csimdjson_node *nodes,
                            uint32_t capacity, uint32_t *complete, csimdjson_error *error) {
  try {
    thread_index &index = this_thread();
    const uint32_t written =
        csimdjson::walk_all(index.text(bytes, length), nodes, capacity, *complete, *error);
    index.trim();
    return written;
  } catch (const std::bad_alloc &) {
    error->code = CSIMDJSON_NO_MEMORY;
    error->depth = 0;
    *complete = 0;
    return 0;
  }
}
