import type { CheckResult, Evidence, ProfileVerdict, ProvisionVerdict, Verdict } from '@messlatte/model'
import { roughBytes, whole } from '../figures.ts'
import { columnName, columnsOf, verdictIn } from '../view/columns.ts'
import { type Finding, failingOf, othersOf } from '../view/findings.ts'
import { numberEvidence } from '../view/numbering.ts'
import { inShort } from '../view/observation.ts'
import { CONFIDENCE_WORDS, LEVEL_WORDS, SOURCE_STATUS_WORDS, STATUS_WORDS, WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'
import { columnsWide } from './wrap.ts'

const MOST_FAILING = 25
const MOST_EVIDENCE = 4
const MOST_OTHERS = 15
const MOST_OBSERVED = 240
const SHORT_DIGEST = 16
const ID = 8

export function writeFailing(sheet: Sheet, result: CheckResult): void {
  const failing = failingOf(result)
  sheet.heading(`${sheet.say(WORDS.fails)} (${failing.length})`)
  if (failing.length === 0) sheet.paragraph(sheet.say(WORDS.nothingFails))
  const numbers = numberEvidence(result)
  const told = new Set<string>()
  sheet.list(failing, MOST_FAILING, 0, (finding, i) => {
    if (i > 0) sheet.blank()
    writeProvision(sheet, result, finding)
    if (finding.evidence.length === 0) {
      for (const reason of finding.reasons) sheet.paragraph(reason.text[sheet.language], ID)
    }
    sheet.list(finding.evidence, MOST_EVIDENCE, ID, (evidence) => {
      const number = numbers.get(evidence.id)?.number ?? 0
      if (told.has(evidence.id)) {
        const see = sheet.say(WORDS.seeEvidence, { number })
        sheet.paragraph(`${evidence.title[sheet.language]} (${see})`, ID + 2, `${' '.repeat(ID)}•`)
      } else writeEvidence(sheet, evidence, number)
      told.add(evidence.id)
    })
    writeMending(sheet, finding)
  })
}

export function writeOthers(sheet: Sheet, result: CheckResult): void {
  const others = othersOf(result)
  sheet.heading(`${sheet.say(WORDS.others)} (${others.length})`)
  if (others.length === 0) sheet.paragraph(sheet.say(WORDS.noOthers))
  sheet.list(others, MOST_OTHERS, 0, (finding) => {
    writeProvision(sheet, result, finding)
    sheet.list(finding.reasons, MOST_EVIDENCE, ID, (it) => sheet.paragraph(it.text[sheet.language], ID))
    writeMending(sheet, finding)
  })
}

function writeMending(sheet: Sheet, { mending }: Finding): void {
  if (mending === null) return
  const how = sheet.say(WORDS.mending, { how: mending[sheet.language] })
  sheet.paragraph(how, ID + 2, `${' '.repeat(ID)}→`, 'soft')
}

function writeProvision(sheet: Sheet, result: CheckResult, { provision }: Finding): void {
  sheet.paragraph(provision.title[sheet.language], ID, provision.id, 'strong')
  const lines = new Map<
    string,
    { readonly verdict: Verdict; readonly weight: string; readonly names: string[] }
  >()
  for (const column of columnsOf(result).toReversed()) {
    const verdict = verdictIn(provision, column)
    if (verdict === undefined) continue
    const weight = weightOf(sheet, verdict, provision.baseline)
    const line = lines.get(verdict.verdict + weight) ?? { verdict: verdict.verdict, weight, names: [] }
    line.names.push(columnName(column, sheet.language))
    lines.set(verdict.verdict + weight, line)
  }
  for (const { verdict, weight, names } of lines.values()) {
    sheet.paragraph(`${sheet.verdict(verdict)} – ${names.join(', ')} (${weight})`, ID, '', verdict)
  }
}

/** The source stands beside it only where the profile raises the provision: there it is what the verdict hangs on. */
function weightOf(
  sheet: Sheet,
  verdict: ProvisionVerdict | ProfileVerdict,
  baseline: ProvisionVerdict,
): string {
  const status = sheet.say(STATUS_WORDS[verdict.status])
  if (!('sourceStatus' in verdict) || verdict.status === baseline.status) return status
  const source = sheet.say(WORDS.source, { status: sheet.say(SOURCE_STATUS_WORDS[verdict.sourceStatus]) })
  return `${status}, ${source}`
}

function writeEvidence(sheet: Sheet, evidence: Evidence, number: number): void {
  const { language } = sheet
  const range = sheet.say(WORDS.range, {
    offset: whole(evidence.offset, language),
    length: roughBytes(evidence.length, language),
  })
  const { confidence } = evidence
  const grade = sheet.say(CONFIDENCE_WORDS[confidence.grade])
  const rows: readonly (readonly [string, string])[] = [
    [sheet.say(WORDS.place), `${evidence.path} (${range})`],
    [sheet.say(WORDS.observation), inShort(evidence.observation, MOST_OBSERVED)],
    [sheet.say(WORDS.digestShort), `${evidence.sha256.slice(0, SHORT_DIGEST)}…`],
    ...(evidence.level === undefined
      ? []
      : [[sheet.say(WORDS.level), `${evidence.level}: ${sheet.say(LEVEL_WORDS[evidence.level])}`] as const]),
    [sheet.say(WORDS.confidence), `${grade}: ${confidence.reason[language]}`],
    [sheet.say(WORDS.overturn), evidence.overturnedBy?.[language] ?? sheet.say(WORDS.noOverturn)],
  ]
  sheet.paragraph(`${evidence.title[language]} [${number}]`, ID + 2, `${' '.repeat(ID)}•`)
  const label = Math.max(...rows.map(([it]) => columnsWide(it))) + 2
  for (const [name, value] of rows) sheet.field(name, value, ID + 2, label)
}
