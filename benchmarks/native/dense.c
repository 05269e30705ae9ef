/*
 * The native yardsticks of the kernels, on the same numbers:
 *
 *   product    C += A B, A size x size, B size x 32
 *   vector     y = A x for a symmetric A of which the lower triangle is read
 *   sweep      the three sums of the two-time equations over two packed triangles
 *   lu         A = P^-1 L U by partial pivoting, in blocks of columns
 *   cholesky   A = L L^T, in blocks of columns
 *
 * The product works in tiles of registers, six rows by two vectors, on a packed panel; the factorisations do most of
 * their work by it.
 *
 * usage: dense KERNEL SIZE REPEATS     prints: a number to check, user CPU seconds of one run
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#ifdef __AVX512F__
enum { LANES = 8 };
#elif defined __AVX__
enum { LANES = 4 };
#else
enum { LANES = 2 };
#endif
typedef double vec __attribute__((vector_size(8 * LANES), aligned(8)));

enum { HIGH = 6, WIDE = 2 * LANES, DEPTH = 256, PANEL = 64, BLOCK = 32, COLUMNS = 32 };

static double *numbers(size_t length) {
  double *v = aligned_alloc(64, (8 * length + 63) / 64 * 64);
  if (!v) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  memset(v, 0, 8 * length);
  return v;
}

/* Entry i of an input, in [-1/2, 1/2). */
static double input(uint32_t i) {
  i ^= i >> 16;
  i *= 0x85ebca6bu;
  i ^= i >> 13;
  i *= 0xc2b2ae35u;
  i ^= i >> 16;
  return i / 4294967296.0 - 0.5;
}

static double *inputs(size_t length) {
  double *v = numbers(length);
  for (size_t i = 0; i < length; i++) v[i] = input((uint32_t)i);
  return v;
}

/* A tile of C += sign A B: rows of A by their pointers, B packed. */
static inline void tile(int depth, const double *const a[HIGH], const double *b, double sign, double *c,
                        size_t stride) {
  vec sum[HIGH][2] = {0};
  for (int k = 0; k < depth; k++) {
    const vec b0 = *(const vec *)(b + k * WIDE), b1 = *(const vec *)(b + k * WIDE + LANES);
#pragma GCC unroll 6
    for (int q = 0; q < HIGH; q++) {
      sum[q][0] += a[q][k] * b0;
      sum[q][1] += a[q][k] * b1;
    }
  }
#pragma GCC unroll 6
  for (int q = 0; q < HIGH; q++) {
    *(vec *)(c + q * stride) += sign * sum[q][0];
    *(vec *)(c + q * stride + LANES) += sign * sum[q][1];
  }
}

/* C += sign A B; A and C row by row, B(k,j) at b[k * below + j * beside]. */
static void multiply(int rows, int inner, int columns, const double *a, size_t down, const double *b, size_t below,
                     size_t beside, double sign, double *c, size_t stride) {
  static double panel[DEPTH * PANEL] __attribute__((aligned(64)));
  for (int left = 0; left < columns; left += PANEL) {
    const int wide = columns - left < PANEL ? columns - left : PANEL;
    for (int top = 0; top < inner; top += DEPTH) {
      const int depth = inner - top < DEPTH ? inner - top : DEPTH;
      for (int j = 0; j < wide; j += WIDE)
        for (int k = 0; k < depth; k++)
          for (int w = 0; w < WIDE; w++)
            panel[j * depth + k * WIDE + w] = j + w < wide ? b[(top + k) * below + (left + j + w) * beside] : 0;
      for (int i = 0; i < rows; i += HIGH) {
        const int high = rows - i < HIGH ? rows - i : HIGH;
        const double *row[HIGH];
        for (int q = 0; q < HIGH; q++) row[q] = a + (i + (q < high ? q : high - 1)) * down + top;
        for (int j = 0; j < wide; j += WIDE) {
          double *to = c + i * stride + left + j;
          if (high == HIGH && j + WIDE <= wide) {
            tile(depth, row, panel + j * depth, sign, to, stride);
            continue;
          }
          double corner[HIGH * WIDE] = {0};
          tile(depth, row, panel + j * depth, sign, corner, WIDE);
          for (int q = 0; q < high; q++)
            for (int w = 0; w < WIDE && j + w < wide; w++) to[q * stride + w] += corner[q * WIDE + w];
        }
      }
    }
  }
}

/* Dot product of x with a row, and the row added to `sums` with a weight, in one pass. */
static inline double dot_and_add(int n, const double *restrict row, const double *restrict x, double weight,
                                 double *restrict sums) {
  double lane[8] = {0};
  int j = 0;
  for (; j + 8 <= n; j += 8)
    for (int l = 0; l < 8; l++) {
      lane[l] += x[j + l] * row[j + l];
      sums[j + l] += weight * row[j + l];
    }
  double dot = 0;
  for (; j < n; j++) {
    dot += x[j] * row[j];
    sums[j] += weight * row[j];
  }
  for (int l = 0; l < 8; l++) dot += lane[l];
  return dot;
}

static void subtract_row(int count, double weight, const double *restrict from, double *restrict to) {
  for (int j = 0; j < count; j++) to[j] -= weight * from[j];
}

