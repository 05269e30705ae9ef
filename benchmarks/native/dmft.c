/*
 * The yardstick of the effective process of phase retrieval (gradient descent on the sphere, by projection): iterations
 * that sample trajectories and their responses and mix the averages into the order functions. The responses are summed
 * in singles, two vectors of trajectories at a time, column by column, four rows of the memory together.
 *
 * usage: dmft STEPS TRAJECTORIES ITERATIONS ALPHA START RATE     prints: the last overlap, user CPU seconds
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Trajectories of a group: two vectors of singles. */
#ifdef __AVX512F__
enum { WIDTH = 16 };
#elif defined __AVX__
enum { WIDTH = 8 };
#else
enum { WIDTH = 4 };
#endif
enum { LANES = 2 * WIDTH, WIDE = WIDTH / 2 };
typedef float vec __attribute__((vector_size(4 * WIDTH)));
typedef double wide __attribute__((vector_size(4 * WIDTH)));

/* Sums of the lanes by halves, so that no addition waits for many others. */
#define BY_HALVES(x, width) \
  for (int half = (width) / 2; half > 0; half /= 2) \
    for (int l = 0; l < half; l++) (x)[l] += (x)[l + half];

static int n, nodes;
static double alpha, eta;

static double *doubles(size_t length) {
  double *v = aligned_alloc(64, (length * sizeof(double) + 63) / 64 * 64);
  memset(v, 0, length * sizeof(double));
  return v;
}
static vec *vectors(size_t length) {
  vec *v = aligned_alloc(64, length * sizeof(vec));
  memset(v, 0, length * sizeof(vec));
  return v;
}

static uint64_t state = 20261122;
static double uniform(void) {
  state += 0x9e3779b97f4a7c15u;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return ((z ^ (z >> 31)) >> 11) * 0x1p-53;
}
static void normals(double *out, int count) {
  for (int i = 0; i < count; i += 2) {
    double r = sqrt(-2 * log1p(-uniform())), a = 2 * M_PI * uniform();
    out[i] = r * cos(a);
    out[i + 1] = r * sin(a);
  }
}

/* The order functions, and their averages in a pass. */
static double *MC, *MR, *dnu, *mu, *MC1, *MR1, *dnu1, *mu1;
/* What follows from them. */
static double *m, *a, *c, *C, *R, *L;

static void recursion(double m0) {
  double *Q = doubles(nodes), *U = doubles(nodes);
  m[0] = m0;
  C[0] = 1 - m0 * m0;
  for (int k = 0; k < n; k++) {
    const double *mr = MR + k * nodes, *mc = MC + k * nodes;
    c[k] = 1 - eta * dnu[k];
    memset(Q, 0, nodes * sizeof *Q);
    for (int i = 0; i < k; i++)
      for (int j = 0; j <= k; j++) Q[j] += eta * eta * mr[i] * C[i * nodes + j];
    for (int j = 0; j <= k; j++) {
      Q[j] += c[k] * C[k * nodes + j];
      double s = 0;
      for (int i = 0; i < j; i++) s += mc[i] * R[j * nodes + i];
      U[j] = eta * s;
    }
    double P = c[k] * (Q[k] + 2 * eta * U[k]) + eta * eta * mc[k];
    for (int i = 0; i < k; i++) P += eta * eta * mr[i] * (Q[i] + 2 * eta * U[i]);
    double mn = m[k] - eta * mu[k];
    a[k] = 1 / sqrt(mn * mn + P);
    m[k + 1] = a[k] * mn;
    for (int j = 0; j <= k; j++)
      C[(k + 1) * nodes + j] = C[j * nodes + k + 1] = a[k] * (Q[j] + eta * U[j]);
    C[(k + 1) * nodes + k + 1] = a[k] * a[k] * P;
    double *r = R + (k + 1) * nodes;
    for (int j = 0; j < k; j++) r[j] = c[k] * R[k * nodes + j];
    for (int i = 0; i < k; i++)
      for (int j = 0; j < i; j++) r[j] += eta * eta * mr[i] * R[i * nodes + j];
    for (int j = 0; j < k; j++) r[j] *= a[k];
    r[k] = a[k];
  }
  free(Q);
  free(U);
}

