/*
 * The native yardstick of the normals, from the counters (i, 3, 4, 5) and the key (1, 2).
 *
 * usage: normals COUNT REPEATS (COUNT even)     prints: mean square, user CPU seconds of one run
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include "philox.h"

static void fill(long count, double *out) {
  Stream stream = {.key = {1, 2}, .purpose = 3, .sample = 4, .block = 5};
  fill_normal(&stream, out, count);
}

static double user_seconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + 1e-6 * used.ru_utime.tv_usec;
}

int main(int count, char **words) {
  const long length = count > 1 ? atol(words[1]) : 0;
  const int repeats = count > 2 ? atoi(words[2]) : 0;
  double *out = length > 0 ? calloc(length, sizeof *out) : NULL;
  if (!out || repeats < 1) {
    fputs("usage: normals COUNT REPEATS\n", stderr);
    return 2;
  }
  /* The first run warms up. */
  fill(length, out);
  const double start = user_seconds();
  for (int run = 0; run < repeats; run++) fill(length, out);
  const double seconds = (user_seconds() - start) / repeats;
  double sum = 0;
  for (long i = 0; i < length; i++) sum += out[i] * out[i];
  printf("%.17g %.9f\n", sum / length, seconds);
  return 0;
}
