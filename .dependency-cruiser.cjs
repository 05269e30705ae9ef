const { existsSync, readdirSync } = require("node:fs");

/** The house of docs/architecture.md: a floor imports only from floors below; rooms of a floor keep apart. */
const floors = [
  ["core"],
  ["kernels"],
  ["schedule", "numerics"],
  ["models"],
  ["chsck", "volterra", "dmft", "ode", "sde", "control", "simulate", "theory", "compare"],
  ["figures"],
  ["systems"],
  ["run"],
  ["cli"],
];
/** Neighbours that may be used. */
const neighbours = { control: ["volterra"] };
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
          .filter((other) => other !== name && !(neighbours[name] ?? []).includes(other))
          .concat("__none__"),
      ),
    },
  })),
);

/** What has parameters is a system; the two-time landscapes share a folder. */
const systems = readdirSync("src/systems").filter((name) => existsSync(`src/systems/${name}/parameters.ts`));
const folders = [...systems, "landscape"];
const shared = { "p-spin": ["landscape"], "spiked-matrix-tensor": ["landscape"] };
/** In every room: a system's folder imports what all share and its own; what all share imports no system. */
const apart = folders.map((name) => ({
  name: `${name}-imports-another-system`,
  severity: "error",
  from: { path: `^src/[^/]+/${name}/` },
  to: {
    path: `^src/[^/]+/(${folders
      .filter((other) => other !== name && !(shared[name] ?? []).includes(other))
      .join("|")})/`,
  },
}));
const sharedFiles = {
  name: "what-systems-share-imports-a-system",
  severity: "error",
  from: {
    path: "^src/([^/]+)/",
    pathNot: [`^src/[^/]+/(${folders.join("|")})/`, "^src/[^/]+/(index|registry)\\.ts$"],
  },
  to: { path: `^src/$1/(${folders.join("|")})/` },
};

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    ...apart,
    sharedFiles,
    {
      name: "dmft-methods-keep-apart",
      severity: "error",
      from: { path: "^src/dmft/([^/]+)/" },
      to: { path: "^src/dmft/(damped|causal|particles)/", pathNot: "^src/dmft/$1/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "browser-floors-stay-free-of-node",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(run|cli)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "page-imports-what-users-may",
      severity: "error",
      from: { path: "^web/" },
      to: {
        path: "^src/",
        pathNot: "^src/(index|pool|analysis|kernels/index|systems/[^/]+/index|figures/drawing/index)\\.ts$",
      },
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