static void cholesky(void) {
  for (int k = 0; k < nodes; k++)
    for (int j = 0; j <= k; j++) {
      double s = MC[k * nodes + j] + (j == k ? 1e-6 * MC[k * nodes + k] : 0);
      for (int i = 0; i < j; i++) s -= L[k * nodes + i] * L[j * nodes + i];
      L[k * nodes + j] = j == k ? sqrt(s > 1e-12 ? s : 1e-12) : s / L[j * nodes + j];
    }
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  n = atoi(argv[1]);
  nodes = n + 1;
  const int trajectories = atoi(argv[2]), iterations = atoi(argv[3]);
  alpha = atof(argv[4]);
  const double m0 = atof(argv[5]);
  eta = atof(argv[6]);
  const size_t square = (size_t)nodes * nodes;
  MC = doubles(square), MR = doubles(square), dnu = doubles(nodes), mu = doubles(nodes);
  MC1 = doubles(square), MR1 = doubles(square), dnu1 = doubles(nodes), mu1 = doubles(nodes);
  m = doubles(nodes), a = doubles(nodes), c = doubles(nodes);
  C = doubles(square), R = doubles(square), L = doubles(square);
  float *memory = aligned_alloc(64, (4 * square * sizeof(float) + 63) / 64 * 64);
  vec *T = vectors(2 * nodes + 8), *D = vectors(2 * nodes), *decay = vectors(2 * nodes);
  double *h = doubles(nodes * LANES), *F = doubles(nodes * LANES), *eps = doubles(nodes * LANES);
  const double first = 12 * alpha * (1 - m0 * m0);
  for (int k = 0; k < nodes; k++) {
    for (int j = 0; j < nodes; j++) MC[k * nodes + j] = (j == k ? 1 : 0.1) * first;
    dnu[k] = 2 * alpha;
  }

  for (int it = 0; it < iterations; it++) {
    recursion(m0);
    cholesky();
    for (int k = 0; k < n; k++)
      for (int i = 0; i < k; i++)
        memory[(k / 4) * 4 * nodes + 4 * i + k % 4] = (float)(a[k] * eta * eta * MR[k * nodes + i]);
    memset(MC1, 0, square * sizeof(double));
    memset(MR1, 0, square * sizeof(double));
    memset(dnu1, 0, nodes * sizeof(double));
    memset(mu1, 0, nodes * sizeof(double));
    for (int batch = 0; batch < trajectories / LANES; batch++) {
      double h0[LANES];
      normals(h0, LANES);
      normals(h, LANES);
      for (int l = 0; l < LANES; l++) h[l] *= sqrt(1 - m0 * m0);
      normals(eps, nodes * LANES);
      for (int k = 0; k < nodes; k++) {
        double *hk = h + k * LANES, *Fk = F + k * LANES;
        for (int l = 0; l < LANES; l++) {
          double t = hk[l] + h0[l] * m[k];
          Fk[l] = t * (t * t - h0[l] * h0[l]);
          double d = 3 * t * t - h0[l] * h0[l];
          ((float *)(D + 2 * k))[l] = (float)d;
          ((float *)(decay + 2 * k))[l] = (float)(k < n ? a[k] * (c[k] - eta * d) : 0);
          dnu1[k] += d;
          mu1[k] += h0[l] * Fk[l];
        }
        if (k == n) break;
        double past[LANES] = {0}, noise[LANES] = {0};
        for (int i = 0; i < k; i++)
          for (int l = 0; l < LANES; l++) past[l] += MR[k * nodes + i] * h[i * LANES + l];
        for (int i = 0; i <= k; i++)
          for (int l = 0; l < LANES; l++) noise[l] += L[k * nodes + i] * eps[i * LANES + l];
        for (int l = 0; l < LANES; l++)
          hk[LANES + l] =
              a[k] * (c[k] * hk[l] - eta * Fk[l] + eta * eta * past[l] + eta * noise[l]);
      }
      for (int k = 0; k < nodes; k++)
        for (int j = 0; j <= k; j++) {
          const wide *x = (const wide *)(F + k * LANES), *y = (const wide *)(F + j * LANES);
          wide sum = (x[0] * y[0] + x[1] * y[1]) + (x[2] * y[2] + x[3] * y[3]);
          BY_HALVES(sum, WIDE)
          MC1[k * nodes + j] += sum[0];
        }
      for (int j = 0; j < n; j++) {
        const int top = j & ~3;
        for (int i = top; i <= j; i++) T[2 * i] = T[2 * i + 1] = (vec){0};
        for (int k = top; k < n; k += 4) {
          vec s00 = {0}, s01 = {0}, s10 = {0}, s11 = {0}, s20 = {0}, s21 = {0}, s30 = {0}, s31 = {0};
          const float *w = memory + (size_t)k * nodes + 4 * top;
          for (int i = top; i < k; i++, w += 4) {
            const vec t0 = T[2 * i], t1 = T[2 * i + 1];
            s00 += w[0] * t0;
            s01 += w[0] * t1;
            s10 += w[1] * t0;
            s11 += w[1] * t1;
            s20 += w[2] * t0;
            s21 += w[2] * t1;
            s30 += w[3] * t0;
            s31 += w[3] * t1;
          }
          const vec s[4][2] = {{s00, s01}, {s10, s11}, {s20, s21}, {s30, s31}};
          for (int q = j > k ? j - k : 0; q < 4 && k + q < n; q++) {
            const int row = k + q;
            vec t[2];
            for (int b = 0; b < 2; b++) {
              if (row == j) {
                t[b] = (float)a[j] * D[2 * j + b];
              } else {
                t[b] = s[q][b] + decay[2 * row + b] * T[2 * row + b];
                for (int p = 0; p < q; p++)
                  t[b] += memory[(size_t)k * nodes + 4 * (k + p) + q] * T[2 * (k + p) + b];
              }
              T[2 * row + 2 + b] = t[b];
            }
            vec sum = D[2 * row + 2] * t[0] + D[2 * row + 3] * t[1];
            BY_HALVES(sum, WIDTH)
            MR1[(row + 1) * nodes + j] += sum[0];
          }
        }
      }
    }
    const double share = alpha / (trajectories / LANES * LANES), gain = it < 6 ? 0.8 : 2.0 / (it - 3);
    for (int k = 0; k < nodes; k++) {
      for (int j = 0; j <= k; j++) {
        MC[k * nodes + j] += gain * (share * MC1[k * nodes + j] - MC[k * nodes + j]);
        MR[k * nodes + j] += gain * (share * MR1[k * nodes + j] - MR[k * nodes + j]);
      }
      dnu[k] += gain * (share * dnu1[k] - dnu[k]);
      mu[k] += gain * (share * mu1[k] - mu[k]);
    }
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%.17g %.6f\n", m[n], usage.ru_utime.tv_sec + usage.ru_utime.tv_usec * 1e-6);
  return 0;
}
