/* Fixed arithmetic shared out to processes: says how many cores are free. spin PROCESSES STEPS -> 0 and wall seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* Every step needs the one before: no compiler and no second core inside one process can shorten it. */
static void spin(long steps) {
  volatile double sink;
  double x = 0.5;
  for (long k = 0; k < steps; k++) x = 3.75 * x * (1 - x);
  sink = x;
  (void)sink;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int processes = atoi(argv[1]);
  long steps = atol(argv[2]);
  double start = now();
  for (int k = 0; k < processes; k++) {
    if (fork() == 0) {
      spin(steps / processes);
      _exit(0);
    }
  }
  while (wait(NULL) > 0)
    ;
  printf("0 %.9f\n", now() - start);
  return 0;
}
