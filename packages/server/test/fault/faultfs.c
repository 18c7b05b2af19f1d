/*
 * Makes the storage of a process misbehave on command. Loaded with LD_PRELOAD.
 *
 *   FAULT_MATCH    only descriptors whose path contains this (".db")
 *   FAULT_EXCEPT   none whose path contains this
 *   FAULT_SYNC_US  how long every sync takes, in microseconds
 *   FAULT_CONTROL  a file of six 32-bit numbers that both sides map into memory, to change at any time (see faulty-disk.ts):
 *                  in:  0 errno of every sync (0: works)   1 errno of every write (0: works)   2 length of a sync in microseconds
 *                  out: 3 syncs   4 writes   5 refusals, counted since the file was made
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

struct control {
  _Atomic int sync_errno, write_errno, sync_us, syncs, writes, refusals;
};

static struct control without_file, *control = &without_file;
static const char *match = ".db", *except;

#define REAL(result, name, ...)                                \
  static result (*real)(__VA_ARGS__);                          \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULT_CONTROL"), *sync_us = getenv("FAULT_SYNC_US");
  if (getenv("FAULT_MATCH")) match = getenv("FAULT_MATCH");
  except = getenv("FAULT_EXCEPT");
  if (path) {
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    void *mapped = descriptor < 0 ? MAP_FAILED : mmap(0, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (mapped == MAP_FAILED) {
      fprintf(stderr, "faultfs: %s: %s\n", path, strerror(errno));
      _exit(86);
    }
    close(descriptor);
    control = mapped;
  }
  if (sync_us) control->sync_us = atoi(sync_us);
}

static int is_ours(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, match) && !(except && strstr(path, except));
}

static int refuse(int error) {
  control->refusals++;
  errno = error;
  return -1;
}

static int sync_fault(int descriptor) {
  if (!is_ours(descriptor)) return 0;
  control->syncs++;
  if (control->sync_us) usleep(control->sync_us);
  return control->sync_errno ? refuse(control->sync_errno) : 0;
}

static int write_fault(int descriptor) {
  if (!is_ours(descriptor)) return 0;
  control->writes++;
  return control->write_errno ? refuse(control->write_errno) : 0;
}

int fsync(int descriptor) {
  REAL(int, "fsync", int);
  return sync_fault(descriptor) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
  REAL(int, "fdatasync", int);
  return sync_fault(descriptor) ? -1 : real(descriptor);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  return write_fault(descriptor) ? -1 : real(descriptor, bytes, length, at);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t at) { return pwrite64(descriptor, bytes, length, at); }

/* Through here go the files that Node writes; sockets and pipes do too, so a cheap question comes first. */
ssize_t write(int descriptor, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (control->write_errno && write_fault(descriptor)) return -1;
  return real(descriptor, bytes, length);
}
