import type { Language, Text } from '@messlatte/model'
import { ANSWERS, type Answer, type Plan, type PlanRow, standingOf } from '@messlatte/portfolio'
import { day, whole } from '../figures.ts'
import { html, type Markup, raw } from '../html/markup.ts'
import { sign } from '../html/page.ts'
import { policyOf } from '../html/policy.ts'
import { section, table } from '../html/section.ts'
import { MARK, SIGNS } from '../html/signs.ts'
import { STYLE } from '../html/style.ts'
import { WORDS } from '../words.ts'
import type { PlanContext } from './terminal.ts'
import {
  answerWord,
  changeLines,
  deciding,
  type HeatRow,
  heatRows,
  needLine,
  productName,
  reasonLines,
  runningOutLines,
  type Speaker,
  speaker,
  supplierLines,
  urgentRows,
} from './view.ts'
import { ANSWER_MEANINGS, ANSWER_TONES, KIND_WORDS, PLAN_WORDS as W } from './words.ts'

const MOST_HEAT = 2000
const MOST_ROWS = 500
const MOST_LINES = 500

/** Cells of the heat map have a ground of their own tone beside sign and word; on paper a page is wide enough for them. */
const PLAN_STYLE = `${STYLE}
.heat td{border-left:3px solid var(--tone);padding:.45rem .6rem;background:var(--card)}
.heat td.none{border-left-color:transparent;background:none}
.heat th[scope=row]{font-weight:500;padding-block:.45rem}.heat thead .soft,.counts th .soft{font-weight:400}
.heat .figure,.counts .figure{text-align:right;border-left:0;background:none;white-space:nowrap}
.counts{max-width:52rem;margin-bottom:1rem}
.counts td{min-width:5.5rem}
.rulelist{max-width:52rem}.rulelist li{margin-bottom:.8rem}
.heat caption,.counts caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th .soft{font-weight:400}.supplies td:nth-child(2){min-width:9.5rem;overflow-wrap:normal}
.why{margin:0;padding-left:1.05rem;font-size:.93rem}
.why li+li{margin-top:.25rem}
@media screen and (max-width:46rem){.heat.stack .figure{text-align:left}}
@media print{@page{size:A4 landscape}.heat{font-size:.8rem}}
`

/** A plan as one file, under the rules of the check's report: no script, no network. The heat map is a real table. */
export function renderPlanHtml(plan: Plan, context: PlanContext, language: Language): string {
  const page = speaker(language)
  const parts = partsOf(plan, context, page)
  const { markup } = html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policyOf(PLAN_STYLE))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.say(W.title)}, ${day(plan.asOf, language)}</title>
