/*
 * The native yardstick of the two-time benchmark: the pure p = 3 spherical model at temperature 0 and learning
 * rate 1, from a random start, on a uniform grid of n steps up to a given time. For Q(q) = q^3/3
 *
 *   dC(t,t')/dt = -z C(t,t') + int_0^t Q''(C(t,u)) R(t,u) C(u,t') du + int_0^t' Q'(C(t,u)) R(t',u) du
 *   dR(t,t')/dt = -z R(t,t') + int_t'^t Q''(C(t,u)) R(t,u) R(u,t') du
 *   z(t)        = int_0^t R(t,u) [Q'(C) + Q''(C) C](t,u) du,        loss = -int_0^t R(t,u) Q'(C(t,u)) du
 *
 * by the trapezoid rule in both variables, as the library does it: memory integrals along a predicted row, one
 * sweep over packed triangles a step, the decay and the end point u = t implicit.
 *
 * usage: two-time POINTS UNTIL     prints: final loss, user CPU seconds
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Partial sums of a dot product, so that a compiler that keeps the order of additions can use vectors; 1 is the
   plain loop. */
#ifndef LANES
#define LANES 8
#endif
/* Rows with too little past for the predictor are iterated until they stand still. */
enum { YOUNG = 8, MOST_ROUNDS = 12 };
static const double STANDSTILL = 1e-14;

typedef struct {
  double *correlation, *response;
} Slopes;

static double *vector(size_t length) {
  double *v = calloc(length, sizeof *v);
  if (!v) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return v;
}

static size_t row_start(size_t i) { return i * (i + 1) / 2; }

static double q_first(double q) { return q * q; }
static double q_second(double q) { return 2 * q; }

/* Dot product of x with a row, and the row added to `sums` with a weight, in one pass. */
static inline double dot_and_add(int n, const double *restrict row, const double *restrict x, double weight,
                                 double *restrict sums) {
  double lane[LANES] = {0};
  int j = 0;
  for (; j + LANES <= n; j += LANES)
    for (int l = 0; l < LANES; l++) {
      lane[l] += x[j + l] * row[j + l];
      sums[j + l] += weight * row[j + l];
    }
  double dot = 0;
  for (; j < n; j++) {
    dot += x[j] * row[j];
    sums[j] += weight * row[j];
  }
  for (int l = 0; l < LANES; l++) dot += lane[l];
  return dot;
}

/* memory[j] = sum a_k C(k,j), forcing[j] = sum_{k<=j} b_k R(j,k), delayed[j] = sum_{k>=j} a_k R(k,j), k < rows. */
static void sweep(int rows, const double *C, const double *R, const double *a, const double *b, double *memory,
                  double *forcing, double *delayed) {
  for (int k = 0; k < rows; k++) {
    const size_t start = row_start(k);
    memory[k] = dot_and_add(k, C + start, a, a[k], memory) + a[k];
    forcing[k] = dot_and_add(k, R + start, b, a[k], delayed) + b[k];
    delayed[k] = a[k];
  }
}

/* Row i from the slopes of the rows before; the youngest columns go on along the diagonals. */
static void predict(int i, double h, double *values, const double *const slope[4]) {
  double *now = values + row_start(i);
  const double *last = values + row_start(i - 1);
  now[i] = 1;
  if (i <= YOUNG) {
    for (int j = 0; j < i; j++) now[j] = last[j] + h * slope[0][j];
    return;
  }
  for (int j = 0; j < i - 3; j++)
    now[j] = last[j] + 0.5 * h * (5 * slope[0][j] - 6 * slope[1][j] + 4 * slope[2][j] - slope[3][j]);
  const double *last2 = values + row_start(i - 2), *last3 = values + row_start(i - 3),
               *last4 = values + row_start(i - 4);
  for (int j = i - 3; j < i; j++)
    now[j] = 4 * (last[j - 1] + last3[j - 3]) - 6 * last2[j - 2] - last4[j - 4];
}

