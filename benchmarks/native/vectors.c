/*
 * The native yardstick of the vectors benchmark: one-pass SGD of a quadratic network with p neurons on the sphere,
 * with d-dimensional vectors, w_* = (1, ..., 1) and no label noise,
 *
 *   E = l_*^2 - (1/p) sum_j l_j^2,   w_j <- (w_j + (2 gamma/p) E l_j x) / norm,   l_j = w_j.x, x ~ N(0, I/d)
 *
 * as the library does it: x from Philox4x32-10 and Box-Muller, the order parameters by their exact recursion and every
 * 256 steps from the vectors.
 *
 * usage: vectors WIDTH DIMENSION STEPS RATE KEY0 KEY1     prints: final excess risk, user CPU seconds
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include "philox.h"

enum { REFRESH = 256, START = 1, DATA = 4, BLOCK = 2 };

static double *vector(size_t length) {
  double *v = calloc(length, sizeof *v);
  if (!v) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return v;
}

static double dot(int n, const double *restrict x, const double *restrict y) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += x[i] * y[i];
  return sum;
}

/* m and the full matrix Q from the vectors. */
static void refresh(int p, int d, const double *w, double *m, double *q) {
  for (int j = 0; j < p; j++) {
    double sum = 0;
    for (int i = 0; i < d; i++) sum += w[j * d + i];
    m[j] = sum / d;
    for (int l = 0; l < p; l++) q[j * p + l] = dot(d, w + j * d, w + l * d) / d;
  }
}

static double excess_risk(int p, const double *m, const double *q) {
  double trace = 1, square = 1;
  for (int j = 0; j < p; j++) {
    trace -= q[j * p + j] / p;
    square -= 2 * m[j] * m[j] / p;
    for (int l = 0; l < p; l++) square += q[j * p + l] * q[j * p + l] / (p * p);
  }
  return 0.5 * (trace * trace + 2 * square);
}

int main(int count, char **words) {
  if (count != 7) {
    fputs("usage: vectors WIDTH DIMENSION STEPS RATE KEY0 KEY1\n", stderr);
    return 2;
  }
  const int p = atoi(words[1]), d = atoi(words[2]), steps = atoi(words[3]);
  const double rate = 2 * atof(words[4]) / p, root = sqrt(d);
  const uint32_t key0 = strtoul(words[5], NULL, 10), key1 = strtoul(words[6], NULL, 10);
  Stream start = {.key = {key0, key1}, .purpose = START, .block = BLOCK};
  Stream data = {.key = {key0, key1}, .purpose = DATA, .block = BLOCK};
  double *w = vector((size_t)p * d), *x = vector(d), *m = vector(p), *q = vector(p * p);
  double *field = vector(p), *push = vector(p), *scale = vector(p);

  fill_normal(&start, w, p * d);
  for (int j = 0; j < p; j++) {
    const double norm = sqrt(dot(d, w + j * d, w + j * d));
    for (int i = 0; i < d; i++) w[j * d + i] *= root / norm;
  }
  refresh(p, d, w, m, q);

  for (int step = 1; step <= steps; step++) {
    fill_normal(&data, x, d);
    double target = 0, square = 0;
    for (int i = 0; i < d; i++) {
      target += x[i];
      square += x[i] * x[i];
    }
    target /= root;
    square /= d;
    double displacement = target * target;
    for (int j = 0; j < p; j++) {
      field[j] = dot(d, w + j * d, x) / root;
      displacement -= field[j] * field[j] / p;
    }
    for (int j = 0; j < p; j++) {
      push[j] = rate * displacement * field[j];
      scale[j] = 1 / sqrt(q[j * p + j] + push[j] / d * (2 * field[j] + push[j] * square));
    }
    for (int j = 0; j < p; j++) {
      m[j] = scale[j] * (m[j] + push[j] * target / d);
      for (int l = 0; l < p; l++) {
        const double change = push[j] * field[l] + push[l] * field[j] + push[j] * push[l] * square;
        q[j * p + l] = scale[j] * scale[l] * (q[j * p + l] + change / d);
      }
    }
    for (int j = 0; j < p; j++) {
      const double shift = scale[j] * push[j] / root;
      double *restrict row = w + j * d;
      for (int i = 0; i < d; i++) row[i] = scale[j] * row[i] + shift * x[i];
    }
    if (step % REFRESH == 0) refresh(p, d, w, m, q);
  }

  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%.17g %.6f\n", excess_risk(p, m, q), usage.ru_utime.tv_sec + usage.ru_utime.tv_usec * 1e-6);
  return 0;
}
