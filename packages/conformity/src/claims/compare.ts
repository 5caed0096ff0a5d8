import type {
  Assessment,
  Claim,
  ClaimOrigin,
  ClaimSet,
  Evidence,
  IxitEntry,
  Reason,
  Text,
} from '@messlatte/model'
import type { CatalogueRule } from '../rules.ts'
import { text } from '../text.ts'
import { type Found, findByProvision, sortEvidence } from '../verdicts/found.ts'
import { bare, idsOf } from '../verdicts/reasons.ts'
import type { DocumentFinding, ProjectDocument } from './documents.ts'
import { type EvidenceLink, LINKS, type Observed } from './links.ts'

/** How what is claimed stands to what was observed. */
export type ComparisonResult =
  | 'match'
  | 'mismatch'
  | 'insufficient'
  | 'not-observed'
  | 'undeclared'
  | 'not-applicable'

/** A claim and what was observed about it, side by side. */
export interface Comparison {
  readonly of: 'provision' | 'entry' | 'document' | 'observation'
  /** A provision's number, or the table in which something is declared, or should have been. */
  readonly about: string
  /** The entry, the document, or what was observed; empty for a provision. */
  readonly name: string
  readonly result: ComparisonResult
  /** What is claimed; empty where nothing is. */
  readonly claimed: string
  readonly observed: Text
  readonly evidence: readonly string[]
  /** Where the claim stands in the supplier's own file, where that is known. */
  readonly origin?: ClaimOrigin
}

/** Something that was observed and stands in no entry of a table that was handed in. */
export interface Undeclared {
  readonly table: string
  readonly name: string
  readonly evidence: Evidence
}

interface Thing extends Observed {
  readonly evidence: Evidence
  readonly link: EvidenceLink
}

const MOST_CLAIMED = 200

