// What a call costs with nothing but libcurl: the baseline of the benchmark of `HTTPUpstream`.
#ifndef BARE_CURL_H
#define BARE_CURL_H

#include <stddef.h>

/// Posts the body so often over one connection, with the plainest loop there is, and stores how long
/// each call took in nanoseconds. Returns how many were answered with 200 before one was not.
int bare_curl_post(
    const char *url, const char *body, size_t size, int count, double *nanoseconds);

#endif
