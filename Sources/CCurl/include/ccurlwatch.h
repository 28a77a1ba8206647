// Waits for the sockets of a multi handle and lets libcurl act on those that are ready.
//
// `curl_multi_perform` asks the system about every call under way each time it runs: with a thousand
// open streams one chunk costs a thousand calls of poll. This hands libcurl only the sockets that
// something happened on. Registrations of connections outlast the calls on them, so a call over a
// kept connection changes none.
#ifndef CCURLWATCH_H
#define CCURLWATCH_H

#include <curl/curl.h>
#include <stdbool.h>

typedef struct ccurl_watch ccurl_watch;

/// Null when the system has no memory or descriptors to give. To be freed after the multi handle.
ccurl_watch *ccurl_watch_make(CURLM *multi);
void ccurl_watch_free(ccurl_watch *watch);

/// Makes the thread that waits return from `ccurl_watch_wait` soon. Safe from any thread.
void ccurl_watch_wake(ccurl_watch *watch);

/// Tells a handle that is used with this multi handle to say which sockets it opens and closes.
CURLcode ccurl_watch_follow(ccurl_watch *watch, CURL *easy);

/// Waits until a socket is ready, libcurl's own timer is due, somebody wakes it or the time is up,
/// then lets libcurl act on it; its callbacks run inside. Not more than once at a time.
void ccurl_watch_wait(ccurl_watch *watch, int milliseconds);

#endif
