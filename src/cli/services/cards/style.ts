/** Eight panels of 105 by 74 mm on A4, black on white; every sheet is one page whatever stands in it. */
export const STYLE = `
@page { size: A4; margin: 0; }
* { box-sizing: border-box; margin: 0; }
html, body { background: #fff; color: #000; font-family: system-ui, "Noto Sans", "Noto Naskh Arabic", "Noto Sans Bengali", sans-serif; }
main { display: grid; width: 210mm; height: 296.5mm; grid-template: repeat(4, 1fr) / 1fr 1fr; overflow: hidden; break-after: page; break-inside: avoid; }
main:last-child { break-after: auto; }
section { padding: 5mm 6mm; overflow: hidden; display: flex; flex-direction: column; justify-content: safe center; gap: 1.4mm; border: 0 dashed #aaa; }
section:nth-child(odd) { border-inline-end-width: 0.2mm; }
section:nth-child(n + 3) { border-block-start-width: 0.2mm; }
h1 { font-size: 30pt; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 14pt; line-height: 1.2; }
p { flex: none; font-size: 10.5pt; line-height: 1.3; overflow-wrap: anywhere; }
h2, .hours, .where, .one { display: -webkit-box; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; flex: none; }
h2, .where { -webkit-line-clamp: 2; }
.hours { -webkit-line-clamp: 4; }
.one { -webkit-line-clamp: 1; }
.span, .number bdi { white-space: nowrap; }
.number { font-size: 20pt; line-height: 1.15; font-weight: 700; font-variant-numeric: tabular-nums; }
.number.long { font-size: 18pt; }
.number.longest { font-size: 14pt; }
.number small { font-size: 11pt; font-weight: 600; }
.number + .line, .one + .line { margin-block-start: 2mm; padding-block-start: 2.5mm; border-block-start: 0.3mm solid #000; }
.roomy h2 { font-size: 17pt; }
.roomy p { font-size: 13pt; }
.roomy .number { font-size: 26pt; }
.roomy .number.long { font-size: 20pt; }
.roomy .number.longest { font-size: 14pt; }
.roomy h2.line { font-size: 15pt; }
.outside { align-items: center; text-align: center; }
.outside .number { font-size: 40pt; }
.outside .number.long, .outside .number.longest { font-size: 20pt; }
.outside .number small { display: block; font-size: 14pt; }
.emergency { font-size: 18pt; font-weight: 600; }
.small { font-size: 9pt; margin-block-start: 3mm; }
.notice { font-size: 8.5pt; line-height: 1.25; padding: 1mm 2mm; border: 0.3mm solid #000; }
section:has(.notice) .hours { -webkit-line-clamp: 2; }
section:has(.notice) .where { -webkit-line-clamp: 1; }
section:has(.notice) .number + .number { display: none; }
@media screen { body { padding: 8mm; background: #ddd; } main { margin: 0 auto 8mm; background: #fff; } }
`
