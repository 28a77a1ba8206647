/*
 * librung: a policy decides requests in the process that asks.
 *
 *   rung_policy *policy = NULL;
 *   rung_buffer out = {0};
 *   if (rung_policy_open("support.rung", 12, &policy, &out) != RUNG_OK) {
 *     fprintf(stderr, "%s\n", out.data);             // diagnostics as JSON
 *   } else if (rung_decide(policy, body, length, NULL, 0, &out) == RUNG_OK) {
 *     puts(out.data);                                // the decision as JSON
 *   }
 *   rung_buffer_free(&out);
 *   rung_policy_free(policy);
 *
 * Threads. Every function may be called from any thread at any time. One policy may be used by many
 * threads at once; it never changes and they do not wait for each other. Only rung_policy_free must
 * come after the last use, and what is written to (a rung_buffer, a rung_decision) belongs to one
 * thread at a time.
 *
 * Text. All text is UTF-8. What comes in is a pointer and a length in bytes, is read only during the
 * call, and needs no zero at its end; (NULL, 0) is nothing. What goes out is a rung_buffer, which is
 * the caller's until rung_buffer_free, and has a zero after its last byte.
 *
 * Errors. A function that can fail returns a status. Where it takes a buffer or a decision, that then
 * holds one JSON object that says what is wrong:
 *   {"code":"…", "message":"…", "line":…|null, "column":…|null, "diagnostics":[…]}
 * No input makes a function trap: null pointers, text that is not UTF-8, JSON that is none and JSON
 * too large or too deep are statuses. A pointer that was freed, or never came from here, is not
 * found out.
 *
 * Processes. A child of fork() may use a policy of its parent if no other thread of the parent was
 * inside librung when it forked. Nothing is opened, started or locked between two calls.
 *
 * State. Nothing is called, written or kept. Budgets are as if nothing had been used, every model is
 * healthy and no classifier has answered, unless the caller says otherwise with the request.
 */
#ifndef RUNG_H
#define RUNG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a function or a struct here changes in a way that old callers would notice. */
#define RUNG_ABI_VERSION 1

typedef int32_t rung_status;

enum {
  RUNG_OK = 0,
  /* A pointer that must not be null is, a length is beyond all memory, text is not UTF-8. */
  RUNG_INVALID_ARGUMENT = 1,
  /* The policy cannot be used: see the diagnostics. */
  RUNG_INVALID_POLICY = 2,
  /* The request, or what was said beside it, cannot be decided. A refusal is a decision. */
  RUNG_INVALID_REQUEST = 3,
  /* There is no memory for the answer. */
  RUNG_OUT_OF_MEMORY = 4
};

/* A compiled policy. */
typedef struct rung_policy rung_policy;

/* Bytes of the library. Begin with {0}; a buffer may be handed in again and is then replaced. */
typedef struct rung_buffer {
  char *data;
  size_t length;
} rung_buffer;

/* One file of a policy that lies in memory. */
typedef struct rung_file {
  const char *path;
  size_t path_length;
  const char *bytes;
  size_t length;
} rung_file;

/* RUNG_ABI_VERSION of the library that is loaded. */
uint32_t rung_abi_version(void);

/*
 * Compiles a policy file, or a folder with a policy.rung in it, with all it imports.
 *
 * `policy` gets the policy, or NULL. `report` gets {"diagnostics":[…]} with what is no error, or the
 * error; it may be NULL.
 */
rung_status rung_policy_open(
    const char *path, size_t path_length, rung_policy **policy, rung_buffer *report);

/*
 * Compiles a policy whose files are in memory: the first is the policy, the others are what it
 * names, by paths relative to it. Nothing is read from disk.
 */
rung_status rung_policy_compile(
    const rung_file *files, size_t count, rung_policy **policy, rung_buffer *report);

/* NULL is nothing to free. */
void rung_policy_free(rung_policy *policy);

/*
 * Decides a request.
 *
 * `request` is the JSON of OpenAI's POST /v1/chat/completions. `situation` is a JSON object of what is
 * known beside it, every member optional, or (NULL, 0):
 *   {"name":"…", "facts":{"plan":"pro"}, "headers":{"x-plan":"pro"}, "tenant":"…", "user":"…",
 *    "key":"…", "conversation":"…", "time":"2026-03-01T09:30:00Z",
 *    "budgets":{"daily":"80%"}, "classifiers":{"difficulty":"hard"}, "unhealthy":["gpt-4o"],
 *    "acceptance":{"gpt-4o-mini":"80%"}}
 * A budget's use is a text, or a whole number of its own unit: nano-units of money, requests, tokens.
 * Without "time" it is asked now.
 *
 * `decision` gets one JSON object:
 *   {"version":1, "outcome":"route"|"refused"|"needs", "route":…, "task":…, "arm":…, "model":…,
 *    "tiers":[…], "effects":[…], "budgets":[…],
 *    "cost":{"at_least":NANOS, "expected":NANOS, "at_most":NANOS, "currency":"USD"},
 *    "refusal":…, "classifier":…, "policy":"…", "catalog":"…"}
 * Amounts are whole nano-units of the currency; one that is unknown is null beside a member
 * "…_unknown" with the reason.
 */
rung_status rung_decide(
    const rung_policy *policy, const char *request, size_t request_length, const char *situation,
    size_t situation_length, rung_buffer *decision);

enum { RUNG_ROUTE = 1, RUNG_REFUSED = 2, RUNG_NEEDS = 3 };

/*
 * A decision: what is asked of it first, and the rest for whoever wants it. Begin with {0}; one may be
 * handed in again and is then replaced. It may outlive its policy. Its texts are the caller's until
 * rung_decision_free, and NULL where there is none.
 */
typedef struct rung_decision {
  int32_t outcome; /* RUNG_ROUTE, RUNG_REFUSED or RUNG_NEEDS; 0 if there was an error. */
  const char *route;
  const char *task;
  const char *arm;
  const char *model; /* The one called first. */
  rung_buffer error; /* What is wrong, unless the status was RUNG_OK. */
  void *rest;        /* The library's own. */
} rung_decision;

/*
 * Decides a request as rung_decide does, and puts only the outcome and the names into words: for
 * callers that look at no more, or not always, it is much the faster one.
 */
rung_status rung_decision_make(
    const rung_policy *policy, const char *request, size_t request_length, const char *situation,
    size_t situation_length, rung_decision *decision);

/* The whole decision, as rung_decide gives it. Several threads may ask the same decision. */
rung_status rung_decision_json(const rung_decision *decision, rung_buffer *json);

/* Frees the decision and makes it {0} again. NULL and {0} are nothing to free. */
void rung_decision_free(rung_decision *decision);

/* What `rung explain` prints for people. */
rung_status rung_explain_text(
    const rung_policy *policy, const char *request, size_t request_length, const char *situation,
    size_t situation_length, rung_buffer *explanation);

/* What `rung explain --format json` prints, byte for byte. */
rung_status rung_explain_json(
    const rung_policy *policy, const char *request, size_t request_length, const char *situation,
    size_t situation_length, rung_buffer *explanation);

/* Frees the bytes and makes it {0} again. NULL and {0} are nothing to free. */
void rung_buffer_free(rung_buffer *buffer);

#ifdef __cplusplus
}
#endif

#endif
