// Interacting particles of persistent SGD on the sphere (docs/equations.md, P.30 to P.33) in singles, 16 numbers a vector, with the
// random numbers of xoshiro256++. Arguments: log2 of the particles, runs, alpha, m0, l, tau, eta, steps. Prints the mean overlap at
// the end and the CPU seconds of a run.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float vec __attribute__((vector_size(64)));
typedef int ivec __attribute__((vector_size(64)));

static uint64_t word[4];
static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static uint64_t next(void) {
  uint64_t out = rotl(word[0] + word[3], 23) + word[0], t = word[1] << 17;
  word[2] ^= word[0]; word[3] ^= word[1]; word[1] ^= word[2]; word[0] ^= word[3];
  word[2] ^= t; word[3] = rotl(word[3], 45);
  return out;
}
static double uniform(void) { return ((next() >> 11) + 0.5) * 0x1p-53; }

// Inverse normal distribution, Wichura's AS 241.
static const double CENTRE[2][8] = {{3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227}, {1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854}};
static const double NEAR_TAIL[2][8] = {{1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414}, {1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9}};
static const double FAR_TAIL[2][8] = {{6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7}, {1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15}};
static double ratio(const double c[2][8], double x) {
  double above = 0, below = 0;
  for (int k = 7; k >= 0; k--) { above = c[0][k] + x * above; below = c[1][k] + x * below; }
  return above / below;
}
static double quantile(double p) {
  double q = p - 0.5;
  if (fabs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  double r = sqrt(-log(q < 0 ? p : 1 - p));
  double size = r <= 5 ? ratio(NEAR_TAIL, r - 1.6) : ratio(FAR_TAIL, r - 5);
  return q < 0 ? -size : size;
}

static inline vec all(float x) { return (vec){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
static inline double total(vec a) { double s = 0; for (int i = 0; i < 16; i++) s += a[i]; return s; }
static inline vec inside(vec a) {
  static const ivec x1 = {1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14};
  static const ivec x2 = {2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13};
  static const ivec x4 = {4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11};
  static const ivec x8 = {8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7};
  static const vec s1 = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
  static const vec s2 = {1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1};
  static const vec s4 = {1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1};
  static const vec s8 = {1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1};
  a = a * s1 + __builtin_shuffle(a, x1);
  a = a * s2 + __builtin_shuffle(a, x2);
  a = a * s4 + __builtin_shuffle(a, x4);
  return a * s8 + __builtin_shuffle(a, x8);
}
static void transform(vec *x, long n) {
  if (n == 1) { x[0] = inside(x[0]); return; }
  if (n < 8) {
    for (long i = 0; i < n / 2; i++) { vec a = x[i], b = x[i + n / 2]; x[i] = a + b; x[i + n / 2] = a - b; }
    transform(x, n / 2);
    transform(x + n / 2, n / 2);
    return;
  }
  long q = n / 8;
  if (q == 1) for (int i = 0; i < 8; i++) x[i] = inside(x[i]);
  for (long i = 0; i < q; i++) {
    vec a0 = x[i], a1 = x[i + q], a2 = x[i + 2 * q], a3 = x[i + 3 * q];
    vec a4 = x[i + 4 * q], a5 = x[i + 5 * q], a6 = x[i + 6 * q], a7 = x[i + 7 * q];
    vec b0 = a0 + a1, b1 = a0 - a1, b2 = a2 + a3, b3 = a2 - a3, b4 = a4 + a5, b5 = a4 - a5, b6 = a6 + a7, b7 = a6 - a7;
    a0 = b0 + b2; a2 = b0 - b2; a1 = b1 + b3; a3 = b1 - b3; a4 = b4 + b6; a6 = b4 - b6; a5 = b5 + b7; a7 = b5 - b7;
    x[i] = a0 + a4; x[i + 4 * q] = a0 - a4; x[i + q] = a1 + a5; x[i + 5 * q] = a1 - a5;
    x[i + 2 * q] = a2 + a6; x[i + 6 * q] = a2 - a6; x[i + 3 * q] = a3 + a7; x[i + 7 * q] = a3 - a7;
  }
  if (q > 1) for (int j = 0; j < 8; j++) transform(x + j * q, q);
}

static long M, nv;
static float *signs;
static void rotate(vec *x) {
  transform(x, nv);
  for (long i = 0; i < nv; i++) x[i] *= ((vec *)signs)[i];
  transform(x, nv);
}
static int *shuffled(void) {
  int *order = malloc(M * sizeof *order);
  for (long i = 0; i < M; i++) order[i] = i;
  for (long i = M - 1; i > 0; i--) {
    long j = ((next() >> 32) * (uint64_t)(i + 1)) >> 32;
    int kept = order[i]; order[i] = order[j]; order[j] = kept;
  }
  return order;
}

int main(int count, char **argument) {
  if (count < 9) return 2;
  double value[9];
  for (int i = 1; i < 9; i++) value[i] = atof(argument[i]);
  M = 1L << (int)value[1];
  nv = M / 16;
  int runs = value[2], steps = value[8];
  double alpha = value[3], m0 = value[4], l = value[5], tau = value[6], eta = value[7], N = M / alpha;
  float *array[6];
  for (int i = 0; i < 6; i++) array[i] = aligned_alloc(64, M * sizeof(float));
  float *x = array[0], *w = array[1], *root = array[2], *h0 = array[3], *y0 = array[4], *share = array[5];
  signs = aligned_alloc(64, M * sizeof(float));
  long K = lround(N) < M ? lround(N) : M;
  double y = K / (N > M ? N : (double)M);
  double mean = 0, start = clock();
  uint32_t direction[3][32];
  for (int i = 0; i < 32; i++) {
    direction[0][i] = 1u << (31 - i);
    direction[1][i] = i < 1 ? 1u << 31 : direction[1][i - 1] ^ (direction[1][i - 1] >> 1);
    direction[2][i] = i < 1 ? 1u << 31 : i < 2 ? 3u << 30 : direction[2][i - 2] ^ (direction[2][i - 2] >> 2) ^ direction[2][i - 1];
  }
  for (int run = 0; run < runs; run++) {
    for (int i = 0; i < 4; i++) word[i] = 0x9e3779b97f4a7c15ULL * (7919 * run + i + 1) ^ 0xbf58476d1ce4e5b9ULL;
    for (int i = 0; i < 16; i++) next();
    int *place = shuffled(), *row = shuffled(), *order = malloc(M * sizeof *order);
    memset(root, 0, M * sizeof *root);
    memset(w, 0, M * sizeof *w);
    double theta = 0, sum = 0;
    for (long i = 0; i < K; i++) { // quantiles of Marchenko and Pastur's law
      double low = theta, high = M_PI, p = (i + 0.5) / K, a = sqrt(y);
      theta = i == 0 ? M_PI / 2 : fmin(theta + 1 / (K * 2 / M_PI * pow(sin(theta), 2) / (1 + y - 2 * a * cos(theta))), (theta + M_PI) / 2);
      for (int k = 0; k < 60; k++) {
        double turn = atan2((1 + a) * sin(theta / 2), (1 - a) * cos(theta / 2));
        double excess = ((1 + y) * theta + 2 * a * sin(theta) - 2 * (1 - y) * turn) / (2 * M_PI * y) - p;
        if (excess > 0) high = theta; else low = theta;
        double to = theta - excess / (2 / M_PI * pow(sin(theta), 2) / (1 + y - 2 * a * cos(theta)));
        if (!(to > low && to < high)) to = (low + high) / 2;
        double moved = fabs(to - theta);
        theta = to;
        if (moved < 1e-12) break;
      }
      double eigenvalue = 1 + y - 2 * sqrt(y) * cos(theta);
      root[place[i]] = eigenvalue;
      sum += eigenvalue;
    }
    for (long i = 0; i < K; i++) root[place[i]] = sqrt(root[place[i]] * K / sum * M / K);
    for (long i = 0; i < M; i += 64) { uint64_t bits = next(); for (int j = 0; j < 64; j++) signs[i + j] = (bits >> j) & 1 ? 1 : -1; }
    uint32_t point[3];
    for (int d = 0; d < 3; d++) point[d] = next() >> 32;
    for (long i = 0; i < M; i++) {
      long at = row[i], rank = ((uint64_t)point[0] * M) >> 32;
      h0[at] = quantile((point[0] + 0.5) * 0x1p-32);
      y0[at] = quantile((point[1] + 0.5) * 0x1p-32);
      share[at] = (point[2] + 0.5) * 0x1p-32 < l ? 1 / l : 0;
      order[rank < M / 2 ? 2 * (M / 2 - 1 - rank) : 2 * (rank - M / 2) + 1] = at;
      int bit = __builtin_ctzl(~i);
      for (int d = 0; d < 3; d++) point[d] ^= direction[d][bit];
    }
    double m = m0, c = sqrt(1 - m0 * m0), a = 1, join = eta / tau, leave = join * (1 - l) / l;
    long block = 1 / fmax(join, leave) + 1e-9;
    for (int step = 0; step < steps; step++) {
      vec *X = (vec *)x, *W = (vec *)w, *S = (vec *)root;
      for (long i = 0; i < nv; i++) X[i] = W[i] * S[i];
      rotate(X);
      double drive = 0, along = 0, square = 0, loss = 0, radial = 0, curvature = 0;
      for (long from = 0; from < nv; from += 64) {
        vec s0 = all(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0;
        for (long i = from; i < from + 64 && i < nv; i++) {
          vec g = ((vec *)h0)[i], h = X[i] * all(a / M) + all(m) * g + all(c) * ((vec *)y0)[i];
          vec e = h * h - g * g, f = ((vec *)share)[i] * h * e;
          s0 += g * f; s1 += ((vec *)y0)[i] * f; s2 += e * e; s3 += h * f; s4 += ((vec *)share)[i] * (all(3) * h * h - g * g);
          X[i] = f;
        }
        drive += total(s0); along += total(s1); loss += total(s2); radial += total(s3); curvature += total(s4);
      }
      if (!(loss + radial + curvature < 1e30)) return 3;
      rotate(X);
      for (long from = 0; from < nv; from += 64) {
        vec s0 = all(0);
        for (long i = from; i < from + 64 && i < nv; i++) {
          W[i] = all(a) * W[i] - all(eta / M) * S[i] * X[i];
          s0 += W[i] * W[i];
        }
        square += total(s0);
      }
      m -= eta * drive / N;
      c -= eta * along / N;
      a = 1 / sqrt(m * m + c * c + square / N);
      m *= a;
      c *= a;
      for (long from = 0; from < M; from += block) {
        double drawn = uniform() * block;
        long inside = drawn, at;
        if (from + inside >= M) continue;
        at = order[from + inside];
        if (drawn - inside < block * (share[at] > 0 ? leave : join)) share[at] = share[at] > 0 ? 0 : 1 / l;
      }
    }
    mean += m / runs;
    free(place); free(row); free(order);
  }
  printf("%.17g %.17g\n", mean, (clock() - start) / CLOCKS_PER_SEC / runs);
  return 0;
}
