/*
 * Streams of normals as the library draws them: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC'11) of the counters
 * (draw, purpose, sample, block), and the transform of Box and Muller by the C library's functions.
 */
#pragma once
#include <math.h>
#include <stdint.h>

typedef struct {
  uint32_t key[2], purpose, sample, block, next;
} Stream;

static inline void philox(const Stream *stream, uint32_t draw, uint32_t words[4]) {
  uint32_t c0 = draw, c1 = stream->purpose, c2 = stream->sample, c3 = stream->block;
  uint32_t k0 = stream->key[0], k1 = stream->key[1];
#pragma GCC unroll 10
  for (int round = 0; round < 10; round++) {
    const uint64_t a = (uint64_t)0xd2511f53u * c0, b = (uint64_t)0xcd9e8d57u * c2;
    c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)b;
    c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)a;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

static inline double uniform(uint32_t high, uint32_t low) {
  return ((high >> 5) * 67108864.0 + (low >> 6)) * 0x1p-53;
}

/* The next `count` normals, an even number: two a draw. */
static inline void fill_normal(Stream *stream, double *out, long count) {
  uint32_t words[4];
  for (long i = 0; i < count; i += 2) {
    philox(stream, stream->next++, words);
    const double radius = sqrt(-2 * log(1 - uniform(words[0], words[1])));
    const double angle = 2 * M_PI * uniform(words[2], words[3]);
    out[i] = radius * cos(angle);
    out[i + 1] = radius * sin(angle);
  }
}
