#include "machine_faults.h"

#ifdef __linux__

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// Every call below goes to the kernel by its number: nothing here can call itself.

struct record {
  uint32_t kind, file;
  int64_t offset;
  uint32_t size, call;
} __attribute__((packed));

enum plan { nothing, kill_before, kill_half, kill_after, fail_errno, fail_short };

// Descriptors from here on are not watched; no program tried has so many files.
#define DESCRIPTORS 65536

static const char *prefix, *folder_end;
static int trace = -1;
static enum plan plan;
static int plan_errno;
static unsigned plan_first, plan_count = 1;
static int64_t clock_offset;
static unsigned calls;
static unsigned files;
static uint32_t watched[DESCRIPTORS];

static void note(
    uint32_t kind, uint32_t file, int64_t offset, const void *data, size_t size, unsigned call) {
  if (trace < 0) return;
  struct record head = {kind, file, offset, (uint32_t)size, call};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, size}};
  syscall(SYS_writev, trace, parts, size > 0 ? 2 : 1);
}

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("RUNG_FAULT_CLOCK");
  if (text) clock_offset = atoll(text);
  prefix = getenv("RUNG_FAULT_FILES");
  if (!prefix) return;
  folder_end = strrchr(prefix, '/');
  text = getenv("RUNG_FAULT_TRACE");
  if (text)
    trace = (int)syscall(
        SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  text = getenv("RUNG_FAULT_PLAN");
  if (!text) return;
  static const struct { const char *word; enum plan plan; int number; } plans[] = {
    {"kill before ", kill_before, 0}, {"kill half ", kill_half, 0}, {"kill after ", kill_after, 0},
    {"fail ENOSPC ", fail_errno, ENOSPC}, {"fail EIO ", fail_errno, EIO},
    {"short ", fail_short, ENOSPC},
  };
  for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
    size_t length = strlen(plans[i].word);
    if (strncmp(text, plans[i].word, length) != 0) continue;
    plan = plans[i].plan;
    plan_errno = plans[i].number;
    char *rest = NULL;
    plan_first = (unsigned)strtoul(text + length, &rest, 10);
    if (rest && *rest == ' ') plan_count = (unsigned)strtoul(rest + 1, NULL, 10);
  }
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) syscall(SYS_sched_yield);
}

static uint32_t file_of(int fd) {
  return fd >= 0 && fd < DESCRIPTORS ? __atomic_load_n(&watched[fd], __ATOMIC_ACQUIRE) : 0;
}

static int is_watched(const char *path) {
  return prefix && path && strncmp(path, prefix, strlen(prefix)) == 0;
}

// What is to happen to a call: its number, and whether it is the one.
struct turn {
  unsigned call;
  int is_hit;
};

static struct turn take_turn(int is_output) {
  struct turn turn = {0, 0};
  int kills = plan == kill_before || plan == kill_half || plan == kill_after;
  if (is_output && !kills && plan != nothing) return turn;
  turn.call = __atomic_add_fetch(&calls, 1, __ATOMIC_ACQ_REL);
  turn.is_hit = plan != nothing && turn.call >= plan_first && turn.call - plan_first < plan_count;
  return turn;
}

// Dies before the call if that is planned. Returns the error the call is to fail with, or 0.
static int before(struct turn turn, uint32_t file) {
  if (!turn.is_hit) return 0;
  note(machine_fault, file, 0, NULL, 0, turn.call);
  if (plan == kill_before) die();
  return plan == fail_errno || (plan == fail_short && turn.call > plan_first) ? plan_errno : 0;
}

static void after(struct turn turn) {
  if (turn.is_hit && (plan == kill_after || plan == kill_half)) die();
}

static long failed(struct turn turn, uint32_t file, int number) {
  note(machine_failed, file, 0, NULL, 0, turn.call);
  errno = number;
  return -1;
}

// MARK: Opening and closing

