/*
 * The native yardstick of the normals: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC'11) and the transform of Box
 * and Muller by the C library's functions, two numbers a draw, from the counters (i, 3, 4, 5) and the key (1, 2).
 *
 * usage: normals COUNT REPEATS     prints: mean square, user CPU seconds of one run
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static inline void philox(uint32_t first, uint32_t words[4]) {
  uint32_t c0 = first, c1 = 3, c2 = 4, c3 = 5, k0 = 1, k1 = 2;
#pragma GCC unroll 10
  for (int round = 0; round < 10; round++) {
    const uint64_t p0 = (uint64_t)0xd2511f53u * c0, p1 = (uint64_t)0xcd9e8d57u * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p0;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

static double uniform(uint32_t high, uint32_t low) { return ((high >> 5) * 67108864.0 + (low >> 6)) * 0x1p-53; }

static void fill(long count, double *out) {
  for (long i = 0; i + 1 < count; i += 2) {
    uint32_t words[4];
    philox((uint32_t)(i / 2), words);
    const double radius = sqrt(-2 * log(1 - uniform(words[0], words[1])));
    double sine, cosine;
    sincos(6.283185307179586 * uniform(words[2], words[3]), &sine, &cosine);
    out[i] = radius * cosine;
    out[i + 1] = radius * sine;
  }
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
