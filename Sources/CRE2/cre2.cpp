#include "CRE2.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

// No exception crosses this wall: every entry point catches what allocation may throw.

struct cre2_set {
  RE2::Options options;
  std::vector<std::unique_ptr<RE2>> patterns;
  std::unique_ptr<RE2::Set> joint;
  bool frozen = false;
};

namespace {

// RE2's own view of a text: re2::StringPiece in older releases, absl::string_view in newer ones.
template <typename Self, typename Argument, typename View>
View view_of(bool (Self::*)(Argument, size_t, size_t, RE2::Anchor, View *, int) const);
using Text = decltype(view_of(&RE2::Match));

size_t copy_text(const std::string &text, char *to, size_t capacity) {
  size_t count = std::min(text.size(), capacity);
  std::memcpy(to, text.data(), count);
  return count;
}

void describe(const RE2 &pattern, cre2_problem *problem) {
  problem->message_count =
      copy_text(pattern.error(), problem->message, sizeof problem->message);
  problem->part_count = copy_text(pattern.error_arg(), problem->part, sizeof problem->part);
}

}  // namespace

cre2_set *cre2_set_make(int64_t max_memory) {
  try {
    auto set = std::make_unique<cre2_set>();
    set->options.set_log_errors(false);
    set->options.set_encoding(RE2::Options::EncodingUTF8);
    set->options.set_max_mem(max_memory);
    set->joint = std::make_unique<RE2::Set>(set->options, RE2::UNANCHORED);
    return set.release();
  } catch (...) {
    return nullptr;
  }
}

void cre2_set_free(cre2_set *set) { delete set; }

int32_t cre2_set_add(cre2_set *set, const char *pattern, size_t count, cre2_problem *problem) {
  problem->message_count = 0;
  problem->part_count = 0;
  try {
    Text text(pattern, count);
    auto alone = std::make_unique<RE2>(text, set->options);
    if (!alone->ok()) {
      describe(*alone, problem);
      return alone->error_code() == RE2::ErrorPatternTooLarge ? CRE2_TOO_LARGE
                                                              : CRE2_BAD_PATTERN;
    }
    std::string reason;
    if (set->joint->Add(text, &reason) != static_cast<int>(set->patterns.size())) {
      problem->message_count = copy_text(reason, problem->message, sizeof problem->message);
      return CRE2_BAD_PATTERN;
    }
    set->patterns.push_back(std::move(alone));
    return CRE2_OK;
  } catch (...) {
    return CRE2_OUT_OF_MEMORY;
  }
}

int32_t cre2_set_freeze(cre2_set *set) {
  try {
    // Matching after a failed compile crashes, so `frozen` says whether it may be tried.
    set->frozen = set->joint->Compile();
    return set->frozen ? CRE2_OK : CRE2_TOO_LARGE;
  } catch (...) {
    return CRE2_OUT_OF_MEMORY;
  }
}

int64_t cre2_set_program_size(const cre2_set *set, size_t index) {
  return index < set->patterns.size() ? set->patterns[index]->ProgramSize() : 0;
}

int32_t cre2_set_match(const cre2_set *set, const char *text, size_t count, int32_t joint,
                       uint8_t *found) {
  if (!set->frozen) return CRE2_OUT_OF_MEMORY;
  try {
    // Its storage outlives the call, so that a scan does not allocate for it.
    static thread_local std::vector<int> hits;
    Text view(text, count);
    if (joint) {
      RE2::Set::ErrorInfo info{RE2::Set::kNoError};
      std::memset(found, 0, set->patterns.size());
      if (set->joint->Match(view, &hits, &info)) {
        for (int hit : hits) found[hit] = 1;
        return CRE2_OK;
      }
      if (info.kind == RE2::Set::kNoError) return CRE2_OK;
      if (info.kind != RE2::Set::kOutOfMemory) return CRE2_OUT_OF_MEMORY;
    }
    for (size_t index = 0; index < set->patterns.size(); index++) {
      found[index] = set->patterns[index]->Match(view, 0, count, RE2::UNANCHORED, nullptr, 0);
    }
    return CRE2_OK;
  } catch (...) {
    return CRE2_OUT_OF_MEMORY;
  }
}

int32_t cre2_set_find(const cre2_set *set, size_t index, const char *text, size_t count,
                      size_t *start, size_t *end) {
  if (index >= set->patterns.size()) return -1;
  try {
    Text view(text, count);
    Text match;
    if (!set->patterns[index]->Match(view, 0, count, RE2::UNANCHORED, &match, 1)) return 0;
    *start = static_cast<size_t>(match.data() - text);
    *end = *start + match.size();
    return 1;
  } catch (...) {
    return -1;
  }
}