<style>${raw(PLAN_STYLE)}</style>
</head>
<body>
${SIGNS}
<a class="skip" href="#heat">${page.say(WORDS.skip)}</a>
<header class="hero">
<p class="brand">${MARK}<span>Messlatte</span></p>
<h1>${page.say(W.title)}</h1>
<p class="answer">${page.say(W.asked, { day: day(plan.asOf, language) })}</p>
<dl class="facts"><div><dt>${page.say(W.market)}</dt><dd>${plan.market ?? page.say(W.allMarkets)}</dd></div></dl>
</header>
<nav aria-label="${page.say(WORDS.contents)}"><ul class="plain">${parts.map(({ id, title }) => html`<li><a href="#${id}">${page.say(title)}</a></li>`)}</ul></nav>
<main>
${context.unknown.length > 0 ? html`<p class="warning">${page.say(W.ignored, { names: context.unknown.join(', ') })}</p>` : undefined}
${context.notes.map((note) => html`<p class="warning">${note[language]}</p>`)}
${parts.map(({ id, title, content, lead }) => section(page, id, title, content, lead))}
</main>
<footer><p class="last">${page.say(W.closing)}</p></footer>
</body>
</html>`
  return `<!doctype html>\n${markup}\n`
}

interface Part {
  readonly id: string
  readonly title: Text
  readonly content: Markup
  readonly lead?: string
}

function partsOf(plan: Plan, context: PlanContext, page: Speaker): readonly Part[] {
  const units = plan.rows.reduce((sum, { supply }) => sum + (supply.quantity ?? supply.stock ?? 0), 0)
  const figures = { units: whole(units, page.language), rows: whole(plan.rows.length, page.language) }
  const all: readonly (Part & { readonly empty?: boolean })[] = [
    { id: 'answers', title: W.summary, content: counts(plan, page) },
    { id: 'heat', title: W.heat, content: heat(plan, page), lead: page.say(W.heatLead, figures) },
    { id: 'rows', title: W.rows, content: rows(plan, page) },
    {
      id: 'suppliers',
      title: W.suppliers,
      content: suppliers(plan, page),
      empty: supplierLines(plan).length === 0,
    },
    { id: 'tenders', title: W.tenders, content: tenders(plan, page), empty: plan.tenders.length === 0 },
    {
      id: 'certificates',
      title: W.certificates,
      content: certificates(plan, page),
      empty: plan.rows.every(({ runningOut }) => runningOut.length === 0),
    },
    { id: 'rules', title: W.rules, content: rules(plan, page) },
    {
      id: 'left-out',
      title: W.leftOut,
      content: leftOut(context, page),
      empty: context.leftOut.length === 0,
    },
  ]
  return all.filter(({ empty }) => !empty)
}

function rules(plan: Plan, page: Speaker): Markup {
  const { language } = page
  return html`<ul class="plain rulelist">${plan.rules.map((rule) => {
    const last =
      rule.lastFreeDay === null
        ? page.say(W.noFreeDay)
        : page.say(W.lastFreeDay, { day: day(rule.lastFreeDay, language) })
    return html`<li><b>${rule.id}</b>: ${rule.title[language]} (${page.say(W[standingOf(rule)])}; ${last}). <span class="soft">${rule.caveat[language]}</span></li>`
  })}</ul>`
}

function answer(one: Answer, page: Speaker): Markup {
  const tone = ANSWER_TONES[one]
  return html`<span class="verdict ${tone}">${sign(tone)}<span>${answerWord(one, page.language)}</span></span>`
}

function counts(plan: Plan, page: Speaker): Markup {
  const titles = [W.answer, W.rowCount, W.units].map((title) => page.say(title))
  return html`<table class="counts"><caption>${page.say(W.summary)}</caption>
<thead><tr>${titles.map((title, at) => html`<th scope="col"${at > 0 ? raw(' class="figure"') : undefined}>${title}</th>`)}</tr></thead>
<tbody>${ANSWERS.map((one) => html`<tr><th scope="row">${answer(one, page)}<div class="soft">${page.say(ANSWER_MEANINGS[one])}</div></th><td class="figure">${whole(plan.counts[one].rows, page.language)}</td><td class="figure">${whole(plan.counts[one].units, page.language)}</td></tr>`)}</tbody></table>`
}

function heat(plan: Plan, page: Speaker): Markup {
  const all = heatRows(plan)
  const rules = plan.rules.map(({ id }) => id)
  const titles = [W.product, W.market].map((title) => page.say(title))
  return html`<table class="heat stack" role="table"><caption>${page.say(W.heat)}</caption>