static void factor_lu(int n, double *a, int *pivots) {
  for (int first = 0; first < n; first += BLOCK) {
    const int end = first + BLOCK < n ? first + BLOCK : n;
    for (int k = first; k < end; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++)
        if (fabs(a[i * n + k]) > fabs(a[pivot * n + k])) pivot = i;
      pivots[k] = pivot;
      for (int j = 0; j < n && pivot != k; j++) {
        const double x = a[k * n + j];
        a[k * n + j] = a[pivot * n + j];
        a[pivot * n + j] = x;
      }
      for (int i = k + 1; i < n; i++) {
        a[i * n + k] /= a[k * n + k];
        subtract_row(end - k - 1, a[i * n + k], a + k * n + k + 1, a + i * n + k + 1);
      }
    }
    for (int i = first + 1; i < end; i++)
      for (int k = first; k < i; k++) subtract_row(n - end, a[i * n + k], a + k * n + end, a + i * n + end);
    multiply(n - end, end - first, n - end, a + end * n + first, n, a + first * n + end, n, 1, -1,
             a + end * n + end, n);
  }
}

static void factor_cholesky(int n, double *a) {
  for (int first = 0; first < n; first += BLOCK) {
    const int end = first + BLOCK < n ? first + BLOCK : n;
    /* What stands above the diagonal of the block is written over; the next blocks read it nowhere. */
    multiply(n - first, first, end - first, a + first * n, n, a + first * n, 1, n, -1, a + first * n + first, n);
    /* Its inverse turns the rows below into a product. */
    double inverse[BLOCK * BLOCK] = {0}, below[BLOCK];
    const int wide = end - first;
    for (int i = 0; i < wide; i++) {
      double *row = a + (first + i) * n + first;
      for (int j = 0; j < i; j++) {
        for (int k = 0; k < j; k++) row[j] -= row[k] * a[(first + j) * n + first + k];
        row[j] /= a[(first + j) * n + first + j];
      }
      for (int k = 0; k < i; k++) row[i] -= row[k] * row[k];
      row[i] = sqrt(row[i]);
      for (int k = 0; k < i; k++)
        for (int j = 0; j <= k; j++) inverse[j * BLOCK + i] -= row[k] * inverse[j * BLOCK + k];
      for (int j = 0; j < i; j++) inverse[j * BLOCK + i] /= row[i];
      inverse[i * BLOCK + i] = 1 / row[i];
    }
    for (int i = end; i < n; i++) {
      double *row = a + i * n + first;
      memset(below, 0, sizeof below);
      for (int k = 0; k < wide; k++)
        for (int j = 0; j < BLOCK; j++) below[j] += row[k] * inverse[k * BLOCK + j];
      memcpy(row, below, 8 * wide);
    }
  }
}

static double user_seconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + 1e-6 * used.ru_utime.tv_usec;
}

static double mean_square(size_t length, const double *v) {
  double sum = 0;
  for (size_t i = 0; i < length; i++) sum += v[i] * v[i];
  return sum / length;
}

static double log_diagonal(int n, const double *a) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += log(fabs(a[(size_t)i * n + i]));
  return sum;
}

int main(int count, char **words) {
  const char *kernel = count > 1 ? words[1] : "";
  const int n = count > 2 ? atoi(words[2]) : 0, repeats = count > 3 ? atoi(words[3]) : 0;
  if (n < 1 || n > 20000 || repeats < 1) {
    fputs("usage: dense product|vector|sweep|lu|cholesky SIZE REPEATS\n", stderr);
    return 2;
  }
  const size_t square = (size_t)n * n;
  double *a = inputs(square + n), *b = inputs((size_t)n * COLUMNS), *c = numbers((size_t)n * COLUMNS);
  double *factors = numbers(square), *sums = numbers(3 * (size_t)n), start = 0, check = 0;
  int *pivots = malloc(sizeof *pivots * n);
  if (!strcmp(kernel, "cholesky"))
    for (int i = 0; i < n; i++) a[i * (n + (size_t)1)] = n;
  /* The first run warms up. */
  for (int run = 0; run <= repeats; run++) {
    if (run == 1) start = user_seconds();
    if (!strcmp(kernel, "product")) {
      memset(c, 0, 8 * (size_t)n * COLUMNS);
      multiply(n, n, COLUMNS, a, n, b, COLUMNS, 1, 1, c, COLUMNS);
    } else if (!strcmp(kernel, "vector")) {
      for (int i = 0; i < n; i++) {
        const double *row = a + (size_t)i * n;
        c[i] = dot_and_add(i, row, b, b[i], c) + row[i] * b[i];
      }
    } else if (!strcmp(kernel, "sweep")) {
      const double *C = a, *R = a + (square + n) / 2, *y = b + n;
      double *memory = sums, *forcing = sums + n, *delayed = forcing + n;
      for (int k = 0; k < n; k++) {
        const size_t row = (size_t)k * (k + 1) / 2;
        memory[k] = dot_and_add(k, C + row, b, b[k], memory) + b[k];
        forcing[k] = dot_and_add(k, R + row, y, b[k], delayed) + y[k];
        delayed[k] = b[k];
      }
    } else {
      memcpy(factors, a, 8 * square);
      if (!strcmp(kernel, "lu")) factor_lu(n, factors, pivots);
      else factor_cholesky(n, factors);
    }
  }
  const double seconds = (user_seconds() - start) / repeats;
  if (!strcmp(kernel, "product")) check = mean_square((size_t)n * COLUMNS, c);
  else if (!strcmp(kernel, "vector")) check = mean_square(n, c);
  else if (!strcmp(kernel, "sweep")) check = mean_square(3 * (size_t)n, sums);
  else check = log_diagonal(n, factors);
  printf("%.17g %.9f\n", check, seconds);
  return 0;
}
