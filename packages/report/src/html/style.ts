/** The style sheet of the report. Its digest stands in the page's security policy, so it may hold nothing variable. */
export const STYLE = `
:root{color-scheme:light dark;
--paper:#f7f5f0;--card:#fffefb;--ink:#1d1c1a;--soft:#5d5a53;--line:#ded9cd;--accent:#1b4f72;--wash:#efebe2;
--fail:#b01e17;--contested:#7a2a8c;--open:#7d5300;--not-met:#a8430a;--supported:#14588f;--pass:#1a6a3a;--na:#66635c}
@media (prefers-color-scheme:dark){:root{
--paper:#141517;--card:#1c1e21;--ink:#ebe8e1;--soft:#aaa69c;--line:#35383d;--accent:#8fc1e6;--wash:#24272b;
--fail:#ff8b80;--contested:#dca8ee;--open:#e8bf62;--not-met:#ffa76e;--supported:#8dc3f5;--pass:#7ed29a;--na:#aaa69c}}
*,*::before,*::after{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Open Sans",sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:4.5rem}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word;font-variant-numeric:tabular-nums}
.hero,main,footer{max-width:70rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,3rem)}
h1,h2,.question{font-family:ui-serif,"Iowan Old Style",Charter,"Bitstream Charter",Cambria,"Noto Serif",Georgia,serif;font-weight:500;text-wrap:balance}
h1{font-size:clamp(2rem,5.2vw,3.5rem);line-height:1.1;letter-spacing:-.02em;margin:.35rem 0 1.25rem}
h2{font-size:clamp(1.4rem,2.6vw,1.85rem);line-height:1.2;letter-spacing:-.01em;margin:0 0 .75rem}
h3{font-size:1.05rem;line-height:1.35;margin:0 0 .5rem}
p{margin:0 0 .6rem}
a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;margin:0;padding:.75rem .9rem;background:var(--wash);border-radius:6px}
dl,dd{margin:0}
.plain{list-style:none;margin:0;padding:0}
.soft,dt,.more,caption{color:var(--soft)}
.soft,.refs{font-size:.9em}
.digest{font-size:.8em}
.lead{color:var(--soft);max-width:46rem;margin-bottom:1.25rem}
.sprite{position:absolute}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:2}
.line{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.cut{fill:none;stroke:var(--card);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.cut.thin{stroke-width:1.4}

.verdict{display:inline-flex;align-items:baseline;gap:.4em;font-weight:650}
.sign{width:.95em;height:.95em;flex:none;transform:translateY(.12em)}
.fail{--tone:var(--fail)}.contested{--tone:var(--contested)}.open{--tone:var(--open)}.not-met{--tone:var(--not-met)}
.supported{--tone:var(--supported)}.pass{--tone:var(--pass)}.not-applicable{--tone:var(--na)}
.verdict{color:var(--tone)}
.edge{border-top:4px solid var(--tone)}

.hero{padding-top:clamp(1.5rem,4vw,3rem);padding-bottom:1.5rem}
.brand{display:flex;align-items:center;gap:.55rem;font-weight:650;letter-spacing:.01em;margin-bottom:clamp(2rem,6vw,4rem)}
.brand .soft{font-weight:400}
.mark{width:1.75rem;height:1.75rem;color:var(--ink)}
.mark .bar{stroke:var(--fail);stroke-width:2.6}
.mark .tick{stroke-width:1.1}
.question{font-size:clamp(1.1rem,2.2vw,1.4rem);font-style:italic;color:var(--soft);margin:0}
h1.obstacles{color:var(--fail)}h1.contradictions{color:var(--contested)}h1.unknown{color:var(--open)}h1.clear{color:var(--supported)}
.answer{font-size:1.1rem}
.caveat{max-width:48rem;border-left:3px solid var(--line);padding-left:1rem}
.warning{border:2px solid var(--not-met);border-radius:8px;padding:.6rem 1rem;font-weight:600;margin-block:1rem 1.5rem}
.rods{margin:2rem 0 1.75rem}
.rod{margin:0 0 1.25rem}
.rod figcaption{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;align-items:baseline;font-size:.92rem;margin-bottom:.4rem}
.rod figcaption>b{min-width:5.2rem}
.count{white-space:nowrap}
.count .verdict{font-weight:450}
.rod svg[role=img]{display:block;width:100%;height:auto;overflow:visible}
.rod rect{fill:var(--tone)}
.rod rect.open,.rod rect.contested{fill:var(--paper);stroke:var(--tone);stroke-width:1.6}
.rod rect.contested{stroke-dasharray:3 2}
.rod text{fill:var(--soft);font-size:10px}
.rod .bar{stroke:var(--ink);stroke-width:1.2}
.map{margin:0 0 1.5rem}
.map svg{display:block;width:100%;height:1.6rem;margin:.35rem 0 .5rem;border-radius:4px}
.part-format{fill:var(--accent)}
.part-padding{fill:var(--line)}
.part-unknown{fill:var(--open)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1rem 1.5rem;border-top:1px solid var(--line);padding-top:1.25rem}
.facts .wide{grid-column:1/-1}
dt{font-size:.82rem}
.facts li+li{margin-top:.5rem}

nav{position:sticky;top:0;z-index:1;background:var(--paper);border-block:1px solid var(--line)}
nav .plain{max-width:70rem;margin-inline:auto;padding:.35rem clamp(1rem,4vw,3rem);display:flex;flex-wrap:wrap;gap:0 1.35rem;font-size:.9rem}
nav a{display:inline-block;padding:.3rem 0;color:var(--ink);text-decoration:none}
nav a:hover{text-decoration:underline}

section{padding-top:clamp(2.25rem,5vw,3.75rem)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17.5rem,100%),1fr));gap:1.1rem}
.card,.finding{background:var(--card);border-radius:10px;box-shadow:0 0 0 1px var(--line)}
.card{padding:1.25rem 1.35rem}
.asks{display:block;columns:3 17.5rem;column-gap:1.1rem}
.asks .card{break-inside:avoid;margin-bottom:1.1rem}
.card.edge,.finding.edge{border-radius:4px 4px 10px 10px}
.card h3{font-size:1.15rem}
.sides>div+div{border-top:1px solid var(--line);margin-top:.9rem;padding-top:.8rem}
.sides .verdict{font-size:1.02rem}
.sides>div:first-child .verdict{font-size:1.3rem}
.sides li{font-size:.93rem;margin-top:.25rem}

.finding{padding:1.25rem clamp(1rem,2.4vw,1.6rem);margin-bottom:1.1rem}
.finding h3{font-size:1.15rem;display:flex;gap:.75rem}
.id{font-variant-numeric:tabular-nums;color:var(--soft);font-weight:600;white-space:nowrap}
.sidelist{display:flex;flex-wrap:wrap;gap:.1rem 1.75rem;margin-bottom:.7rem;font-size:.95rem}
.side{color:var(--soft);margin-right:.35rem}
.level{display:inline-block;border:1.5px solid currentColor;border-radius:4px;padding:0 .35em;font-size:.82em;line-height:1.4}
.seen{overflow-wrap:anywhere}

table{width:100%;border-collapse:collapse;font-size:.94rem}
caption{text-align:left;font-size:.82rem;padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.65rem 1.1rem .65rem 0;border-top:1px solid var(--line)}
thead th{border-top:0;font-size:.82rem;font-weight:500;color:var(--soft);padding-block:.2rem .4rem}
tbody th{font-weight:600}
td:last-child,th:last-child{padding-right:0}
td p:last-child{margin:0}
.proofs{table-layout:fixed;margin-top:.35rem}
.proofs caption,.provisions caption,.listing caption,.meanings caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.proofs p{margin-bottom:.3rem}
.proofs thead th:nth-child(1){width:21%}.proofs thead th:nth-child(2){width:27%}.proofs thead th:nth-child(3){width:29%}
.proofs .seen+p:last-child{margin-top:.35rem}
.told{margin:.2rem 0 0}
.provisions th[scope=row]{font-weight:500}
.entry{display:flex;gap:.8rem}
.entry .id{min-width:3.4rem}
.provisions td{width:13.5rem}
.entry .title{flex:1;min-width:0}
.raised{font-size:.9em;font-weight:650}
.traits{margin-top:1.5rem;max-width:48rem}
.traits th code{font-weight:400;display:block}
.meanings{max-width:46rem;margin-bottom:1rem}
.meanings th{white-space:nowrap}
.listing{margin-bottom:1.75rem}
.tags{display:flex;flex-wrap:wrap;gap:.4rem .5rem;margin-bottom:1.75rem}
.tags li{background:var(--wash);border-radius:99px;padding:.1rem .8rem;font-size:.93rem}
.ticks li{position:relative;padding-left:1.7rem;margin-top:.7rem}
.ticks li::before{content:"";position:absolute;left:0;top:.32em;width:.85rem;height:.85rem;border:1.5px solid var(--soft);border-radius:3px}
.ticks li.more::before{content:none}
.questions{padding-left:1.3rem;max-width:50rem}
.questions li{margin-bottom:.5rem}

.chains>li{margin-bottom:1.1rem}
.chain{margin-top:1rem}
.link{position:relative;display:grid;grid-template-columns:1.6rem minmax(0,1fr);column-gap:.9rem}
.link>div{grid-column:2;padding-bottom:.2rem}
.link>.sign{grid-column:1;grid-row:2;width:1.6rem;height:1.6rem;color:var(--tone);transform:none}
.link>.tie{grid-column:1;grid-row:1;width:1.6rem;height:2.4rem;color:var(--tone)}
.link>div{grid-row:2}
.loose{stroke-dasharray:1 4}
.break{stroke-width:2.4}
.link h4{margin:.05rem 0 .2rem;font-size:1rem}
.link .verdict{color:var(--tone);font-size:.92rem;margin-left:.4rem}
.link p{margin-bottom:.25rem}
.link details{font-size:.93rem}
.link summary{color:var(--accent)}
.link .rows{padding-left:0}

summary{cursor:pointer;padding-block:.25rem}
.provisions summary,section>details>summary{color:var(--accent);font-size:.9rem;font-weight:450}
.provisions details{font-weight:400;font-size:.93rem}
.provisions details ul{margin:.3rem 0;padding-left:1.1rem}
.evidence>li{border-top:1px solid var(--line)}
.evidence>li:last-child{border-bottom:1px solid var(--line)}
.evidence summary{padding-block:.6rem}
.rows{padding:0 0 1rem 1.1rem}
.rows>div{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:1rem;padding-block:.3rem}
.rows dt{padding-top:.1rem}
.rows{scroll-margin-top:3rem}
.rows:target{background:var(--wash)}

footer{padding-bottom:3rem}
.last{font-family:ui-serif,"Iowan Old Style",Charter,"Bitstream Charter",Cambria,"Noto Serif",Georgia,serif;font-size:clamp(1.15rem,2.4vw,1.5rem);border-top:3px solid var(--ink);padding-top:1rem;margin-top:2.5rem;text-wrap:balance}

td{overflow-wrap:anywhere}

@media screen and (max-width:46rem){
body{overflow-wrap:anywhere}
.rod text{display:none}
.rod svg[role=img]{height:6rem}
.rod figcaption>b{width:100%}
nav{position:static}
html{scroll-padding-top:1rem}
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack,.stack caption,.stack tbody,.stack tr,.stack td,.stack th{display:block;width:auto}
.stack tr{border-top:1px solid var(--line);padding-block:.7rem}
.stack th,.stack td{border:0;padding:.2rem 0}
.stack td::before{content:attr(data-title);display:block;color:var(--soft);font-size:.82rem}
.provisions td{width:auto}
.provisions tr{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}
.provisions th[scope=row]{grid-column:1/-1}
.rows{padding-left:0}
.rows>div{grid-template-columns:minmax(0,1fr);gap:0}
}

@media print{
:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#000;--wash:#f3f3f3;
--fail:#9b120c;--contested:#6a1f7c;--open:#5f3f00;--not-met:#8a3300;--supported:#0d457a;--pass:#0f5229;--na:#444}
.provisions td{width:9.5rem}
@page{margin:16mm 14mm}
html{font-size:10pt}
nav,.skip,summary::marker{display:none}
summary{list-style:none}
.hero,main,footer{max-width:none;padding-inline:0}
.brand{margin-bottom:1.5rem}
details::details-content{content-visibility:visible;block-size:auto}
.card,.finding{box-shadow:none;border:1px solid var(--line);break-inside:avoid}
.card.edge,.finding.edge{border-top:4px solid var(--tone)}
.finding{break-inside:auto}
.link{break-inside:avoid}
.cards:not(.asks){grid-template-columns:repeat(3,1fr)}
h2,h3,.sidelist{break-after:avoid}
tr,.rows>div,.ticks li{break-inside:avoid}
thead{display:table-header-group}
a{text-decoration:none;color:inherit}
rect,.sign,.edge,.tags li,pre{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`
