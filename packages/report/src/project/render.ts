import {
  type ClaimFinding,
  COMPARISON_WORDS,
  type Comparison,
  type ComparisonResult,
  type DocumentFinding,
  mendingIn,
  type ProjectDocument,
} from '@messlatte/conformity'
import type {
  Assessment,
  Claim,
  Language,
  ProductStatement,
  ProvisionResult,
  ProvisionVerdict,
  ReleaseImage,
  TestVerdicts,
  Text,
} from '@messlatte/model'
import { day } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { PRODUCT_FIELDS, PRODUCT_WORDS, VERDICT_SYMBOLS, VERDICT_WORDS, VERDICTS, WORDS } from '../words.ts'
import { writeFinding } from './claims.ts'
import { LABEL, SAY_PAPERS } from './layout.ts'

export interface ProjectReport {
  readonly product: ProductStatement
  readonly assessment: Assessment
  readonly claims: readonly Claim[]
  readonly claimFindings: readonly ClaimFinding[]
  readonly comparisons: readonly Comparison[]
  readonly testVerdicts: TestVerdicts
  readonly documents: readonly ProjectDocument[]
  readonly documentFindings: readonly DocumentFinding[]
  readonly results: readonly {
    readonly name: string
    readonly sha256: string
    /** In which its findings are told; none where it does not say. */
    readonly languages: readonly Language[]
    readonly images: readonly ReleaseImage[]
  }[]
}

const MOST_FINDINGS = 40
const MOST_REASONS = 6

const SAY = {
  results: { en: 'Results', de: 'Ergebnisse' },
  noResults: {
    en: 'none in results/: nothing was looked at, and claims prove nothing',
    de: 'keine in results/: Nichts wurde angesehen, und Angaben beweisen nichts',
  },
  otherLanguage: {
    en: 'Findings of {names} are in German, as it was written; messlatte check --lang en writes them in English.',
    de: 'Befunde aus {names} stehen auf Englisch, wie sie geschrieben wurden; messlatte check --lang de schreibt sie auf Deutsch.',
  },
  claims: { en: 'Claims', de: 'Angaben' },
  claimed: {
    en: 'on {count} of {all} provisions',
    de: 'zu {count} von {all} Anforderungen',
  },
  verdicts: { en: 'Provisions that are not just open', de: 'Anforderungen, die nicht bloß offen sind' },
  requirements: { en: 'Requirements of rules', de: 'Anforderungen von Regeln' },
  compared: { en: 'Claims beside evidence', de: 'Angaben neben Befunden' },
  claimedSide: { en: 'claimed: {claim}', de: 'angegeben: {claim}' },
  observedSide: { en: 'observed: {observed}', de: 'beobachtet: {observed}' },
  nothing: { en: 'nothing', de: 'nichts' },
  tests: { en: 'Test cases', de: 'Prüffälle' },
  decidedCases: {
    en: '{count} of {all} decided; by the test specification overall {verdict}',
    de: '{count} von {all} entschieden; nach der Prüfspezifikation insgesamt {verdict}',
  },
  documents: { en: 'Documents', de: 'Dokumente' },
  fine: { en: 'nothing against it', de: 'nichts dagegen' },
  last: {
    en: 'A claim proves nothing, a document decides nothing. This is no clearance.',
    de: 'Eine Angabe beweist nichts, ein Dokument entscheidet nichts. Das ist keine Freigabe.',
  },
} as const satisfies Readonly<Record<string, Text>>

/** What a project folder comes to, for a terminal: verdicts with claim and evidence side by side, and what the papers lack. */
export function renderProject(report: ProjectReport, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  const { assessment } = report
  writeHead(sheet, report)
  sheet.heading(sheet.say(SAY.verdicts))
  for (const provision of assessment.provisions)
    if (!isQuiet(provision)) writeProvision(sheet, provision, mendingIn(assessment, provision))
  const told = assessment.requirements.filter(({ result }) => !QUIET.includes(result.verdict))
  if (told.length > 0) sheet.heading(sheet.say(SAY.requirements))
  for (const { profile, id, title, result } of told)
    sheet.paragraph(
      `${sheet.verdict(result.verdict)}  ${profile} ${id}: ${title[sheet.language]}`,
      2,
      '',
      result.verdict,
    )
  writeComparisons(sheet, report.comparisons)
  if (report.claimFindings.length > 0)
    sheet.heading(`${sheet.say(SAY_PAPERS)} (${report.claimFindings.length})`)
  sheet.list(report.claimFindings, MOST_FINDINGS, 2, (finding) => writeFinding(sheet, finding))
  if (report.documents.length > 0) sheet.heading(sheet.say(SAY.documents))
  for (const { id, title, issuer } of report.documents) {
    sheet.paragraph(`${id}: ${title} (${issuer})`, 2, '', 'strong')
    const against = report.documentFindings.filter(({ document }) => document === id)
    if (against.length === 0) sheet.paragraph(sheet.say(SAY.fine), 4)
    for (const { text } of against) sheet.paragraph(text[sheet.language], 4, '  !')
  }
  sheet.blank()
  sheet.paragraph(sheet.say(SAY.last), 0, '', 'strong')
  return sheet.text()
}

