/** What the help of a command says beside its arguments and flags. */
export interface Page {
  readonly text: string;
  /** What each command line does. */
  readonly examples: Readonly<Record<string, string>>;
  /** Where a status means something of its own. */
  readonly status?: Readonly<Record<string, string>>;
}

/** The contract of every command. */
export const STATUS = {
  "0": "done",
  "1": "did not converge, failed or was interrupted; what is finished is kept and can be read",
  "2": "the config or the command line is wrong; one line on standard error names it and says what is allowed",
};

const RESULTS =
  "Numbers come as a table on a terminal, else as JSON. Ctrl-C ends a run and prints what is finished; a second one ends at once.";

/** By the name of the command. */
export const PAGES: Readonly<Record<string, Page>> = {
  solve: {
    text: `The equations of the system at infinite size, by the method of the config or the system's first. Values carry their estimated numerical error. ${RESULTS}`,
    examples: {
      "twotime solve run.yaml": "numbers at the times of the report",
      "twotime solve run.yaml --out runs/first --fields": "keeps rows, plots and C(t, t') as a whole",
      "twotime solve long.yaml --checkpoint state": "goes on from the state kept there, and keeps its own",
      "echo '{ … }' | twotime solve - --format csv": "a config from standard input, rows as CSV",
    },
  },
  simulate: {
    text: `Independent samples of the finite system, with standard errors. The seed fixes every number, whatever the number of threads. ${RESULTS}`,
    examples: {
      "twotime simulate run.yaml": "means over the samples, with standard errors",
      "twotime simulate run.yaml --seed 7 --threads 4": "other samples, on four threads",
      "twotime simulate run.yaml --out runs/mc": "keeps finished samples; the same command goes on from them",
    },
  },
  predict: {
    text: "Thresholds, exponents, exit times and whatever else the system has in closed form; `twotime list SYSTEM` names them. A value may be a word: infinity, never, undefined, or a phase.",
    examples: {
      "twotime predict run.yaml": "all predictions of the system",
      "twotime predict run.yaml --format json": "the same for a program",
    },
  },
  compare: {
    text: `Solves and simulates, and sets the two side by side at the times of the report: deviations in standard errors, and for each quantity the largest of them with its p-value by a bootstrap. ${RESULTS}`,
    examples: {
      "twotime compare run.yaml": "the table of agreement",
      "twotime compare run.yaml --out runs/first": "keeps it, with a plot of lines and dots",
    },
  },
  optimise: {
    text: `The parameters that make a quantity least at a time, or a value reached first: a search over numbers of the config by the theory; a system with a search of its own (random-features) uses that. ${RESULTS}`,
    examples: {
      "twotime optimise search.yaml": "the best, and then the landscape that was seen",
      "twotime optimise search.yaml --out runs/best": "keeps solutions; the same command goes on from them",
    },
  },
  sweep: {
    text: "Computes one verb at many points and gathers a table. Points are known by a hash of their config and of their solver: what the folder has is not computed again. Failed points are listed in failures.csv and do not stop the others.",
    examples: {
      "twotime sweep scan.yaml --out scan": "all points, here; table.csv, table.parquet and plots",
      "twotime sweep scan.yaml --out scan --plan": "a few points, and what all of them will take",
      "twotime sweep scan.yaml --out scan --shard 2/8": "the second of eight shares, e.g. of a job array",
      "twotime sweep scan.yaml --out scan --engine bullmq": "points for the workers of a queue",
    },
    status: { "1": "interrupted, or points failed; what is finished is kept, `twotime resume` goes on" },
  },
  resume: {
    text: "Computes the points of a sweep that are missing and those that failed, by the plan in its folder, and gathers the table again.",
    examples: { "twotime resume scan": "goes on with the sweep in the folder scan" },
    status: { "1": "interrupted, or points failed; what is finished is kept" },
  },
  worker: {
    text: "Takes points from the queue on a Redis server, computes each in a process of its own, and gives the numbers back. As many workers as you like, on any machines with the same version.",
    examples: {
      "twotime worker --redis redis://head:6379": "serves that server",
      "TWOTIME_REDIS=rediss://… twotime worker --threads 8":
        "eight points at once; the password stays out of ps",
    },
    status: { "0": "ended by Ctrl-C", "1": "the server cannot be reached" },
  },
  status: {
    text: "Where a sweep stands: how many of its points are done, failed and missing.",
    examples: { "twotime status scan": "the sweep in the folder scan" },
  },
  verify: {
    text: "Computes some points of a finished sweep once more, and tells whether they are the same to the last bit, or how far they differ.",
    examples: { "twotime verify scan --points 20": "twenty of them" },
    status: { "1": "a point came out different, or failed" },
  },
  export: {
    text: "Gathers what a sweep has so far, in the order of its plan, in one file in its folder.",
    examples: {
      "twotime export scan --format csv": "table.csv, for any program",
      "twotime export scan --format hdf5": "arrays over the axes, for NumPy and Julia",
    },
  },
  list: {
    text: "Without a name every system; with one its parameters with symbols, ranges and defaults, its methods, the quantities they report, its predictions, its sources, and a config to start from.",
    examples: {
      "twotime list": "the systems",
      "twotime list p-spin": "all there is to know of one",
      "twotime list p-spin --format json": "the same for a program",
    },
  },
  cite: {
    text: "What to cite: this package and the papers behind a system, or behind all of them. Lines of text on a terminal, else BibTeX.",
    examples: {
      "twotime cite p-spin": "what to cite for the p-spin model",
      "twotime cite p-spin > twotime.bib": "the same as BibTeX entries",
    },
  },
  schema: {
    text: "Prints the JSON Schema of config files, or with --sweep that of sweep files. Editors that know it complete keys, show meanings and defaults, and mark what is not allowed. The package has them as dist/config.schema.json and dist/sweep.schema.json.",
    examples: {
      "twotime schema > config.schema.json": 'for a line "$schema": "./config.schema.json" in a JSON config,',
      "# yaml-language-server: $schema=./config.schema.json": "or this first line of one in YAML",
      "twotime schema --sweep > sweep.schema.json": "the same for sweep files",
    },
  },
  play: {
    text: "Serves the playground of the package to this machine alone and opens it in the browser: systems, parameters and schedules by sliders, theory and finite systems computed in the page. Nothing leaves the machine.",
    examples: {
      "twotime play": "opens the page",
      "twotime play --port 8080 --no-open": "for a browser elsewhere, through a tunnel",
    },
    status: { "0": "ended by Ctrl-C" },
  },
  atlas: {
    text: "Makes the figures of the five papers, theory against finite systems, and a report in HTML. Quick takes three minutes on two cores, standard an hour and a half, paper is a campaign of days.",
    examples: {
      "twotime atlas": "all figures, quick: report/index.html",
      "twotime atlas --preset standard --plan": "only what each figure will cost",
      "twotime atlas --preset standard --resume": "goes on where it was stopped",
      "twotime atlas --only p-spin-loss": "one figure",
    },
  },
};
