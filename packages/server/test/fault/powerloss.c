/*
 * Records everything a process does to the files below one folder, so that a test can build what a power cut would have left of
 * them. Loaded with LD_PRELOAD; nothing of the process is changed but that syncs are recorded instead of waited for.
 *
 *   POWERLOSS_ROOT       the folder (absolute, without links); POWERLOSS_LOG the file to append the record to
 *   POWERLOSS_CUT_AFTER  the process kills itself right before the operation after this many (0 or unset: never)
 *   POWERLOSS_SYNC_US    how long a sync takes, in microseconds
 *
 * The record is a sequence of { u32 operation, u32 file, u64 offset, u64 length } and `length` bytes; see model-disk.ts, which reads
 * it. Each operation is recorded under one lock in the order in which it happened. A change is recorded after it was made and before
 * its caller knows: a process that is killed in between leaves a change out that it told nobody about.
 *
 * Left out: `-shm` files, which SQLite rebuilds whenever it opens a database that nobody has open.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum operation { FOUND = 1, CREATED, WRITTEN, TRUNCATED, SYNCED, UNLINKED, RENAMED, FOLDER_SYNCED, FOLDER_MADE, UNMODELLED };

struct header {
  uint32_t operation, file;
  uint64_t offset, length;
};

struct file {
  dev_t device;
  ino_t inode;
  int is_folder, is_gone;
  char path[PATH_MAX];
};

#define MOST_DESCRIPTORS 65536
#define MOST_FILES 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int log_descriptor = -1;
static uint64_t recorded, cut_after;
static long sync_us;
static struct file files[MOST_FILES];
static uint32_t file_count;
/* Which file a descriptor was opened for. It may be out of date: Node closes by bare system calls. So it is checked before use. */
static uint32_t opened_for[MOST_DESCRIPTORS];

#define REAL(result, name, ...)                                \
  static result (*real)(__VA_ARGS__);                          \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void die(const char *what) {
  dprintf(2, "powerloss: %s: %s\n", what, strerror(errno));
  _exit(86);
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("POWERLOSS_ROOT"), *log = getenv("POWERLOSS_LOG");
  const char *cut = getenv("POWERLOSS_CUT_AFTER"), *delay = getenv("POWERLOSS_SYNC_US");
  if (!folder || !log) return;
  snprintf(root, sizeof root, "%s/", folder);
  root_length = strlen(root);
  cut_after = cut ? strtoull(cut, 0, 10) : 0;
  sync_us = delay ? atol(delay) : 0;
  log_descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log_descriptor < 0) die(log);
  file_count = 1; /* 0 means none */
}

/* The path below the root, or null when it is not ours. */
static const char *below_root(const char *path) {
  static __thread char absolute[PATH_MAX * 2];
  if (log_descriptor < 0 || !path) return 0;
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return 0;
    snprintf(absolute, sizeof absolute, "%s/%s", here, path);
    path = absolute;
  }
  size_t length = strlen(path);
  if (length == root_length - 1 && !strncmp(path, root, length)) return "";
  if (strncmp(path, root, root_length)) return 0;
  if (length > 4 && !strcmp(path + length - 4, "-shm")) return 0;
  return path + root_length;
}

static void append(const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  ssize_t whole = 0;
  for (int i = 0; i < count; i++) whole += parts[i].iov_len;
  if (real(log_descriptor, parts, count) != whole) die("the record cannot be written");
}

/* With the lock held. The cut comes before the change that would be the next: called first by whoever is about to make one. */
static void cut_if_due(void) {
  if (cut_after && recorded >= cut_after) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
}

static void record(enum operation operation, uint32_t file, uint64_t offset, const void *bytes, uint64_t length) {
  struct header header = {operation, file, offset, length};
  struct iovec parts[2] = {{&header, sizeof header}, {(void *)bytes, length}};
  append(parts, length ? 2 : 1);
  recorded++;
}

static void record_name(enum operation operation, uint32_t file, const char *path) {
  record(operation, file, 0, path, strlen(path));
}

/* A change that the model knows nothing of makes the whole record worthless: whoever reads it must see that. */
static void record_unmodelled(const char *what, const char *path) {
  char text[PATH_MAX + 64];
  snprintf(text, sizeof text, "%s %s", what, path);
  pthread_mutex_lock(&lock);
  record_name(UNMODELLED, 0, text);
  pthread_mutex_unlock(&lock);
}