static int open_file(int at, const char *path, int flags, mode_t mode) {
  if (!prefix) return (int)syscall(SYS_openat, at, path, flags, mode);
  char whole[PATH_MAX];
  const char *name = path;
  if (path && path[0] != '/' && at == AT_FDCWD && getcwd(whole, sizeof whole)) {
    size_t length = strlen(whole);
    if (length + strlen(path) + 2 < sizeof whole) {
      whole[length] = '/';
      strcpy(whole + length + 1, path);
      name = whole;
    }
  }
  int is_ours = is_watched(name);
  int is_folder = !is_ours && name && folder_end && folder_end > prefix &&
                  strncmp(name, prefix, (size_t)(folder_end - prefix)) == 0 &&
                  (name[folder_end - prefix] == 0 || strcmp(name + (folder_end - prefix), "/") == 0);
  if (!is_ours && !is_folder) return (int)syscall(SYS_openat, at, path, flags, mode);
  struct stat state;
  int is_new = (flags & O_CREAT) && syscall(SYS_newfstatat, at, path, &state, 0) != 0;
  struct turn turn = {0, 0};
  if (is_new || (is_ours && (flags & O_TRUNC))) {
    turn = take_turn(0);
    int number = before(turn, 0);
    if (number) return (int)failed(turn, 0, number);
  }
  uint32_t file = __atomic_add_fetch(&files, 1, __ATOMIC_ACQ_REL);
  note(machine_opened, file, is_new, name, strlen(name), turn.call);
  if (!is_new && (flags & O_TRUNC)) note(machine_truncated, file, 0, NULL, 0, turn.call);
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (fd >= 0 && fd < DESCRIPTORS) __atomic_store_n(&watched[fd], file, __ATOMIC_RELEASE);
  if (fd < 0 && turn.call) note(machine_failed, file, 0, NULL, 0, turn.call);
  if (turn.call) after(turn);
  return fd;
}

#define MODE(flags, last)                              \
  mode_t mode = 0;                                     \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
    va_list list;                                      \
    va_start(list, last);                              \
    mode = (mode_t)va_arg(list, int);                  \
    va_end(list);                                      \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_file(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_file(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_file(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_file(at, path, flags, mode);
}

int close(int fd) {
  if (fd >= 0 && fd < DESCRIPTORS) __atomic_store_n(&watched[fd], 0, __ATOMIC_RELEASE);
  return (int)syscall(SYS_close, fd);
}

// MARK: Writing

static ssize_t write_at(int fd, const void *bytes, size_t size, int64_t offset, int is_placed) {
  uint32_t file = file_of(fd);
  int is_output = prefix && fd == STDOUT_FILENO;
  if (!file && !is_output)
    return is_placed ? syscall(SYS_pwrite64, fd, bytes, size, offset)
                     : syscall(SYS_write, fd, bytes, size);
  struct turn turn = take_turn(is_output);
  int number = before(turn, file);
  if (number) return failed(turn, file, number);
  int is_cut = turn.is_hit && (plan == kill_half || plan == fail_short) && size > 1;
  if (is_cut) size /= 2;
  if (!is_placed && !is_output) {
    int flags = (int)syscall(SYS_fcntl, fd, F_GETFL);
    offset = syscall(SYS_lseek, fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
  }
  note(is_output ? machine_said : machine_wrote, file, offset, bytes, size, turn.call);
  ssize_t done = is_placed ? syscall(SYS_pwrite64, fd, bytes, size, offset)
                           : syscall(SYS_write, fd, bytes, size);
  if (done != (ssize_t)size) note(machine_failed, file, 0, NULL, 0, turn.call);
  after(turn);
  return done;
}

ssize_t write(int fd, const void *bytes, size_t size) { return write_at(fd, bytes, size, 0, 0); }

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
  return write_at(fd, bytes, size, offset, 1);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
  return write_at(fd, bytes, size, offset, 1);
}

// The first part alone is a short write, which callers of writev must expect.
ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!file_of(fd) && !(prefix && fd == STDOUT_FILENO))
    return syscall(SYS_writev, fd, parts, count);
  for (int i = 0; i < count; i++)
    if (parts[i].iov_len > 0) return write_at(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
  return 0;
}

static int truncate_file(int fd, int64_t size) {
  uint32_t file = file_of(fd);
  if (!file) return (int)syscall(SYS_ftruncate, fd, size);
  struct turn turn = take_turn(0);
  int number = before(turn, file);
  if (number) return (int)failed(turn, file, number);
  note(machine_truncated, file, size, NULL, 0, turn.call);
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (result != 0) note(machine_failed, file, 0, NULL, 0, turn.call);
  after(turn);
  return result;
}

int ftruncate(int fd, off_t size) { return truncate_file(fd, size); }
int ftruncate64(int fd, off64_t size) { return truncate_file(fd, size); }

void *mmap64(void *where, size_t size, int protection, int flags, int fd, off64_t offset) {
  uint32_t file = fd >= 0 ? file_of(fd) : 0;
  if (file && (protection & PROT_WRITE) && (flags & MAP_SHARED))
    note(machine_mapped, file, offset, NULL, 0, 0);
  return (void *)syscall(SYS_mmap, where, size, protection, flags, fd, offset);
}

void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t offset) {
  return mmap64(where, size, protection, flags, fd, offset);
}

