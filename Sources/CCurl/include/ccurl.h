// libcurl's types and constants, and the few of its functions that `HTTPUpstream` calls.
//
// The functions are found with dlopen on first use instead of being linked: linking libcurl brings
// some thirty shared libraries and costs every process 8 ms of start-up, also those that never call.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "ccurlwatch.h"

/// What `ccurl_load` found.
typedef enum ccurl_loaded {
  CCURL_LOADED = 0,
  /// No library under that name.
  CCURL_ABSENT = 1,
  /// A library without a function that is needed (libcurl before 7.80).
  CCURL_TOO_OLD = 2,
  /// The library refused to initialise.
  CCURL_BROKEN = 3,
} ccurl_loaded;

/// Opens the library of this name or path unless one is open already. Safe from any thread.
/// No other function below may be called before this has returned `CCURL_LOADED`.
ccurl_loaded ccurl_load(const char *name);

typedef size_t (*ccurl_bytes_fn)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_request_fn)(
    void *context, char *remote, char *local, int remote_port, int local_port);

CURL *ccurl_easy_init(void);
void ccurl_easy_reset(CURL *easy);
void ccurl_easy_cleanup(CURL *easy);
CURLcode ccurl_easy_pause(CURL *easy, int mask);
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
/// Sets `CURLOPT_WRITEFUNCTION` or `CURLOPT_HEADERFUNCTION`.
CURLcode ccurl_set_bytes_function(CURL *easy, CURLoption option, ccurl_bytes_fn function);
/// Sets `CURLOPT_PREREQFUNCTION`.
CURLcode ccurl_set_request_function(CURL *easy, ccurl_request_fn function);
/// Whom a handle tells of each socket it has opened, and who closes it.
CURLcode ccurl_set_socket_functions(
    CURL *easy, curl_sockopt_callback on_open, curl_closesocket_callback on_close, void *context);
CURLcode ccurl_info_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_info_offset(CURL *easy, CURLINFO info, curl_off_t *value);

CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
/// Whom libcurl tells which sockets to wait for, and until when.
CURLMcode ccurl_multi_tell(
    CURLM *multi, curl_socket_callback on_socket, curl_multi_timer_callback on_timer, void *context);
/// Lets libcurl act on a socket, or on its timer; its callbacks run inside.
void ccurl_multi_act(CURLM *multi, curl_socket_t socket, int bits);
/// The next finished transfer, or null; its result through `result`.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);

/// The list with a copy of the line at its end, or null when there is no memory (the list stays).
struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *line);
void ccurl_list_free(struct curl_slist *list);

typedef enum ccurl_url_read {
  CCURL_URL_READ = 0,
  CCURL_URL_MALFORMED = 1,
  CCURL_URL_NO_MEMORY = 2,
} ccurl_url_read;

/// Takes a URL apart for `CURLOPT_CURLU`; what it sets has to be freed after the handle's last use
/// of it, and is null if it fails.
ccurl_url_read ccurl_url_take_apart(const char *text, CURLU **parts);
void ccurl_url_free(CURLU *parts);

/// A thread with every signal blocked: an interrupt goes to the program's own threads, and a
/// write to a closed TLS connection raises no SIGPIPE.
typedef struct ccurl_thread ccurl_thread;

/// Starts a thread that calls `body(context)`; null when the system has none to give.
ccurl_thread *ccurl_thread_start(void (*body)(void *), void *context);
/// Waits for the thread's end and frees it; called on the thread itself it only lets go of it.
void ccurl_thread_join(ccurl_thread *thread);

#endif