static double weight(int k, double h) { return k == 0 ? 0.5 * h : h; }

/* z of row i (temperature 0). */
static double drive(int i, double h, const double *C, const double *R) {
  double sum = i == 0 ? 0 : 0.5 * h * (q_first(1) + q_second(1));
  for (int k = 0; k < i; k++)
    sum += weight(k, h) * R[k] * (q_first(C[k]) + q_second(C[k]) * C[k]);
  return sum;
}

static double solve(int points, double until) {
  const int size = points + 1;
  const double h = until / points, half = 0.5 * h;
  double *C = vector(row_start(size)), *R = vector(row_start(size));
  double *a = vector(size), *b = vector(size), *pull_c = vector(size), *pull_r = vector(size);
  double *memory = vector(size), *forcing = vector(size), *delayed = vector(size);
  Slopes slopes[4];
  for (int s = 0; s < 4; s++) slopes[s] = (Slopes){vector(size), vector(size)};

  C[0] = R[0] = 1;
  for (int i = 1; i <= points; i++) {
    const double *past_c[4], *past_r[4];
    for (int back = 1; back <= 4; back++) {
      past_c[back - 1] = slopes[(i - back + 4) % 4].correlation;
      past_r[back - 1] = slopes[(i - back + 4) % 4].response;
    }
    predict(i, h, C, past_c);
    predict(i, h, R, past_r);
    double *c = C + row_start(i), *r = R + row_start(i);
    const double *last_c = C + row_start(i - 1), *last_r = R + row_start(i - 1);

    double change = 1;
    for (int round = 0; round == 0 || (i <= YOUNG && change > STANDSTILL && round <= MOST_ROUNDS); round++) {
      for (int k = 0; k < i; k++) {
        a[k] = weight(k, h) * q_second(c[k]) * r[k];
        b[k] = weight(k, h) * q_first(c[k]);
      }
      sweep(i, C, R, a, b, memory, forcing, delayed);
      for (int j = 0; j < i; j++) {
        pull_c[j] = memory[j] + forcing[j] - half * q_first(c[j]);
        pull_r[j] = delayed[j] - (j == 0 ? 0 : half * q_second(c[j]) * r[j]);
      }
      change = 0;
      /* Twice, since the rate of decay is made of the row itself. */
      for (int pass = 0; pass < 2; pass++) {
        const double scale = 1 / (1 + half * (drive(i, h, c, r) - half * q_second(1)));
        for (int j = 0; j < i; j++) {
          const double before = c[j];
          c[j] = scale * (last_c[j] + half * (past_c[0][j] + pull_c[j]));
          r[j] = scale * (last_r[j] + half * (past_r[0][j] + pull_r[j]));
          change = fmax(change, fabs(c[j] - before));
        }
      }
    }

    const double push = drive(i, h, c, r), decay = push - half * q_second(1);
    Slopes *slope = &slopes[i % 4];
    for (int j = 0; j < i; j++) {
      slope->correlation[j] = pull_c[j] - decay * c[j];
      slope->response[j] = pull_r[j] - decay * r[j];
    }
    slope->correlation[i] = 0;
    slope->response[i] = -push;
  }

  const double *c = C + row_start(points), *r = R + row_start(points);
  double loss = half * q_first(1);
  for (int k = 0; k < points; k++) loss += weight(k, h) * r[k] * q_first(c[k]);
  return -loss;
}

int main(int count, char **words) {
  const int points = count > 1 ? atoi(words[1]) : 0;
  const double until = count > 2 ? atof(words[2]) : 0;
  if (points < 4 || points > 40000 || !(until > 0)) {
    fputs("usage: two-time POINTS UNTIL\n", stderr);
    return 2;
  }
  const double loss = solve(points, until);
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  printf("%.17g %.6f\n", loss, used.ru_utime.tv_sec + 1e-6 * used.ru_utime.tv_usec);
  return 0;
}
