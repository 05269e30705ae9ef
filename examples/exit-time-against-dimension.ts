/** How long does SGD stay in mediocrity? Exit times of a quadratic network against the dimension: closed form beside runs. */
import { predict, simulate } from "twotime";

for (const dimension of [1e2, 1e3, 1e4]) {
  const parameters = { width: 1, learningRate: 0.1, dimension };
  const problem = { system: "quadratic-network", parameters } as const;
  const { exitTimeQuenched } = await predict(problem);
  const { events } = await simulate(problem, { samples: 100, seed: 1 });
  const exits = Array.from(events!.exitTime);
  const mean = exits.reduce((sum, exit) => sum + exit) / exits.length;
  console.log(
    `d = ${dimension}: mean exit ${mean.toFixed(2)}, closed form ${Number(exitTimeQuenched).toFixed(2)}`,
  );
}
