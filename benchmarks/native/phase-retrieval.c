/*
 * The native yardstick of the phase-retrieval benchmark: gradient descent on |w|^2 = N for the cost
 * v(h, h0) = (h^2 - h0^2)^2 / 4 of M Gaussian measurements,
 *
 *   h = X w,   w <- w - eta X^T v'(h, h0),   w <- w sqrt(N) / |w|,   X_mu = xi_mu / sqrt(N)
 *
 * with the data in single precision, as the library does it: X, w0 and the start from Philox4x32-10 and Box-Muller. A row
 * of X goes through both products while it is in the cache; dot products in 16 lanes.
 *
 * usage: phase-retrieval N M STEPS RATE OVERLAP KEY0 KEY1     prints: final loss per sample, user CPU seconds of the steps
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "philox.h"

enum { START = 1, DATA = 4, LANES = 16 };

static void *memory(size_t bytes) {
  void *v = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!v) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  memset(v, 0, bytes);
  return v;
}

static double dot_doubles(int n, const double *a, const double *b) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

static void project(int n, double *w) {
  const double scale = sqrt(n / dot_doubles(n, w, w));
  for (int i = 0; i < n; i++) w[i] *= scale;
}

static inline float dot(int n, const float *restrict row, const float *restrict w) {
  float lane[LANES] = {0};
  int i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lane[l] += row[i + l] * w[i + l];
  float sum = 0;
  for (; i < n; i++) sum += row[i] * w[i];
  for (int l = 0; l < LANES; l++) sum += lane[l];
  return sum;
}

static inline void add(int n, float weight, const float *restrict row, float *restrict sums) {
  for (int i = 0; i < n; i++) sums[i] += weight * row[i];
}

static double user_seconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + 1e-6 * used.ru_utime.tv_usec;
}

int main(int count, char **words) {
  if (count != 8) {
    fputs("usage: phase-retrieval N M STEPS RATE OVERLAP KEY0 KEY1\n", stderr);
    return 2;
  }
  const int n = atoi(words[1]), m = atoi(words[2]), steps = atoi(words[3]);
  const double rate = atof(words[4]), overlap = atof(words[5]);
  const uint32_t key0 = strtoul(words[6], 0, 10), key1 = strtoul(words[7], 0, 10);
  float *x = memory(4 * (size_t)n * m), *single = memory(4 * n), *gradient = memory(4 * n);
  double *signal = memory(8 * n), *w = memory(8 * n), *row = memory(8 * n), *labels = memory(8 * m);

  Stream data = {.key = {key0, key1}, .purpose = DATA, .block = 0};
  Stream ofSignal = {.key = {key0, key1}, .purpose = DATA, .block = 1};
  Stream ofStart = {.key = {key0, key1}, .purpose = START};
  fill_normal(&ofSignal, signal, n);
  project(n, signal);
  for (int i = 0; i < n; i++) single[i] = signal[i];
  for (int mu = 0; mu < m; mu++) {
    fill_normal(&data, row, n);
    for (int i = 0; i < n; i++) x[(size_t)mu * n + i] = row[i] * (1 / sqrt(n));
    labels[mu] = dot(n, x + (size_t)mu * n, single);
  }
  fill_normal(&ofStart, w, n);
  const double a = dot_doubles(n, w, w) / n, b = overlap * dot_doubles(n, w, signal) / n;
  const double c = (sqrt(b * b + a * (1 - overlap * overlap)) - b) / a;
  for (int i = 0; i < n; i++) w[i] = overlap * signal[i] + c * w[i];

  const double start = user_seconds();
  double loss = 0;
  for (int step = 0; step <= steps; step++) {
    for (int i = 0; i < n; i++) single[i] = w[i];
    memset(gradient, 0, 4 * n);
    loss = 0;
    for (int mu = 0; mu < m; mu++) {
      const float *measured = x + (size_t)mu * n;
      const double h = dot(n, measured, single), h0 = labels[mu], difference = h * h - h0 * h0;
      loss += 0.25 * difference * difference;
      add(n, h * difference, measured, gradient);
    }
    if (step == steps) break;
    for (int i = 0; i < n; i++) w[i] -= rate * gradient[i];
    project(n, w);
  }
  printf("%.17g %.9f\n", loss / m, user_seconds() - start);
  return 0;
}
