#include "bare_curl.h"

#include <curl/curl.h>
#include <time.h>

static size_t take(char *bytes, size_t size, size_t count, void *context) {
  (void)bytes;
  *(size_t *)context += size * count;
  return size * count;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int bare_curl_post(
    const char *url, const char *body, size_t size, int count, double *nanoseconds) {
  CURL *curl = curl_easy_init();
  if (curl == NULL) return 0;
  size_t received = 0;
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  int done = 0;
  while (done < count) {
    double start = now();
    long status = 0;
    if (curl_easy_perform(curl) != CURLE_OK) break;
    nanoseconds[done] = now() - start;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) break;
    done += 1;
  }
  curl_easy_cleanup(curl);
  curl_slist_free_all(headers);
  return done;
}