<thead role="rowgroup"><tr role="row">${titles.map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}${plan.rules.map((rule) => html`<th role="columnheader" scope="col">${rule.id}${rule.lastFreeDay === null ? undefined : html`<div class="soft">${page.say(W.freeUntil, { day: day(rule.lastFreeDay, page.language) })}</div>`}</th>`)}<th role="columnheader" scope="col" class="figure">${page.say(W.units)}</th></tr></thead>
<tbody role="rowgroup">${all.slice(0, MOST_HEAT).map((row) => heatRow(row, rules, page))}</tbody></table>${more(all.length - MOST_HEAT, page)}`
}

function heatRow(
  { product, market, answers, units }: HeatRow,
  rules: readonly string[],
  page: Speaker,
): Markup {
  return html`<tr role="row"><th role="rowheader" scope="row">${product}</th><td role="cell" class="none" data-title="${page.say(W.market)}">${market}</td>${rules.map(
    (rule) => {
      const found = answers.get(rule)
      return found
        ? html`<td role="cell" class="${ANSWER_TONES[found]}" data-title="${rule}">${answer(found, page)}</td>`
        : html`<td role="cell" class="none" data-title="${rule}">–</td>`
    },
  )}<td role="cell" class="figure" data-title="${page.say(W.units)}">${whole(units, page.language)}</td></tr>\n`
}

function rows(plan: Plan, page: Speaker): Markup {
  const urgent = urgentRows(plan)
  if (urgent.length === 0) return html`<p>${page.say(W.noRows)}</p>`
  const titles = [W.product, W.answer, W.reasons, W.changes].map((title) => page.say(title))
  return html`${table(
    'stack listing supplies',
    page.say(W.rows),
    titles,
    urgent
      .slice(0, MOST_ROWS)
      .map((row) => [
        named(row, page),
        answer(row.eligibility.answer, page),
        list(reasonLines(deciding(row.eligibility), page.language)),
        list([
          ...changeLines(deciding(row.eligibility), page.language),
          ...runningOutLines(row, page).map((line) => `${page.say(W.runningOut)}: ${line}`),
        ]),
      ]),
  )}${more(urgent.length - MOST_ROWS, page)}`
}

function named(row: PlanRow, page: Speaker): Markup {
  const { supply, sku } = row
  const when = supply.planned ?? supply.actual
  const facts = [
    `${page.say(W.row)} ${supply.row}`,
    sku.id,
    ...(supply.batch === null ? [] : [`${page.say(W.batch)} ${supply.batch}`]),
    `${page.say(KIND_WORDS[supply.kind])} ${supply.market}`,
    ...(when === null ? [] : [day(when, page.language)]),
  ]
  return html`${productName(row)}<div class="soft">${facts.join(', ')}</div>`
}

function list(lines: readonly string[]): Markup {
  return html`<ul class="why">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}

function suppliers(plan: Plan, page: Speaker): Markup {
  const all = supplierLines(plan)
  return html`${table(
    'stack listing',
    page.say(W.suppliers),
    [W.supplier, W.products, W.missing].map((title) => page.say(title)),
    all
      .slice(0, MOST_LINES)
      .map(({ supplier, products, needs }) => [
        supplier || page.say(W.unnamed),
        whole(products, page.language),
        list(needs.slice(0, MOST_LINES).map((need) => needLine(need, page))),
      ]),
  )}${more(all.length - MOST_LINES, page)}`
}

function tenders(plan: Plan, page: Speaker): Markup {
  return html`${table(
    'stack listing',
    page.say(W.tenders),
    [W.tender, W.due, W.worst, W.rowCount].map((title) => page.say(title)),
    plan.tenders
      .slice(0, MOST_LINES)
      .map(({ id, due, answer: worst, rows: own }) => [
        id,
        due === null ? '' : day(due, page.language),
        answer(worst, page),
        whole(own.length, page.language),
      ]),
  )}${more(plan.tenders.length - MOST_LINES, page)}`
}

function certificates(plan: Plan, page: Speaker): Markup {
  const lines = new Map<string, Set<string>>()
  for (const row of plan.rows)
    for (const line of runningOutLines(row, page))
      lines.set(line, (lines.get(line) ?? new Set<string>()).add(productName(row)))
  return html`${table(
    'stack listing',
    page.say(W.certificates),
    [W.runningOut, W.products].map((title) => page.say(title)),
    [...lines].slice(0, MOST_LINES).map(([line, products]) => [line, [...products].join(', ')]),
  )}${more(lines.size - MOST_LINES, page)}`
}

function leftOut({ leftOut: all }: PlanContext, page: Speaker): Markup {
  return html`${table(
    'stack listing',
    page.say(W.leftOut),
    [W.row, W.leftOut, W.reasons].map((title) => page.say(title)),
    all
      .slice(0, MOST_LINES)
      .map(({ cell, row, header, value, text }) => [
        cell ?? String(row),
        header === '' ? '' : `${header}: ${value}`,
        text[page.language],
      ]),
  )}${more(all.length - MOST_LINES, page)}`
}

function more(count: number, page: Speaker): Markup | undefined {
  return count > 0
    ? html`<p class="more">${page.say(WORDS.more, { count: whole(count, page.language) })}</p>`
    : undefined
}