/** What was observed and never declared, in the order of the evidence. Only tables that were handed in can be silent. */
export function undeclared(
  { tables }: Pick<ClaimSet, 'tables'>,
  evidence: readonly Evidence[],
): readonly Undeclared[] {
  const written = textsOf(tables)
  const seen = new Set<string>()
  return thingsIn(evidence).flatMap((thing): Undeclared[] => {
    if (thing.link.by !== 'declared') return []
    const asked = [...written.keys()].filter((name) => thing.link.tables.includes(numberOf(name)))
    const [first] = asked
    if (first === undefined || asked.some((name) => written.get(name)?.some((one) => declares(one, thing))))
      return []
    const key = `${first}\n${thing.name}\n${thing.evidence.id}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ table: first, name: thing.name, evidence: thing.evidence }]
  })
}

/** Why a claim of support does not stand: what its tables never declared. */
export function undeclaredReason({ table, name, evidence }: Undeclared): Reason {
  return {
    ...bare(
      `Observed and never declared in IXIT ${table}: ${name} (${evidence.title.en})`,
      `Beobachtet und in IXIT ${table} nie angegeben: ${name} (${evidence.title.de})`,
    ),
    evidence: [evidence.id],
  }
}

/** Every provision on which something is claimed or observed, every entry, and everything that was never declared. */
export function compareClaims(
  assessment: Assessment,
  catalogue: CatalogueRule,
  claims: ClaimSet,
  effective: readonly Claim[],
  evidence: readonly Evidence[],
  papers: {
    readonly documents: readonly ProjectDocument[]
    readonly findings: readonly DocumentFinding[]
  } = { documents: [], findings: [] },
): readonly Comparison[] {
  const foundOn = findByProvision(catalogue, sortEvidence(evidence))
  return [
    ...assessment.provisions.flatMap(({ id, baseline }) =>
      compareProvision(
        id,
        effective.find((one) => one.provision === id),
        foundOn(id),
        baseline.verdict === 'not-applicable',
      ),
    ),
    ...compareEntries(claims, evidence),
    ...papers.documents.flatMap((document) => compareDocument(document, papers.findings, foundOn)),
    ...compareObserved(undeclared(claims, evidence)),
  ]
}

/** One line for each thing, however often it was observed. */
function compareObserved(things: readonly Undeclared[]): readonly Comparison[] {
  return [...Map.groupBy(things, ({ table, name }) => `${table}\n${name}`).values()].map(
    (same): Comparison => {
      const { table, name } = same[0] as Undeclared
      const shown = same.map(({ evidence }) => evidence)
      return {
        of: 'observation',
        about: table,
        name,
        result: 'undeclared',
        claimed: '',
        observed: observedText(shown),
        evidence: idsOf(shown),
      }
    },
  )
}

function compareProvision(
  id: string,
  claim: Claim | undefined,
  found: Found,
  released: boolean,
): readonly Comparison[] {
  const speaking = [...found.against, ...found.backing]
  if (!claim && speaking.length === 0) return []
  const told = (result: ComparisonResult, shown: readonly Evidence[]): readonly Comparison[] => [
    {
      of: 'provision',
      about: id,
      name: '',
      result,
      claimed: claim
        ? [claim.support, claim.detail]
            .filter((part) => part !== '')
            .join(': ')
            .slice(0, MOST_CLAIMED)
        : '',
      observed: observedText(shown),
      evidence: idsOf(shown),
    },
  ]
  if (!claim) return told('undeclared', speaking)
  const weak = [...found.doubts, ...found.hints, ...found.neutral]
  switch (claim.support) {
    case 'Y':
      if (found.against.length > 0) return told('mismatch', found.against)
      if (found.backing.length > 0) return told(found.doubts.length > 0 ? 'insufficient' : 'match', speaking)
      break
    case 'N':
      if (found.against.length > 0) return told('match', found.against)
      if (found.backing.length > 0) return told('mismatch', found.backing)
      break
    case 'N/A':
      if (speaking.length > 0) return told('mismatch', speaking)
      if (released) return told('not-applicable', weak)
  }
  return told(weak.length > 0 ? 'insufficient' : 'not-observed', weak)
}

/** A document beside what was observed on the provisions that it says it covers; one about something else tells nothing. */
function compareDocument(
  { id, title, issuer, provisions }: ProjectDocument,
  findings: readonly DocumentFinding[],
  foundOn: (provision: string) => Found,
): readonly Comparison[] {
  const amiss = findings.find(({ document }) => document === id)
  return provisions.map((provision): Comparison => {
    const { against, backing } = foundOn(provision)
    const shown = against.length > 0 ? against : backing
    const result = against.length > 0 ? 'mismatch' : backing.length > 0 ? 'match' : 'not-observed'
    return {
      of: 'document',
      about: provision,
      name: id,
      result: amiss ? 'insufficient' : result,
      claimed: `${title} (${issuer})`,
      observed: amiss?.text ?? observedText(shown),
      evidence: idsOf(shown),
    }
  })
}

function compareEntries({ tables }: ClaimSet, evidence: readonly Evidence[]): readonly Comparison[] {
  const things = thingsIn(evidence)
  return Object.entries(tables).flatMap(([table, entries]) => {
    const linked = things.filter(({ link }) => link.tables.includes(numberOf(table)))
    return entries.map((entry): Comparison => {
      const written = textOf(entry)
      const about = linked.filter((thing) => thing.link.by === 'about' || declares(written, thing))
      const against = about.filter((thing) => contradicts(thing, entry))
      const decides = against.length > 0 ? against : about
      const shown = decides.map((thing) => thing.evidence)
      return {
        of: 'entry',
        about: table,
        name: entry.ID ?? '',
        result: against.length > 0 ? 'mismatch' : about.length === 0 ? 'not-observed' : entryResult(about),
        claimed: (entry.Status ?? entry.Description ?? '').replace(/\s+/g, ' ').slice(0, MOST_CLAIMED),
        observed: observedText(shown),
        evidence: idsOf(shown),
      }
    })
  })
}

/** Seeing a thing that is declared is a match; what only tells about a mechanism has to back it. */
function entryResult(about: readonly Thing[]): ComparisonResult {
  const matches = about.some(({ link, evidence }) => link.by === 'declared' || evidence.polarity === 'for')
  return matches ? 'match' : 'insufficient'
}

function contradicts({ link, evidence }: Thing, entry: IxitEntry): boolean {
  const off = link.runs === true && /^\s*[*_`]*(?:disabled|off|deaktiviert|aus)\b/i.test(entry.Status ?? '')
  return off || (evidence.polarity === 'against' && evidence.confidence.grade !== 'low')
}

function thingsIn(evidence: readonly Evidence[]): readonly Thing[] {
  return sortEvidence(evidence).flatMap((one) =>
    LINKS.filter(({ kinds }) => kinds.some((kind) => one.kind.startsWith(kind))).flatMap((link): Thing[] =>
      link.by === 'about'
        ? [{ name: one.kind, words: [], evidence: one, link }]
        : link.observed(one).map((observed) => ({ ...observed, evidence: one, link })),
    ),
  )
}

/** The lower-case texts of entries, by table; tables without entries were not handed in. */
function textsOf(tables: ClaimSet['tables']): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(tables).flatMap(([name, entries]) =>
      entries.length === 0 ? [] : [[name, entries.map(textOf)] as const],
    ),
  )
}

function textOf(entry: IxitEntry): string {
  return Object.values(entry).join('\n').toLowerCase()
}

function declares(written: string, { words }: Observed): boolean {
  return words.some((word) => hasWord(written, word.toLowerCase()))
}

/** A word that is no part of a longer one. */
function hasWord(written: string, word: string): boolean {
  if (word === '') return false
  const isLetter = (character: string | undefined) => character !== undefined && /[a-z0-9]/.test(character)
  for (let at = written.indexOf(word); at >= 0; at = written.indexOf(word, at + 1))
    if (!isLetter(written[at - 1]) && !isLetter(written[at + word.length])) return true
  return false
}

function numberOf(table: string): number {
  return Number.parseInt(table, 10)
}

const MOST_TITLES = 3

function observedText(shown: readonly Evidence[]): Text {
  const titles = [...new Map(shown.map(({ title }) => [title.en, title])).values()]
  const more = titles.length - MOST_TITLES
  const join = (language: keyof Text) =>
    titles
      .slice(0, MOST_TITLES)
      .map((title) => title[language])
      .join('; ')
  return text(
    `${join('en')}${more > 0 ? ` (and ${more} more)` : ''}`,
    `${join('de')}${more > 0 ? ` (und ${more} weitere)` : ''}`,
  )
}
