/** Style of the report: system fonts, one column, light or dark as the reader's screen. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1d2129; --quiet: #5c6370; --paper: #fff; --line: #d9dce2; --panel: #f5f6f8; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6eb; --quiet: #a0a6b2; --paper: #15171c; --line: #343945; --panel: #1e2129; --link: #7fb0ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 720px; color: var(--ink); background: var(--paper);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .2rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
section { margin-top: 3rem; padding-top: 1.6rem; border-top: 1px solid var(--line); }
a { color: var(--link); }
.facts, .paper { color: var(--quiet); font-size: .9rem; margin: 0; }
nav ol, .sources { padding-left: 1.4rem; }
figure { margin: 0; }
figcaption { margin-top: .8rem; }
sub, sup { line-height: 0; font-size: .78em; }
.on-narrow { display: none; max-width: 420px; }
@media screen and (max-width: 600px) { .on-wide { display: none; } .on-narrow { display: block; } }
svg { display: block; width: 100%; height: auto; color: var(--ink); }
.notes { font-size: .92rem; color: var(--quiet); padding-left: 1.2rem; }
.notes li { margin: .3rem 0; }
.wide { overflow-x: auto; margin: 1.2rem 0 0; }
.wide:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.hint { display: none; color: var(--quiet); font-size: .85rem; margin: .3rem 0 0; }
.scrolls + .hint { display: block; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; min-width: 60%; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line); }
thead th { vertical-align: bottom; font-weight: 600; }
tbody th { font-weight: 400; }
tbody th, td { white-space: nowrap; }
td.number, th.number { text-align: right; }
details { margin-top: 1rem; border: 1px solid var(--line); border-radius: 6px; padding: .5rem .8rem; }
summary { cursor: pointer; }
details details { border: 0; border-radius: 0; padding: 0; margin-top: .6rem; }
pre { background: var(--panel); border-radius: 4px; padding: .7rem; overflow: auto; max-height: 22rem; font-size: .8rem; line-height: 1.4; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; }
button { font: inherit; font-size: .85rem; padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--panel); color: inherit; cursor: pointer; }
@media print {
  :root { --ink: #000; --quiet: #444; --paper: #fff; --line: #bbb; --panel: #fff; --link: #000; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  details, .hint { display: none; }
  h1, h2, h3, .paper, nav { break-after: avoid; }
  .panel, figcaption, tr, li { break-inside: avoid; }
  .wide { overflow: visible; }
  svg { max-width: 15cm; }
}
`;
