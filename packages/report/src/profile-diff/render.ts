import type { Difference, RuleSet } from '@messlatte/conformity'
import { day } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import {
  DIFF_WORDS,
  DIFFERENCE_WORDS,
  DIFFERENCES,
  EDITION_CHANGE_WORDS,
  SOURCE_STATUS_WORDS,
  STATUS_WORDS,
} from '../words.ts'
import { conditionInWords } from './condition.ts'

/** What differs between two rule sets and whom it hits, for a terminal. */
export function renderDiff(
  [a, b]: readonly [RuleSet, RuleSet],
  differences: readonly Difference[],
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  sheet.paragraph(
    sheet.say(DIFF_WORDS.lead, { a: a.id, b: b.id, count: differences.length }),
    0,
    '',
    'strong',
  )
  for (const rules of [a, b]) {
    sheet.field(rules.id, scopeOf(sheet, rules), 2, 15)
    if (rules.profile) sheet.field('', rules.profile.caveat[sheet.language], 2, 15)
  }
  for (const kind of DIFFERENCES) {
    const lines = differences.filter((line) => line.kind === kind)
    if (lines.length === 0) continue
    sheet.heading(`${sheet.say(DIFFERENCE_WORDS[kind])} (${lines.length})`)
    for (const line of lines) writeLine(sheet, line)
  }
  sheet.blank()
  sheet.paragraph(sheet.say(DIFF_WORDS.closing))
  return sheet.text()
}

/** Whom a rule set touches at all: a market's units from a day on, or nobody by itself. */
function scopeOf(sheet: Sheet, { catalogue, profile }: RuleSet): string {
  const edition = catalogue.title[sheet.language]
  if (!profile) return sheet.say(DIFF_WORDS.alone, { edition })
  if (profile.lastFreeDay === null)
    return sheet.say(DIFF_WORDS.voluntary, { edition, market: profile.market })
  const lastFreeDay = day(profile.lastFreeDay, sheet.language)
  return sheet.say(DIFF_WORDS.units, { edition, market: profile.market, lastFreeDay, zone: profile.zone })
}

function writeLine(sheet: Sheet, line: Difference): void {
  const number = line.before === undefined ? line.provision : `${line.before} → ${line.provision}`
  sheet.paragraph(`${number}: ${line.title[sheet.language]}`, 2, '', 'strong')
  if (line.from !== null && line.to !== null && line.from !== line.to)
    sheet.paragraph(`${sheet.say(STATUS_WORDS[line.from])} → ${sheet.say(STATUS_WORDS[line.to])}`, 4)
  else if (line.to !== null) sheet.paragraph(sheet.say(STATUS_WORDS[line.to]), 4)
  if (line.change !== undefined) sheet.paragraph(sheet.say(EDITION_CHANGE_WORDS[line.change]), 4)
  sheet.paragraph(whomItHits(sheet, line), 4)
  sheet.paragraph(`${sheet.say(SOURCE_STATUS_WORDS[line.sourceStatus])}: ${line.source}`, 4, '', 'soft')
}

function whomItHits(sheet: Sheet, { hits, lacking }: Difference): string {
  if (!hits) return sheet.say(DIFF_WORDS.everybody)
  return sheet.say(lacking ? DIFF_WORDS.without : DIFF_WORDS.those, {
    condition: conditionInWords(sheet, hits),
  })
}