static uint32_t number_of(const struct stat *status) {
  for (uint32_t i = file_count; i-- > 1;)
    if (!files[i].is_gone && files[i].inode == status->st_ino && files[i].device == status->st_dev) return i;
  return 0;
}

/* With the lock held, right after an open. */
static void note_open(int descriptor, const char *path, int was_there) {
  struct stat status;
  if (descriptor >= MOST_DESCRIPTORS) die("too many descriptors");
  opened_for[descriptor] = 0;
  if (!path || fstat(descriptor, &status)) return;
  int is_folder = S_ISDIR(status.st_mode);
  if (!is_folder && !S_ISREG(status.st_mode)) return;
  uint32_t number = number_of(&status);
  if (!number) {
    if (file_count == MOST_FILES) die("too many files");
    number = file_count++;
    files[number] = (struct file){status.st_dev, status.st_ino, is_folder, 0, ""};
    snprintf(files[number].path, sizeof files[number].path, "%s", path);
    if (!is_folder) record_name(was_there ? FOUND : CREATED, number, path);
  }
  opened_for[descriptor] = number;
}

/* The file that a descriptor stands for now, if it is one of ours. */
static uint32_t file_of(int descriptor) {
  if (log_descriptor < 0 || descriptor < 0 || descriptor >= MOST_DESCRIPTORS) return 0;
  uint32_t number = opened_for[descriptor];
  struct stat status;
  if (!number || fstat(descriptor, &status)) return 0;
  return status.st_ino == files[number].inode && status.st_dev == files[number].device ? number : 0;
}

