#include "ccurlwatch.h"

#include "ccurl.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

// What is known of one descriptor; the bits are libcurl's CURL_POLL_IN and CURL_POLL_OUT.
typedef struct place {
  unsigned char registered;
  unsigned char wanted;
  // A connection's own socket: told of when it is closed, so its registration may stay between calls.
  bool is_connection;
} place;

struct ccurl_watch {
  CURLM *multi;
  place *places;
  int capacity;
  // When libcurl wants its timer looked at, in nanoseconds; -1 for never.
  int64_t due;
  // The read end and the write end; the same eventfd on Linux.
  int bell, ringer;
  int poller;
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static place *place_of(ccurl_watch *watch, int socket) {
  if (socket < 0) return NULL;
  if (socket >= watch->capacity) {
    int capacity = watch->capacity ? watch->capacity : 64;
    while (capacity <= socket) capacity *= 2;
    place *places = realloc(watch->places, (size_t)capacity * sizeof *places);
    if (places == NULL) return NULL;
    memset(places + watch->capacity, 0, (size_t)(capacity - watch->capacity) * sizeof *places);
    watch->places = places;
    watch->capacity = capacity;
  }
  return &watch->places[socket];
}

// MARK: The system's side

#ifdef __linux__

static void interest(ccurl_watch *watch, int socket, place *place, unsigned char bits) {
  struct epoll_event event = {.data.fd = socket};
  event.events = (bits & CURL_POLL_IN ? EPOLLIN : 0) | (bits & CURL_POLL_OUT ? EPOLLOUT : 0);
  if (bits == 0) {
    if (place->registered) (void)epoll_ctl(watch->poller, EPOLL_CTL_DEL, socket, &event);
  } else {
    int operation = place->registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    // What libcurl opened and closed without a word (its resolver's pipes) may not be as it was.
    if (epoll_ctl(watch->poller, operation, socket, &event) != 0) {
      operation = errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
      (void)epoll_ctl(watch->poller, operation, socket, &event);
    }
  }
  place->registered = bits;
}

static bool open_poller(ccurl_watch *watch) {
  watch->poller = epoll_create1(EPOLL_CLOEXEC);
  watch->bell = watch->ringer = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (watch->poller < 0 || watch->bell < 0) return false;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = watch->bell};
  return epoll_ctl(watch->poller, EPOLL_CTL_ADD, watch->bell, &event) == 0;
}

static void close_poller(ccurl_watch *watch) {
  if (watch->bell >= 0) close(watch->bell);
  if (watch->poller >= 0) close(watch->poller);
}

#else

static void interest(ccurl_watch *watch, int socket, place *place, unsigned char bits) {
  (void)watch;
  (void)socket;
  place->registered = bits;
}

