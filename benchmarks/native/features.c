/* Coordinate descent on learning rates: features MODES STEPS SWEEPS -> last excess loss and user CPU seconds a sweep.
   lambda = k^-2, q(0) = k^-3, sigma^2 = 1, batch 1, from rates 0.1; a sweep is one pass backward and one forward. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static double now(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + 1e-6 * usage.ru_utime.tv_usec;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  int modes = atoi(argv[1]), steps = atoi(argv[2]), sweeps = atoi(argv[3]);
  double *lambda = malloc(modes * sizeof(double)), *weight = malloc(modes * sizeof(double));
  double *start = malloc(modes * sizeof(double)), *moving = malloc(modes * sizeof(double));
  double *rate = malloc(steps * sizeof(double)), *loss = malloc(steps * sizeof(double));
  double *store = malloc((size_t)modes * steps * sizeof(double));
  const double spread = 2;
  for (int k = 0; k < modes; k++) {
    lambda[k] = pow(k + 1, -2);
    weight[k] = pow(k + 1, -4);
    start[k] = pow(k + 1, -3);
  }
  for (int t = 0; t < steps; t++) rate[t] = 0.1;
  double excess = 0, begin = 0;
  for (int sweep = 0; sweep <= sweeps; sweep++) {
    if (sweep == 1) begin = now();
    if (sweep > 0) {
      double eta = 0, kick = 0;
      for (int k = 0; k < modes; k++) moving[k] = 1;
      for (int t = steps - 1; t >= 0; t--) {
        double *row = store + (size_t)t * modes, s1 = 0, s2 = 0, g = 0;
        for (int k = 0; k < modes; k++) {
          double s = eta * lambda[k];
          double p = (1 - s * (2 - s * spread)) * moving[k] + kick;
          double product = lambda[k] * row[k] * p;
          moving[k] = row[k] = p;
          s1 += product;
          s2 += lambda[k] * product;
          g += weight[k] * p;
        }
        rate[t] = eta = s1 / (spread * s2 + loss[t] * g);
        kick = eta * eta * g;
      }
    }
    double eta = 0, kick = 0;
    memcpy(moving, start, modes * sizeof(double));
    for (int t = 0; t < steps; t++) {
      double *row = store + (size_t)t * modes, s1 = 0, s2 = 0, g = 0, sum = 0;
      for (int k = 0; k < modes; k++) {
        double s = eta * lambda[k];
        double q = (1 - s * (2 - s * spread)) * moving[k] + kick * weight[k];
        double product = lambda[k] * row[k] * q;
        g += weight[k] * row[k];
        moving[k] = row[k] = q;
        s1 += product;
        s2 += lambda[k] * product;
        sum += q;
      }
      loss[t] = 1 + sum;
      if (sweep > 0) rate[t] = s1 / (spread * s2 + loss[t] * g);
      eta = rate[t];
      kick = eta * eta * loss[t];
    }
    excess = 0;
    for (int k = 0; k < modes; k++) {
      double s = eta * lambda[k];
      excess += (1 - s * (2 - s * spread)) * moving[k] + kick * weight[k];
    }
  }
  printf("%.15g %.9f\n", excess, (now() - begin) / sweeps);
  return 0;
}
