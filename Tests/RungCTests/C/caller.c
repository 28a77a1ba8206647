// A caller of librung in C11: `caller POLICY REQUEST TIME THREADS TURNS SEED`.
//
// Prints the decision and the explanations of one request, then gives the library what no caller should,
// then asks it from many threads. Ends with 0 only if every answer was the one it had to be.

#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rung.h"

static int failures = 0;

#define EXPECT(condition, ...)                                   \
  do {                                                           \
    if (!(condition)) {                                          \
      fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition); \
      fprintf(stderr, __VA_ARGS__);                              \
      fprintf(stderr, "\n");                                     \
      failures++;                                                \
    }                                                            \
  } while (0)

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(2); }
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*length + 1);
  if (!bytes || fread(bytes, 1, *length, file) != *length) { perror(path); exit(2); }
  bytes[*length] = 0;
  fclose(file);
  return bytes;
}

// xorshift64*: the seed replays a run.
static uint64_t state;
static uint64_t draw(void) {
  state ^= state >> 12; state ^= state << 25; state ^= state >> 27;
  return state * 2685821657736338717u;
}

static void no_pointer_traps(const rung_policy *policy, const char *body, size_t length) {
  rung_buffer out = {0};
  rung_policy *none = (rung_policy *)1;
  const size_t beyond = (size_t)-1;

  EXPECT(rung_policy_open(NULL, 0, &none, &out) == RUNG_INVALID_ARGUMENT, "no path");
  EXPECT(none == NULL, "a policy without a path");
  EXPECT(rung_policy_open(NULL, 4, &none, &out) == RUNG_INVALID_ARGUMENT, "null path");
  EXPECT(rung_policy_open("x", beyond, &none, &out) == RUNG_INVALID_ARGUMENT, "endless path");
  EXPECT(rung_policy_open("\xff\xfe", 2, &none, &out) == RUNG_INVALID_ARGUMENT, "path not UTF-8");
  EXPECT(rung_policy_open("x", 1, NULL, &out) == RUNG_INVALID_ARGUMENT, "nowhere to put it");
  EXPECT(rung_policy_open("/nowhere", 8, &none, NULL) == RUNG_INVALID_POLICY, "no report");
  EXPECT(rung_policy_open("/nowhere", 8, &none, &out) == RUNG_INVALID_POLICY, "no such file");
  EXPECT(strstr(out.data, "there is no `/nowhere`"), "%s", out.data);
  EXPECT(out.data[out.length] == 0 && strlen(out.data) == out.length, "no zero at the end");

  rung_file files[2] = {{"p.rung", 6, "rung 1\n", 7}, {NULL, 3, NULL, 5}};
  EXPECT(rung_policy_compile(NULL, 0, &none, &out) == RUNG_INVALID_ARGUMENT, "no files");
  EXPECT(rung_policy_compile(NULL, 1, &none, &out) == RUNG_INVALID_ARGUMENT, "null files");
  EXPECT(rung_policy_compile(files, 2, &none, &out) == RUNG_INVALID_ARGUMENT, "a null file");
  EXPECT(rung_policy_compile(files, beyond, &none, &out) == RUNG_INVALID_ARGUMENT, "endless files");
  EXPECT(rung_policy_compile(files, 1, &none, &out) == RUNG_INVALID_POLICY, "no catalog");
  EXPECT(strstr(out.data, "\"diagnostics\":[{"), "%s", out.data);

  EXPECT(rung_decide(NULL, body, length, NULL, 0, &out) == RUNG_INVALID_ARGUMENT, "no policy");
  EXPECT(rung_decide(policy, NULL, 0, NULL, 0, &out) == RUNG_INVALID_ARGUMENT, "no request");
  EXPECT(rung_decide(policy, NULL, 9, NULL, 0, &out) == RUNG_INVALID_ARGUMENT, "null request");
  EXPECT(rung_decide(policy, body, beyond, NULL, 0, &out) == RUNG_INVALID_ARGUMENT, "endless");
  EXPECT(rung_decide(policy, body, 1u << 30, NULL, 0, &out) == RUNG_INVALID_REQUEST, "huge");
  EXPECT(strstr(out.data, "json_too_large"), "%s", out.data);
  EXPECT(rung_decide(policy, body, length, NULL, 9, &out) == RUNG_INVALID_ARGUMENT, "null beside");
  EXPECT(rung_decide(policy, body, length, "{}", 1u << 30, &out) == RUNG_INVALID_REQUEST, "huge");
  EXPECT(rung_decide(policy, body, length, "[]", 2, &out) == RUNG_INVALID_REQUEST, "a list beside");
  EXPECT(rung_decide(policy, body, length, "{\"x\":1}", 7, &out) == RUNG_INVALID_REQUEST, "unknown");
  EXPECT(rung_decide(policy, body, length, "{\"time\":\"soon\"}", 15, &out) == RUNG_INVALID_REQUEST,
         "no time");
  EXPECT(rung_decide(policy, body, length, NULL, 0, NULL) == RUNG_INVALID_ARGUMENT, "no answer");
  EXPECT(rung_explain_text(NULL, body, length, NULL, 0, &out) == RUNG_INVALID_ARGUMENT, "no policy");
  EXPECT(rung_explain_json(policy, "\xc3(", 2, NULL, 0, &out) == RUNG_INVALID_REQUEST, "not UTF-8");

  rung_decision made = {0};
  EXPECT(rung_decision_make(NULL, body, length, NULL, 0, &made) == RUNG_INVALID_ARGUMENT, "no policy");
  EXPECT(strstr(made.error.data, "`policy` is null"), "%s", made.error.data);
  EXPECT(rung_decision_make(policy, NULL, 9, NULL, 0, &made) == RUNG_INVALID_ARGUMENT, "null request");
  EXPECT(rung_decision_make(policy, "[]", 2, NULL, 0, &made) == RUNG_INVALID_REQUEST, "a list");
  EXPECT(strstr(made.error.data, "wrong_type"), "%s", made.error.data);
  EXPECT(!made.outcome && !made.route && !made.model && !made.rest, "an error has a decision");
  EXPECT(rung_decision_json(&made, &out) == RUNG_INVALID_ARGUMENT, "the rest of an error");
  EXPECT(rung_decision_make(policy, body, length, NULL, 0, NULL) == RUNG_INVALID_ARGUMENT, "nowhere");
  EXPECT(rung_decision_make(policy, body, length, NULL, 0, &made) == RUNG_OK, "%s", made.error.data);
  EXPECT(made.error.data == NULL && made.outcome == RUNG_ROUTE, "an error is still there");
  EXPECT(rung_decision_json(&made, NULL) == RUNG_INVALID_ARGUMENT, "nowhere to put it");
  EXPECT(rung_decision_json(NULL, &out) == RUNG_INVALID_ARGUMENT, "no decision");
  rung_decision_free(&made);
  EXPECT(made.rest == NULL && made.route == NULL, "a freed decision still holds something");
  EXPECT(rung_decision_json(&made, &out) == RUNG_INVALID_ARGUMENT, "the rest of none");
  rung_decision_free(&made);
  rung_decision_free(NULL);
  rung_policy_free(NULL);
  rung_buffer_free(NULL);
  rung_buffer_free(&out);
  EXPECT(out.data == NULL && out.length == 0, "a freed buffer still holds something");
  rung_buffer_free(&out);
}

