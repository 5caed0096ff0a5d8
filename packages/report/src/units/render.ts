import type {
  Evidence,
  ProfileVerdict,
  ProvisionResult,
  ProvisionVerdict,
  UnitDump,
  UnitsResult,
} from '@messlatte/model'
import { bytes, day, roughBytes, whole } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { inShort } from '../view/observation.ts'
import { CONFIDENCE_WORDS, EDITION_WORDS, WORDS } from '../words.ts'
import { writeLabels } from './labels.ts'
import { writeRegions } from './regions.ts'
import { writeSecrets } from './secrets.ts'
import { IDENTITY_WORDS, UNITS_WORDS } from './words.ts'

const MOST_IDENTITY = 8
const MOST_FINDINGS = 25
const MOST_OBSERVED = 400
const LABEL = 12
const ID = 8

/** The comparison of units for a terminal: verdicts first, then why. Ends with a newline. */
export function renderUnits(result: UnitsResult, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  sheet.line(`Messlatte ${result.tool.version}`, 'soft')
  sheet.blank()
  sheet.paragraph(sheet.say(UNITS_WORDS.lead, { units: subject(sheet, result) }), 0, '', 'strong')
  sheet.field(sheet.say(WORDS.standard), sheet.say(EDITION_WORDS[result.rules.catalogue.id]), 0, LABEL)
  for (const { id, title, caveat } of result.rules.profiles) {
    sheet.field(sheet.say(WORDS.profile), `${id}: ${title[sheet.language]}`, 0, LABEL)
    sheet.field('', caveat[sheet.language], 0, LABEL)
  }
  sheet.field(sheet.say(WORDS.asOf), day(result.options.asOf, sheet.language), 0, LABEL)
  writeVerdicts(sheet, result.provisions)
  for (const { profile, id, title, result: own } of result.requirements)
    sheet.paragraph(
      `${sheet.verdict(own.verdict)}  ${profile} ${id}: ${title[sheet.language]}`,
      2,
      '',
      own.verdict,
    )
  writeFindings(sheet, result.evidence)
  if (result.labels) writeLabels(sheet, result.labels)
  if (result.units.length > 0) {
    writeSecrets(sheet, result.secrets)
    if (result.release) writeRegions(sheet, result.release.regions)
    writeUnits(sheet, result.units)
  }
  sheet.blank()
  sheet.paragraph(sheet.say(UNITS_WORDS.closing))
  return sheet.text()
}

function subject(sheet: Sheet, { units, labels }: UnitsResult): string {
  const dumps = sheet.say(UNITS_WORDS.dumps, { count: units.length })
  const table = sheet.say(UNITS_WORDS.labels, { count: labels?.units ?? 0 })
  if (!labels) return dumps
  return units.length === 0 ? table : sheet.say(UNITS_WORDS.both, { a: dumps, b: table })
}

function writeVerdicts(sheet: Sheet, provisions: readonly ProvisionResult[]): void {
  sheet.heading(sheet.say(UNITS_WORDS.verdicts))
  for (const provision of provisions) {
    sheet.paragraph(provision.title[sheet.language], ID, provision.id, 'strong')
    const verdicts: readonly (readonly [string, ProfileVerdict | ProvisionVerdict])[] = [
      [sheet.say(WORDS.baseline), provision.baseline],
      ...Object.entries(provision.profiles),
    ]
    const byVerdict = Map.groupBy(verdicts, ([, { verdict }]) => verdict)
    for (const [verdict, same] of byVerdict)
      sheet.paragraph(`${sheet.verdict(verdict)} – ${same.map(([name]) => name).join(', ')}`, ID, '', verdict)
    const { baseline } = provision
    if (baseline.verdict !== 'open') continue
    for (const { text } of baseline.reasons.slice(0, 3))
      sheet.paragraph(text[sheet.language], ID + 2, `${' '.repeat(ID)}•`)
    for (const { what } of baseline.missing.slice(0, 2))
      sheet.paragraph(what[sheet.language], ID + 2, `${' '.repeat(ID)}→`)
  }
}

const WEIGHT = { against: 0, for: 1, neutral: 2 } as const

function writeFindings(sheet: Sheet, evidence: readonly Evidence[]): void {
  sheet.heading(`${sheet.say(UNITS_WORDS.findings)} (${evidence.length})`)
  if (evidence.length === 0) sheet.paragraph(sheet.say(UNITS_WORDS.nothing))
  const ordered = evidence.toSorted((a, b) => WEIGHT[a.polarity] - WEIGHT[b.polarity])
  sheet.list(ordered, MOST_FINDINGS, 2, (one) => writeFinding(sheet, one))
}

function writeFinding(sheet: Sheet, one: Evidence): void {
  const sign = { against: '–', for: '+', neutral: '·' }[one.polarity]
  const ids = [...new Set(one.provisions.map(({ id }) => id))].join(', ')
  sheet.paragraph(
    `${one.title[sheet.language]} (${ids})`,
    2,
    sign,
    one.polarity === 'against' ? 'strong' : undefined,
  )
  const grade = sheet.say(CONFIDENCE_WORDS[one.confidence.grade])
  // What comparisons saw stands below, by column and by secret.
  if (!one.kind.startsWith('units.'))
    sheet.field(sheet.say(WORDS.observation), inShort(one.observation, MOST_OBSERVED), 2, 16, 'soft')
  sheet.field(sheet.say(WORDS.confidence), `${grade}: ${one.confidence.reason[sheet.language]}`, 2, 16)
  if (one.overturnedBy) sheet.field(sheet.say(WORDS.overturn), one.overturnedBy[sheet.language], 2, 16)
}

function writeUnits(sheet: Sheet, units: readonly UnitDump[]): void {
  sheet.heading(sheet.say(UNITS_WORDS.unitsHead))
  for (const { name, images, identity, secrets, unpacked } of units) {
    sheet.paragraph(name, 0, '', 'strong')
    for (const image of images.slice(0, 4))
      sheet.paragraph(`${image.name}, ${bytes(image.size, sheet.language)}, SHA-256 ${image.sha256}`, 2)
    sheet.paragraph(
      sheet.say(UNITS_WORDS.unitLine, {
        secrets: whole(secrets, sheet.language),
        files: whole(unpacked.files, sheet.language),
        unknown: roughBytes(unpacked.unknownBytes, sheet.language),
        bytes: roughBytes(unpacked.bytes, sheet.language),
      }),
      2,
    )
    if (unpacked.partial) sheet.paragraph(sheet.say(WORDS.partial), 4, '  !', 'strong')
    if (identity.length === 0) sheet.paragraph(sheet.say(UNITS_WORDS.noIdentity), 2)
    sheet.list(identity, MOST_IDENTITY, 2, (one) => {
      const from = one.path === null ? sheet.say(UNITS_WORDS.statedBy) : `${one.name}, ${one.path}`
      sheet.paragraph(`${sheet.say(IDENTITY_WORDS[one.kind])} ${one.value} (${from})`, 2)
    })
  }
}
