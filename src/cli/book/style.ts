/** Black on white, for a printer that has little ink: what matters is line and room to write. */
export const STYLE = `
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: #111; background: #fff; font: 10pt/1.45 system-ui, "Noto Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 2px solid #111; font-size: 1.25rem; break-after: avoid; }
h3 { grid-column: 1 / -1; margin: 0; font: 600 0.8rem/1.4 ui-monospace, monospace; }
small { color: #555; font-weight: 400; }
section { break-before: page; }
article { display: grid; grid-template-columns: 1fr 1fr 11rem; gap: 0.5rem 0.9rem; padding: 0.8rem 0; border-bottom: 1px solid #bbb; break-inside: avoid; }
.phone { padding: 0.6rem; border: 1px solid #888; border-radius: 0.8rem; background: #f4f1ec; print-color-adjust: exact; }
.bubble { margin: 0 0 0.4rem; padding: 0.5rem 0.7rem; border-radius: 0.6rem; background: #fff; white-space: pre-wrap; overflow-wrap: anywhere; }
.opens { margin: 0 0 0.3rem; text-align: center; font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: 0 0 0.25rem; padding: 0.3rem 0.6rem; border: 1px solid #888; border-radius: 0.5rem; background: #fff; text-align: center; }
ul.list li { border-radius: 0; border-width: 0 0 1px; text-align: start; }
.boxes p { margin: 0 0 0.4rem; }
.lines { height: 5.6rem; margin-bottom: 0.5rem; background: repeating-linear-gradient(#fff 0 1.3rem, #999 1.3rem calc(1.3rem + 1px)); print-color-adjust: exact; }
.line { display: inline-block; width: 18rem; border-bottom: 1px solid #111; }
.line.short { width: 6rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.3rem 0.5rem; border: 1px solid #999; text-align: start; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
.states { width: auto; }
.parts td.box { width: 2.6rem; text-align: center; }
.parts td.wide { width: 26%; }
.sign { margin-top: 1.5rem; }
@media (max-width: 42rem) { article { grid-template-columns: 1fr; } }
`