/** What is shown of a comparison; the rest is counted, and is whole in JSON and the workbook. */
const SHOWN: readonly ComparisonResult[] = ['mismatch', 'undeclared', 'match']
const MOST_COMPARED = 30

function writeComparisons(sheet: Sheet, comparisons: readonly Comparison[]): void {
  if (comparisons.length === 0) return
  sheet.heading(sheet.say(SAY.compared))
  const counts = (Object.keys(COMPARISON_WORDS) as ComparisonResult[]).flatMap((result) => {
    const count = comparisons.filter((one) => one.result === result).length
    return count === 0 ? [] : [`${count} ${sheet.say(COMPARISON_WORDS[result])}`]
  })
  sheet.paragraph(counts.join(' · '), 2)
  const shown = SHOWN.flatMap((result) => comparisons.filter((one) => one.result === result))
  sheet.list(shown, MOST_COMPARED, 2, ({ about, name, result, claimed, observed, evidence }) => {
    sheet.paragraph(
      `${sheet.say(COMPARISON_WORDS[result])}  ${[about, name].filter(Boolean).join(' ')}`,
      2,
      '',
      'strong',
    )
    sheet.paragraph(
      sheet.say(SAY.claimedSide, { claim: claimed || sheet.say(SAY.nothing) }),
      6,
      '    •',
      'soft',
    )
    const proof = evidence
      .slice(0, 2)
      .map((id) => id.slice(0, 12))
      .join(', ')
    const seen = `${observed[sheet.language]}${proof === '' ? '' : ` [${proof}${evidence.length > 2 ? ', …' : ''}]`}`
    sheet.paragraph(sheet.say(SAY.observedSide, { observed: seen }), 6, '    •', 'soft')
  })
}

const QUIET: readonly string[] = ['open', 'not-applicable']

function isQuiet({ baseline, profiles }: ProvisionResult): boolean {
  return [baseline, ...Object.values(profiles)].every(({ verdict }) => QUIET.includes(verdict))
}

function writeHead(
  sheet: Sheet,
  { product, assessment, claims, results, testVerdicts }: ProjectReport,
): void {
  for (const [rule, counts] of Object.entries(assessment.counts)) {
    const parts = VERDICTS.filter((it) => counts[it] > 0).map(
      (it) => `${VERDICT_SYMBOLS[it]} ${counts[it]} ${sheet.say(VERDICT_WORDS[it])}`,
    )
    sheet.field(rule, parts.join(' · '), 2, LABEL)
  }
  sheet.blank()
  const stated = PRODUCT_FIELDS.map(
    (it) => `${sheet.say(PRODUCT_WORDS[it])}: ${product[it] ?? sheet.say(WORDS.notStated)}`,
  )
  sheet.field(sheet.say(WORDS.product), stated.join(' · '), 0, LABEL)
  for (const { name, images } of results)
    sheet.field(
      sheet.say(SAY.results),
      `${name}: ${images.map((it) => `${it.name} (SHA-256 ${it.sha256})`).join(', ')}`,
      0,
      LABEL,
    )
  if (results.length === 0) sheet.field(sheet.say(SAY.results), sheet.say(SAY.noResults), 0, LABEL)
  const foreign = results.filter(
    ({ languages }) => languages.length > 0 && !languages.includes(sheet.language),
  )
  if (foreign.length > 0)
    sheet.field(
      '',
      sheet.say(SAY.otherLanguage, { names: foreign.map(({ name }) => name).join(', ') }),
      0,
      LABEL,
      'soft',
    )
  const rows = sheet.say(SAY.claimed, { count: claims.length, all: assessment.provisions.length })
  sheet.field(sheet.say(SAY.claims), rows, 0, LABEL)
  const decided = testVerdicts.cases.filter(({ verdict }) => verdict !== null).length
  if (decided > 0)
    sheet.field(
      sheet.say(SAY.tests),
      sheet.say(SAY.decidedCases, {
        count: decided,
        all: testVerdicts.cases.length,
        verdict: testVerdicts.overall.toUpperCase(),
      }),
      0,
      LABEL,
    )
  sheet.field(sheet.say(WORDS.asOf), day(assessment.asOf, sheet.language), 0, LABEL)
  for (const { id, caveat } of assessment.profiles)
    sheet.paragraph(`${id}: ${caveat[sheet.language]}`, 0, '', 'soft')
}

function writeProvision(
  sheet: Sheet,
  { id, title, baseline, profiles }: ProvisionResult,
  mending: Text | null,
): void {
  sheet.paragraph(`${id}: ${title[sheet.language]}`, 2, '', 'strong')
  const verdicts: readonly (readonly [string, ProvisionVerdict])[] = [
    [sheet.say(WORDS.baseline), baseline],
    ...Object.entries(profiles),
  ]
  for (const [rule, { verdict }] of verdicts) sheet.field(rule, sheet.verdict(verdict), 4, LABEL, verdict)
  const reasons = new Set(verdicts.flatMap(([, one]) => one.reasons.map(({ text }) => text[sheet.language])))
  // The last ones are what people said and decided: they must not be cut off.
  sheet.list([...reasons].toReversed(), MOST_REASONS, 6, (reason) =>
    sheet.paragraph(reason, 6, '    •', 'soft'),
  )
  if (mending) sheet.paragraph(sheet.say(WORDS.mending, { how: mending[sheet.language] }), 6, '    →', 'soft')
}
