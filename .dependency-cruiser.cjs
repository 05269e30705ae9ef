/** The house of docs/architecture.md: a floor imports only from floors below; rooms of a floor keep apart. */
const floors = [
  ["core"],
  ["kernels"],
  ["schedule", "numerics"],
  ["models"],
  ["chsck", "volterra", "dmft", "ode", "sde", "control", "simulate", "theory"],
  ["systems", "compare"],
  ["run", "figures"],
  ["cli"],
];
const room = (names) => `^src/(${names.join("|")})(/|\\.ts$)`;

const upward = floors.slice(0, -1).map((names, floor) => ({
  name: `floor-${floor}-imports-upward`,
  severity: "error",
  from: { path: room(names) },
  to: { path: room(floors.slice(floor + 1).flat()) },
}));
const sideways = floors.flatMap((names) =>
  names.map((name) => ({
    name: `${name}-imports-its-neighbour`,
    severity: "error",
    from: { path: room([name]) },
    to: {
      path: room(
        names
          .filter((other) => other !== name && !(name === "control" && other === "volterra"))
          .concat("__none__"),
      ),
    },
  })),
);

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    {
      name: "browser-floors-stay-free-of-node",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(run|cli)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "index-is-for-users",
      severity: "error",
      from: { path: "^src/.+/" },
      to: { path: "^src/index\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/kernels/assembly/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import"],
    },
  },
};