// Every beginning of the request, bytes changed at random, deep nesting, JSON in a string of JSON.
static void no_request_traps(const rung_policy *policy, const char *body, size_t length) {
  rung_buffer out = {0};
  size_t wrong = 0, right = 0;
  for (size_t end = 1; end <= length; end++) {
    rung_status status = rung_decide(policy, body, end, NULL, 0, &out);
    EXPECT(status == RUNG_OK || status == RUNG_INVALID_REQUEST, "status %d at %zu", status, end);
    status == RUNG_OK ? right++ : wrong++;
  }
  char *copy = malloc(length);
  for (int turn = 0; copy && turn < 4000; turn++) {
    memcpy(copy, body, length);
    for (int change = 0; change < 3; change++) copy[draw() % length] = (char)draw();
    rung_status status = rung_decide(policy, copy, length, NULL, 0, &out);
    EXPECT(status == RUNG_OK || status == RUNG_INVALID_REQUEST, "status %d", status);
    status == RUNG_OK ? right++ : wrong++;
    char beside[24];
    for (size_t each = 0; each < sizeof beside; each++) beside[each] = (char)draw();
    beside[0] = '{';
    status = rung_decide(policy, body, length, beside, sizeof beside, &out);
    EXPECT(status == RUNG_INVALID_REQUEST, "status %d", status);
  }
  free(copy);
  size_t depth = 100000;
  char *deep = malloc(2 * depth);
  if (deep) {
    memset(deep, '[', depth);
    memset(deep + depth, ']', depth);
    EXPECT(rung_decide(policy, deep, 2 * depth, NULL, 0, &out) == RUNG_INVALID_REQUEST, "deep");
    free(deep);
  }
  const char *twice = "\"{\\\"messages\\\":[]}\"";
  EXPECT(rung_decide(policy, twice, strlen(twice), NULL, 0, &out) == RUNG_INVALID_REQUEST, "twice");
  printf("%zu requests refused, %zu decided\n", wrong, right);
  rung_buffer_free(&out);
}

// A member of a decision's JSON is what its C member says.
static void same(const char *json, const char *name, const char *text) {
  char member[512];
  snprintf(member, sizeof member, text ? "\"%s\":\"%s\"" : "\"%s\":null", name, text);
  EXPECT(strstr(json, member), "%s is not in %s", member, json);
}