static int open_and_note(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
  if (log_descriptor < 0) return real(path, flags, mode);
  const char *name = below_root(path);
  struct stat status;
  pthread_mutex_lock(&lock);
  int was_there = name && !stat(path, &status);
  if (name && (flags & O_CREAT) && !was_there) cut_if_due();
  int descriptor = real(path, flags, mode);
  int error = errno;
  if (descriptor >= 0) {
    note_open(descriptor, name, was_there);
    if (opened_for[descriptor] && was_there && (flags & O_TRUNC)) record(TRUNCATED, opened_for[descriptor], 0, 0, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return descriptor;
}

#define MODE_OF(flags)                                         \
  mode_t mode = 0;                                             \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {                     \
    va_list rest;                                              \
    va_start(rest, flags);                                     \
    mode = va_arg(rest, mode_t);                               \
    va_end(rest);                                              \
  }

int open(const char *path, int flags, ...) {
  REAL(int, "open", const char *, int, ...);
  MODE_OF(flags)
  return open_and_note(real, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  MODE_OF(flags)
  return open_and_note(real, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  REAL(int, "openat", int, const char *, int, ...);
  MODE_OF(flags)
  if (folder != AT_FDCWD && (flags & O_ACCMODE) != O_RDONLY && file_of(folder)) record_unmodelled("openat", path);
  return real(folder, path, flags, mode);
}

/* `at` -1: where the descriptor stands, which is asked for before the write (or the end, for appending). */
static off_t place_of(int descriptor, off_t at) {
  if (at >= 0) return at;
  if (fcntl(descriptor, F_GETFL) & O_APPEND) return lseek(descriptor, 0, SEEK_END);
  return lseek(descriptor, 0, SEEK_CUR);
}

static void record_write(uint32_t file, off_t at, const struct iovec *parts, int count, ssize_t written) {
  for (int i = 0; i < count && written > 0; i++) {
    size_t length = parts[i].iov_len < (size_t)written ? parts[i].iov_len : (size_t)written;
    record(WRITTEN, file, at, parts[i].iov_base, length);
    at += length;
    written -= length;
  }
}

#define RECORDED_WRITE(descriptor, at, parts, count, call)     \
  if (!file_of(descriptor)) return call;                       \
  pthread_mutex_lock(&lock);                                   \
  cut_if_due();                                                \
  off_t place = place_of(descriptor, at);                      \
  ssize_t written = call;                                      \
  int error = errno;                                           \
  record_write(file_of(descriptor), place, parts, count, written); \
  pthread_mutex_unlock(&lock);                                 \
  errno = error;                                               \
  return written

ssize_t write(int descriptor, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  struct iovec part = {(void *)bytes, length};
  RECORDED_WRITE(descriptor, -1, &part, 1, real(descriptor, bytes, length));
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  RECORDED_WRITE(descriptor, -1, parts, count, real(descriptor, parts, count));
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  struct iovec part = {(void *)bytes, length};
  RECORDED_WRITE(descriptor, at, &part, 1, real(descriptor, bytes, length, at));
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t at) { return pwrite64(descriptor, bytes, length, at); }

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t at) {
  REAL(ssize_t, "pwritev", int, const struct iovec *, int, off_t);
  RECORDED_WRITE(descriptor, at, parts, count, real(descriptor, parts, count, at));
}

int ftruncate64(int descriptor, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  if (!file_of(descriptor)) return real(descriptor, length);
  pthread_mutex_lock(&lock);
  cut_if_due();
  int result = real(descriptor, length);
  int error = errno;
  if (!result) record(TRUNCATED, file_of(descriptor), length, 0, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

/* What was written while the sync was under way is not promised: the record says how far the sync reaches. */
static int record_sync(int descriptor) {
  pthread_mutex_lock(&lock);
  uint64_t reach = recorded;
  pthread_mutex_unlock(&lock);
  if (sync_us) usleep(sync_us);
  pthread_mutex_lock(&lock);
  cut_if_due();
  uint32_t number = file_of(descriptor);
  if (files[number].is_folder) record(FOLDER_SYNCED, number, reach, files[number].path, strlen(files[number].path));
  else record(SYNCED, number, reach, 0, 0);
  pthread_mutex_unlock(&lock);
  return 0;
}

int fsync(int descriptor) {
  REAL(int, "fsync", int);
  return file_of(descriptor) ? record_sync(descriptor) : real(descriptor);
}

int fdatasync(int descriptor) {
  REAL(int, "fdatasync", int);
  return file_of(descriptor) ? record_sync(descriptor) : real(descriptor);
}

/* The file of this name, if it is one of ours; 0 otherwise. */
static uint32_t file_named(const char *path) {
  struct stat status;
  if (lstat(path, &status)) return 0;
  uint32_t number = number_of(&status);
  return files[number].is_folder ? 0 : number;
}

/* It has lost its name: its inode may be given to another. */
static void note_gone(uint32_t number) { files[number].is_gone = 1; }

static int unlink_and_note(int (*real)(const char *), const char *path) {
  const char *name = below_root(path);
  struct stat status;
  if (!name || lstat(path, &status) || S_ISDIR(status.st_mode)) return real(path);
  pthread_mutex_lock(&lock);
  cut_if_due();
  uint32_t number = file_named(path);
  int result = real(path);
  int error = errno;
  if (!result) {
    note_gone(number);
    record_name(UNLINKED, 0, name);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  return unlink_and_note(real, path);
}

int remove(const char *path) {
  REAL(int, "remove", const char *);
  return unlink_and_note(real, path);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  const char *target = below_root(to);
  char names[PATH_MAX * 2 + 2];
  size_t target_length = target ? strlen(target) : 0;
  if (target) memcpy(names, target, target_length + 1);
  const char *source = below_root(from);
  if (!source && !target) return real(from, to);
  if (!source || !target) {
    record_unmodelled("rename across the root", to);
    return real(from, to);
  }
  size_t source_length = strlen(source);
  memmove(names + source_length + 1, names, target_length);
  memcpy(names, source, source_length + 1);
  pthread_mutex_lock(&lock);
  cut_if_due();
  uint32_t replaced = file_named(to);
  int result = real(from, to);
  int error = errno;
  if (!result) note_gone(replaced);
  if (!result) record(RENAMED, 0, 0, names, source_length + 1 + target_length);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  const char *name = below_root(path);
  if (!name) return real(path, mode);
  pthread_mutex_lock(&lock);
  cut_if_due();
  int result = real(path, mode);
  int error = errno;
  if (!result) record_name(FOLDER_MADE, 0, name);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

#define NOT_MODELLED(name, path, parameters, types, arguments) \
  int name parameters {                                        \
    REAL(int, #name, types);                                   \
    if (below_root(path)) record_unmodelled(#name, path);      \
    return real arguments;                                     \
  }
#define TYPES(...) __VA_ARGS__

NOT_MODELLED(truncate64, path, (const char *path, off64_t length), TYPES(const char *, off64_t), (path, length))
NOT_MODELLED(truncate, path, (const char *path, off_t length), TYPES(const char *, off_t), (path, length))
NOT_MODELLED(link, to, (const char *from, const char *to), TYPES(const char *, const char *), (from, to))
NOT_MODELLED(symlink, to, (const char *from, const char *to), TYPES(const char *, const char *), (from, to))
NOT_MODELLED(unlinkat, path, (int folder, const char *path, int flags), TYPES(int, const char *, int), (folder, path, flags))
NOT_MODELLED(rmdir, path, (const char *path), TYPES(const char *), (path))
