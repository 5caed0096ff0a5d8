import type { Confidence, LabelColumn, LabelFile, Text } from '@messlatte/model'
import type { EvidenceDraft, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { type Analysis, analyse } from '../values/analysis.ts'
import { type Compared, generationEvidence, round } from '../values/evidence.ts'
import { valuesTold } from '../values/told.ts'
import type { LabelTable } from './table.ts'

export interface ComparedLabels {
  readonly file: LabelFile
  readonly drafts: readonly EvidenceDraft[]
}

const UNIQUE = { provisions: provisions(['5.1-1']), cases: cases('5.1-1-1', '5.1-1-2') }
const MOST_GROUPS = 50

/** What the label passwords of several units tell together. @param words in lower case */
export function compareLabels(table: LabelTable, words: ReadonlySet<string>): ComparedLabels {
  const place: Place = { path: table.name, root: '', inner: '', offset: 0, length: 0, sha256: table.sha256 }
  const columns: LabelColumn[] = []
  const drafts: EvidenceDraft[] = []
  for (const name of table.secretColumns) {
    const units = table.units.filter(({ secrets }) => secrets[name] !== undefined)
    if (units.length < 2) continue
    const analysis = analyse(
      units.map(({ publics, secrets }) => ({ value: secrets[name] as string, publics })),
      words,
    )
    const lines = units.map(({ line }) => line)
    const equalLines = analysis.shape.groups.map((group) => group.map((at) => lines[at] as number))
    const missing = table.units.length - units.length
    columns.push({ name, missing, equalLines, values: valuesTold(analysis) })
    const compared: Compared = {
      place,
      name,
      about: 'password',
      units: lines.map((line) => `line ${line}`),
      analysis,
      fixedForm: analysis.checkDigit,
    }
    drafts.push(
      uniqueness(compared, equalLines, missing),
      ...(analysis.shape.distinct > 1 ? generationEvidence(compared) : []),
    )
  }
  const { name, sha256, publicColumns } = table
  return { file: { name, sha256, units: table.units.length, publicColumns, columns }, drafts }
}

function uniqueness(
  { place, name, analysis }: Compared,
  equalLines: readonly (readonly number[])[],
  missing: number,
): EvidenceDraft {
  const { count, distinct } = analysis.shape
  const common = { ...UNIQUE, place }
  const observation = {
    name,
    compared: count,
    distinct,
    missing,
    ...(equalLines.length > 0 ? { equalLines: equalLines.slice(0, MOST_GROUPS) } : {}),
    bitsAtMost: round(analysis.atMost),
  }
  if (equalLines.length === 0) {
    return {
      ...common,
      kind: 'units.password.differ',
      polarity: 'for',
      title: {
        en: `“${name}” is different in each of ${count} units`,
        de: `„${name}“ ist bei jedem von ${count} Geräten anders`,
      },
      observation,
      confidence: { grade: 'medium', reason: HANDED_IN },
    }
  }
  return {
    ...common,
    kind: 'units.password.equal',
    polarity: 'against',
    title: equalTitle(name, count, distinct),
    observation,
    confidence: equalConfidence(analysis),
    overturnedBy: OVERTURNED,
  }
}

function equalTitle(name: string, count: number, distinct: number): Text {
  return distinct === 1
    ? {
        en: `“${name}” is the same in all ${count} units`,
        de: `„${name}“ ist bei allen ${count} Geräten gleich`,
      }
    : {
        en: `“${name}” has ${distinct} different values in ${count} units`,
        de: `„${name}“ hat ${distinct} verschiedene Werte bei ${count} Geräten`,
      }
}

/** A small space of values gives equal pairs by chance: that speaks against the space, and not for a default. */
function equalConfidence({ shape, atMost }: Analysis): Confidence {
  const pairs = shape.groups.reduce((total, { length }) => total + (length * (length - 1)) / 2, 0)
  const expected = (shape.count * (shape.count - 1)) / 2 / 2 ** atMost
  return shape.distinct > 1 && pairs <= expected + 3 * Math.sqrt(expected) && expected > 0.5
    ? { grade: 'low', reason: BY_CHANCE }
    : { grade: 'high', reason: THEMSELVES }
}

const HANDED_IN: Text = {
  en: 'The values of the units that were handed in differ; other units were not seen.',
  de: 'Die Werte der vorgelegten Geräte unterscheiden sich; andere Geräte wurden nicht gesehen.',
}

const THEMSELVES: Text = {
  en: 'The values themselves are equal, character by character.',
  de: 'Die Werte selbst sind gleich, Zeichen für Zeichen.',
}

const BY_CHANCE: Text = {
  en: 'As many equal pairs come about by chance where there are so few possible values.',
  de: 'So viele gleiche Paare entstehen bei so wenigen möglichen Werten auch zufällig.',
}

const OVERTURNED: Text = {
  en: 'Proof that these lines are of one unit, or that the value is replaced before the unit leaves its factory state',
  de: 'Der Nachweis, dass diese Zeilen zu einem Gerät gehören oder dass der Wert ersetzt wird, bevor das Gerät den Auslieferungszustand verlässt',
}