// MARK: Syncing

static int sync_file(int fd, long number_of_call) {
  uint32_t file = file_of(fd);
  if (!file) return (int)syscall(number_of_call, fd);
  struct turn turn = take_turn(0);
  int number = before(turn, file);
  if (number) return (int)failed(turn, file, number);
  note(machine_sync_began, file, 0, NULL, 0, turn.call);
  int result = (int)syscall(number_of_call, fd);
  note(result == 0 ? machine_sync_ended : machine_failed, file, 0, NULL, 0, turn.call);
  after(turn);
  return result;
}

int fsync(int fd) { return sync_file(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }

// MARK: Names

static int unlink_file(int at, const char *path, int flags) {
  if (!is_watched(path)) return (int)syscall(SYS_unlinkat, at, path, flags);
  struct turn turn = take_turn(0);
  int number = before(turn, 0);
  if (number) return (int)failed(turn, 0, number);
  int result = (int)syscall(SYS_unlinkat, at, path, flags);
  if (result == 0) note(machine_unlinked, 0, 0, path, strlen(path), turn.call);
  after(turn);
  return result;
}

int unlink(const char *path) { return unlink_file(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return unlink_file(at, path, flags); }

int rename(const char *from, const char *to) {
  if (!is_watched(from) && !is_watched(to))
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  struct turn turn = take_turn(0);
  int number = before(turn, 0);
  if (number) return (int)failed(turn, 0, number);
  char both[2 * PATH_MAX];
  size_t first = strlen(from) + 1, second = strlen(to);
  if (first + second <= sizeof both) {
    memcpy(both, from, first);
    memcpy(both + first, to, second);
    note(machine_renamed, 0, 0, both, first + second, turn.call);
  }
  int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (result != 0) note(machine_failed, 0, 0, NULL, 0, turn.call);
  after(turn);
  return result;
}

// MARK: The time of day

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = (int)syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && clock_offset != 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    int64_t nanoseconds = time->tv_nsec + clock_offset % 1000 * 1000000;
    time->tv_sec += clock_offset / 1000 + nanoseconds / 1000000000;
    time->tv_nsec = nanoseconds % 1000000000;
  }
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  int result = clock_gettime(CLOCK_REALTIME, &precise);
  time->tv_sec = precise.tv_sec;
  time->tv_usec = precise.tv_nsec / 1000;
  return result;
}

time_t time(time_t *place) {
  struct timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (place) *place = precise.tv_sec;
  return precise.tv_sec;
}

// MARK: Names of machines

int getaddrinfo(
    const char *name, const char *service, const struct addrinfo *hints,
    struct addrinfo **result) {
  static const char nobody[] = ".invalid";
  const char *text = getenv("RUNG_FAULT_NAMES");
  size_t length = name ? strlen(name) : 0, end = sizeof nobody - 1;
  if (text && length > end && strcmp(name + length - end, nobody) == 0) {
    int64_t wait = atoll(text);
    struct timespec left = {wait / 1000, wait % 1000 * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
    return EAI_NONAME;
  }
  int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
  *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
  return real ? real(name, service, hints, result) : EAI_SYSTEM;
}

#endif
