#include "ccurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

// curl.h wraps these names in type-checking macros.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static struct {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_reset)(CURL *);
  void (*easy_cleanup)(CURL *);
  CURLcode (*easy_pause)(CURL *, int);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *);
  CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
  CURLMcode (*multi_add_handle)(CURLM *, CURL *);
  CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
  CURLMcode (*multi_socket_action)(CURLM *, curl_socket_t, int, int *);
  CURLMsg *(*multi_info_read)(CURLM *, int *);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  CURLU *(*url)(void);
  CURLUcode (*url_set)(CURLU *, CURLUPart, const char *, unsigned);
  void (*url_cleanup)(CURLU *);
  const curl_version_info_data *(*version_info)(CURLversion);
} curl;

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static bool loaded = false;

static bool find(void *library, const char *name, void *slot) {
  void *found = dlsym(library, name);
  *(void **)slot = found;
  return found != NULL;
}

static bool find_all(void *library) {
  return find(library, "curl_global_init", &curl.global_init)
      && find(library, "curl_easy_init", &curl.easy_init)
      && find(library, "curl_easy_reset", &curl.easy_reset)
      && find(library, "curl_easy_cleanup", &curl.easy_cleanup)
      && find(library, "curl_easy_pause", &curl.easy_pause)
      && find(library, "curl_easy_setopt", &curl.easy_setopt)
      && find(library, "curl_easy_getinfo", &curl.easy_getinfo)
      && find(library, "curl_multi_init", &curl.multi_init)
      && find(library, "curl_multi_cleanup", &curl.multi_cleanup)
      && find(library, "curl_multi_setopt", &curl.multi_setopt)
      && find(library, "curl_multi_add_handle", &curl.multi_add_handle)
      && find(library, "curl_multi_remove_handle", &curl.multi_remove_handle)
      && find(library, "curl_multi_socket_action", &curl.multi_socket_action)
      && find(library, "curl_multi_info_read", &curl.multi_info_read)
      && find(library, "curl_slist_append", &curl.slist_append)
      && find(library, "curl_slist_free_all", &curl.slist_free_all)
      && find(library, "curl_url", &curl.url)
      && find(library, "curl_url_set", &curl.url_set)
      && find(library, "curl_url_cleanup", &curl.url_cleanup)
      && find(library, "curl_version_info", &curl.version_info);
}

static ccurl_loaded load_locked(const char *name) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return CCURL_ABSENT;
  // 7.80.0 brought CURLOPT_PREREQFUNCTION, without which a call might be sent twice in silence.
  if (!find_all(library) || curl.version_info(CURLVERSION_NOW)->version_num < 0x075000) {
    dlclose(library);
    return CCURL_TOO_OLD;
  }
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    dlclose(library);
    return CCURL_BROKEN;
  }
  loaded = true;
  return CCURL_LOADED;
}

ccurl_loaded ccurl_load(const char *name) {
  pthread_mutex_lock(&loading);
  ccurl_loaded result = loaded ? CCURL_LOADED : load_locked(name);
  pthread_mutex_unlock(&loading);
  return result;
}

CURL *ccurl_easy_init(void) { return curl.easy_init(); }
void ccurl_easy_reset(CURL *easy) { curl.easy_reset(easy); }
void ccurl_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }
CURLcode ccurl_easy_pause(CURL *easy, int mask) { return curl.easy_pause(easy, mask); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_bytes_function(CURL *easy, CURLoption option, ccurl_bytes_fn function) {
  return curl.easy_setopt(easy, option, function);
}
CURLcode ccurl_set_request_function(CURL *easy, ccurl_request_fn function) {
  return curl.easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
}
CURLcode ccurl_set_socket_functions(
    CURL *easy, curl_sockopt_callback on_open, curl_closesocket_callback on_close, void *context) {
  CURLcode result = curl.easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
  if (result == CURLE_OK) result = curl.easy_setopt(easy, CURLOPT_SOCKOPTDATA, context);
  if (result == CURLE_OK) result = curl.easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
  if (result == CURLE_OK) result = curl.easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
  return result;
}
CURLcode ccurl_info_long(CURL *easy, CURLINFO info, long *value) {
  return curl.easy_getinfo(easy, info, value);
}
CURLcode ccurl_info_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl.easy_getinfo(easy, info, value);
}

CURLM *ccurl_multi_init(void) { return curl.multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { (void)curl.multi_cleanup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl.multi_setopt(multi, option, value);
}
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return curl.multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) {
  return curl.multi_remove_handle(multi, easy);
}
CURLMcode ccurl_multi_tell(
    CURLM *multi, curl_socket_callback on_socket, curl_multi_timer_callback on_timer,
    void *context) {
  CURLMcode result = curl.multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  if (result == CURLM_OK) result = curl.multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  if (result == CURLM_OK) result = curl.multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  if (result == CURLM_OK) result = curl.multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return result;
}
void ccurl_multi_act(CURLM *multi, curl_socket_t socket, int bits) {
  int running = 0;
  (void)curl.multi_socket_action(multi, socket, bits, &running);
}

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl.multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *line) {
  return curl.slist_append(list, line);
}
void ccurl_list_free(struct curl_slist *list) { curl.slist_free_all(list); }

ccurl_url_read ccurl_url_take_apart(const char *text, CURLU **parts) {
  *parts = curl.url();
  if (*parts == NULL) return CCURL_URL_NO_MEMORY;
  CURLUcode code = curl.url_set(*parts, CURLUPART_URL, text, 0);
  if (code == CURLUE_OK) return CCURL_URL_READ;
  ccurl_url_free(*parts);
  *parts = NULL;
  return code == CURLUE_OUT_OF_MEMORY ? CCURL_URL_NO_MEMORY : CCURL_URL_MALFORMED;
}
void ccurl_url_free(CURLU *parts) { curl.url_cleanup(parts); }

struct ccurl_thread {
  pthread_t thread;
  void (*body)(void *);
  void *context;
};

static void *run(void *argument) {
  ccurl_thread *thread = argument;
  thread->body(thread->context);
  return NULL;
}

ccurl_thread *ccurl_thread_start(void (*body)(void *), void *context) {
  ccurl_thread *thread = malloc(sizeof *thread);
  if (thread == NULL) return NULL;
  thread->body = body;
  thread->context = context;
  // A new thread inherits the mask of the one that starts it.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int failed = pthread_create(&thread->thread, NULL, run, thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (failed) {
    free(thread);
    return NULL;
  }
  return thread;
}

void ccurl_thread_join(ccurl_thread *thread) {
  if (pthread_equal(thread->thread, pthread_self())) {
    pthread_detach(thread->thread);
  } else {
    pthread_join(thread->thread, NULL);
  }
  free(thread);
}