// What is decided in two steps is what is decided in one, also after its policy is gone.
static void in_two_steps(
    const char *place, const char *body, size_t length, const char *beside, const char *expected) {
  rung_policy *policy = NULL;
  rung_decision made = {0};
  rung_buffer out = {0};
  EXPECT(rung_policy_open(place, strlen(place), &policy, NULL) == RUNG_OK, "%s", place);
  for (int turn = 0; turn < 2; turn++) {
    rung_status status =
        rung_decision_make(policy, body, length, beside, strlen(beside), &made);
    EXPECT(status == RUNG_OK && made.outcome == RUNG_ROUTE, "%s", made.error.data);
  }
  rung_policy_free(policy);
  same(expected, "route", made.route);
  same(expected, "task", made.task);
  same(expected, "arm", made.arm);
  same(expected, "model", made.model);
  for (int turn = 0; turn < 2; turn++) {
    EXPECT(rung_decision_json(&made, &out) == RUNG_OK && !strcmp(out.data, expected), "%s", out.data);
  }
  printf("in two steps: route %s, model %s\n", made.route, made.model);
  rung_buffer_free(&out);
  rung_decision_free(&made);
}

struct work {
  const rung_policy *policy;
  const rung_decision *made;
  const char *place, *body, *beside, *expected;
  size_t length;
  int turns, wrong, opens;
};

static void *ask_often(void *argument) {
  struct work *work = argument;
  rung_buffer out = {0};
  for (int turn = 0; turn < work->turns; turn++) {
    rung_status status = rung_decide(
        work->policy, work->body, work->length, work->beside, strlen(work->beside), &out);
    if (status != RUNG_OK || strcmp(out.data, work->expected)) work->wrong++;
    if (turn % 16 == 0) {
      status = rung_decision_json(work->made, &out);
      if (status != RUNG_OK || strcmp(out.data, work->expected)) work->wrong++;
    }
    // Some explain, some compile and let go: nothing of it may disturb the others.
    if (work->opens && turn % 500 == 0) {
      rung_policy *other = NULL;
      if (rung_policy_open(work->place, strlen(work->place), &other, NULL) != RUNG_OK) work->wrong++;
      status = rung_explain_json(
          other, work->body, work->length, work->beside, strlen(work->beside), &out);
      if (status != RUNG_OK) work->wrong++;
      rung_policy_free(other);
    }
  }
  rung_buffer_free(&out);
  return NULL;
}

int main(int count, char **words) {
  if (count != 7) { fprintf(stderr, "caller POLICY REQUEST TIME THREADS TURNS SEED\n"); return 2; }
  EXPECT(rung_abi_version() == RUNG_ABI_VERSION, "ABI %u", rung_abi_version());
  const char *place = words[1];
  size_t length;
  char *body = read_file(words[2], &length);
  char beside[512];
  snprintf(beside, sizeof beside, "{\"time\":\"%s\",\"name\":\"%s\"}", words[3], words[2]);
  int threads = atoi(words[4]), turns = atoi(words[5]);
  state = strtoull(words[6], NULL, 10) | 1;

  rung_policy *policy = NULL;
  rung_buffer out = {0};
  if (rung_policy_open(place, strlen(place), &policy, &out) != RUNG_OK) {
    fprintf(stderr, "%s\n", out.data);
    return 2;
  }
  printf("report %s\n", out.data);
  EXPECT(rung_decide(policy, body, length, beside, strlen(beside), &out) == RUNG_OK, "%s", out.data);
  printf("decision %s\n", out.data);
  char *expected = strdup(out.data);
  EXPECT(rung_explain_json(policy, body, length, beside, strlen(beside), &out) == RUNG_OK, "json");
  printf("json %s", out.data);
  EXPECT(rung_explain_text(policy, body, length, beside, strlen(beside), &out) == RUNG_OK, "text");
  rung_buffer_free(&out);

  in_two_steps(place, body, length, beside, expected);
  no_pointer_traps(policy, body, length);
  no_request_traps(policy, body, length);

  rung_decision made = {0};
  EXPECT(rung_decision_make(policy, body, length, beside, strlen(beside), &made) == RUNG_OK, "made");
  pthread_t *ids = calloc((size_t)threads, sizeof *ids);
  struct work *works = calloc((size_t)threads, sizeof *works);
  if (!ids || !works) return 2;
  for (int each = 0; each < threads; each++) {
    works[each] = (struct work){policy, &made, place, body, beside, expected, length, turns, 0, each % 4 == 0};
    pthread_create(&ids[each], NULL, ask_often, &works[each]);
  }
  for (int each = 0; each < threads; each++) {
    pthread_join(ids[each], NULL);
    EXPECT(works[each].wrong == 0, "thread %d: %d wrong", each, works[each].wrong);
  }
  printf("%d threads, %d decisions\n", threads, threads * turns);
  rung_decision_free(&made);
  rung_policy_free(policy);
  free(ids);
  free(works);
  free(expected);
  free(body);
  printf("%d failures\n", failures);
  return failures != 0;
}