static bool open_poller(ccurl_watch *watch) {
  int ends[2];
  watch->poller = watch->bell = watch->ringer = -1;
  if (pipe(ends) != 0) return false;
  watch->bell = ends[0];
  watch->ringer = ends[1];
  for (int i = 0; i < 2; i++) {
    (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  return true;
}

static void close_poller(ccurl_watch *watch) {
  if (watch->bell >= 0) close(watch->bell);
  if (watch->ringer >= 0) close(watch->ringer);
}

#endif

// MARK: What libcurl says

static int on_socket(CURL *easy, curl_socket_t socket, int what, void *context, void *unused) {
  (void)easy;
  (void)unused;
  ccurl_watch *watch = context;
  place *place = place_of(watch, (int)socket);
  if (place == NULL) return -1;
  place->wanted = what == CURL_POLL_REMOVE ? 0 : (unsigned char)(what & CURL_POLL_INOUT);
  if (place->wanted == place->registered || (place->wanted == 0 && place->is_connection)) return 0;
  interest(watch, (int)socket, place, place->wanted);
  return 0;
}

static int on_timer(CURLM *multi, long milliseconds, void *context) {
  (void)multi;
  ccurl_watch *watch = context;
  watch->due = milliseconds < 0 ? -1 : now() + (int64_t)milliseconds * 1000000;
  return 0;
}

static int on_open(void *context, curl_socket_t socket, curlsocktype purpose) {
  ccurl_watch *watch = context;
  place *place = place_of(watch, (int)socket);
  if (place != NULL) {
    memset(place, 0, sizeof *place);
    place->is_connection = purpose == CURLSOCKTYPE_IPCXN;
  }
  return CURL_SOCKOPT_OK;
}

static int on_close(void *context, curl_socket_t socket) {
  ccurl_watch *watch = context;
  place *place = place_of(watch, (int)socket);
  // The system forgets the registration with the descriptor.
  if (place != NULL) memset(place, 0, sizeof *place);
  return close(socket);
}

// MARK: What the driver says

ccurl_watch *ccurl_watch_make(CURLM *multi) {
  ccurl_watch *watch = calloc(1, sizeof *watch);
  if (watch == NULL) return NULL;
  watch->multi = multi;
  watch->due = -1;
  if (!open_poller(watch) || ccurl_multi_tell(multi, on_socket, on_timer, watch) != CURLM_OK) {
    ccurl_watch_free(watch);
    return NULL;
  }
  return watch;
}

void ccurl_watch_free(ccurl_watch *watch) {
  close_poller(watch);
  free(watch->places);
  free(watch);
}

CURLcode ccurl_watch_follow(ccurl_watch *watch, CURL *easy) {
  return ccurl_set_socket_functions(easy, on_open, on_close, watch);
}

void ccurl_watch_wake(ccurl_watch *watch) {
  uint64_t one = 1;
  ssize_t written = write(watch->ringer, &one, watch->bell == watch->ringer ? sizeof one : 1);
  // A bell that is full is ringing.
  (void)written;
}

static void hear(ccurl_watch *watch) {
  char bytes[64];
  ssize_t count = read(watch->bell, bytes, sizeof bytes);
  (void)count;
}

static void act(ccurl_watch *watch, int socket, int bits) {
  place *place = place_of(watch, socket);
  if (place == NULL) return;
  // A connection nobody uses: its end is noticed when it is to be used again.
  if (place->wanted == 0) return interest(watch, socket, place, 0);
  ccurl_multi_act(watch->multi, socket, bits);
}

static void act_on_timer(ccurl_watch *watch) {
  // An action may ask for the next one at once; the sockets come in between now and then.
  for (int turn = 0; turn < 4 && watch->due >= 0 && watch->due <= now(); turn++) {
    watch->due = -1;
    ccurl_multi_act(watch->multi, CURL_SOCKET_TIMEOUT, 0);
  }
}

static int patience(const ccurl_watch *watch, int milliseconds) {
  if (watch->due < 0) return milliseconds;
  int64_t rest = watch->due - now();
  if (rest <= 0) return 0;
  int64_t rounded_up = (rest + 999999) / 1000000;
  return rounded_up < milliseconds ? (int)rounded_up : milliseconds;
}

#ifdef __linux__

void ccurl_watch_wait(ccurl_watch *watch, int milliseconds) {
  act_on_timer(watch);
  struct epoll_event events[64];
  int count = epoll_wait(watch->poller, events, 64, patience(watch, milliseconds));
  for (int i = 0; i < count; i++) {
    if (events[i].data.fd == watch->bell) {
      hear(watch);
      continue;
    }
    int bits = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR) ? CURL_CSELECT_IN : 0)
        | (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
    act(watch, events[i].data.fd, bits);
  }
  act_on_timer(watch);
}

#else

void ccurl_watch_wait(ccurl_watch *watch, int milliseconds) {
  act_on_timer(watch);
  struct pollfd *asked = calloc((size_t)watch->capacity + 1, sizeof *asked);
  if (asked == NULL) return;
  nfds_t count = 0;
  asked[count++] = (struct pollfd){.fd = watch->bell, .events = POLLIN};
  for (int socket = 0; socket < watch->capacity; socket++) {
    unsigned char bits = watch->places[socket].registered;
    if (bits == 0) continue;
    short events = (bits & CURL_POLL_IN ? POLLIN : 0) | (bits & CURL_POLL_OUT ? POLLOUT : 0);
    asked[count++] = (struct pollfd){.fd = socket, .events = events};
  }
  if (poll(asked, count, patience(watch, milliseconds)) > 0) {
    if (asked[0].revents) hear(watch);
    for (nfds_t i = 1; i < count; i++) {
      if (asked[i].revents == 0) continue;
      int bits = (asked[i].revents & (POLLIN | POLLHUP | POLLERR) ? CURL_CSELECT_IN : 0)
          | (asked[i].revents & POLLOUT ? CURL_CSELECT_OUT : 0);
      act(watch, asked[i].fd, bits);
    }
  }
  free(asked);
  act_on_timer(watch);
}

#endif
