#ifndef CRE2_H
#define CRE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Many RE2 patterns answered in one pass over a text, and each of them alone.
///
/// Built by one thread, frozen by `cre2_set_freeze`; after that every function that takes it
/// `const` may be called by any number of threads at once.
typedef struct cre2_set cre2_set;

enum {
  CRE2_OK = 0,
  CRE2_BAD_PATTERN = 1,
  CRE2_TOO_LARGE = 2,
  CRE2_OUT_OF_MEMORY = 3,
};

/// Why a pattern was refused. The texts are cut to their buffers and not terminated.
typedef struct cre2_problem {
  char message[160];
  size_t message_count;
  /// The part of the pattern RE2 points at, as RE2 quotes it.
  char part[160];
  size_t part_count;
} cre2_problem;

/// An empty set; NULL when memory is short.
///
/// `max_memory` in bytes bounds each pattern's program with its automaton, and once more the
/// joint program with its automaton.
cre2_set *cre2_set_make(int64_t max_memory);
void cre2_set_free(cre2_set *set);

/// Adds a pattern: UTF-8, found anywhere in a text. Its index is the count of those before it.
int32_t cre2_set_add(cre2_set *set, const char *pattern, size_t count, cre2_problem *problem);

/// The joint automaton; nothing may be added after.
int32_t cre2_set_freeze(cre2_set *set);

/// RE2's measure of a pattern's size; 0 for an index out of range.
int64_t cre2_set_program_size(const cre2_set *set, size_t index);

/// Writes one byte per pattern, 1 for found.
///
/// With `joint` one automaton looks for all of them, otherwise each pattern is tried alone; so it is
/// too when the joint automaton runs out of memory, which a pattern alone cannot. The answer is the
/// same. Any result but CRE2_OK means that nothing is known.
int32_t cre2_set_match(const cre2_set *set, const char *text, size_t count, int32_t joint,
                       uint8_t *found);

/// 1 and the leftmost match of one pattern, 0 for none, -1 for an index out of range.
int32_t cre2_set_find(const cre2_set *set, size_t index, const char *text, size_t count,
                      size_t *start, size_t *end);

#ifdef __cplusplus
}
#endif

#endif
