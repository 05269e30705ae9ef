// In place of the program that computes points: each takes a second and no processor.
const waiting = [];
let isWorking = false;
process.on("disconnect", () => process.exit());
process.on("message", async ({ job: { hash } }) => {
  waiting.push(hash);
  if (isWorking) return;
  isWorking = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const rows = [{ quantity: "loss", time: 1, value: -0.5, error: 1e-9 }];
    process.send({ hash: next, status: "done", rows, seconds: 1 });
  }
  isWorking = false;
});
process.send("ready");
