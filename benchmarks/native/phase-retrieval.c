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

enum { START = 1, DATA = 4, LANES = 16 };

typedef struct {
  uint32_t key[2], purpose, block, next;
} Stream;

static void *memory(size_t bytes) {
  void *v = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!v) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  memset(v, 0, bytes);
  return v;
}

static inline void philox(const Stream *stream, uint32_t draw, uint32_t out[4]) {
  uint32_t c0 = draw, c1 = stream->purpose, c2 = 0, c3 = stream->block;
  uint32_t k0 = stream->key[0], k1 = stream->key[1];
  for (int round = 0; round < 10; round++) {
    const uint64_t a = (uint64_t)0xd2511f53u * c0, b = (uint64_t)0xcd9e8d57u * c2;
    c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)b;
    c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)a;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

static inline double uniform(uint32_t high, uint32_t low) {
  return ((high >> 5) * 67108864.0 + (low >> 6)) * 0x1p-53;
}

/* n is even: two normals a draw. */
static void fill_normal(Stream *stream, double *out, int n) {
  uint32_t word[4];
  for (int i = 0; i < n; i += 2) {
    philox(stream, stream->next++, word);
    const double radius = sqrt(-2 * log(1 - uniform(word[0], word[1])));
    const double angle = 2 * M_PI * uniform(word[2], word[3]);
    out[i] = radius * cos(angle);
    out[i + 1] = radius * sin(angle);
  }
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

  Stream data = {{key0, key1}, DATA, 0, 0}, ofSignal = {{key0, key1}, DATA, 1, 0}, ofStart = {{key0, key1}, START, 0, 0};
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
