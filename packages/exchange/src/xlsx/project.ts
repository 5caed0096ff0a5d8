import {
  type ClaimFinding,
  COMPARISON_WORDS,
  type Comparison,
  type DocumentFinding,
  originText,
  type ProjectDocument,
} from '@messlatte/conformity'
import type { Assessment, Claim, Decision, Language, TestVerdicts, Text, Waiver } from '@messlatte/model'
import { assessmentSheets } from './assessment.ts'
import { type Sheet, writeWorkbook } from './workbook.ts'

const SAY = {
  compared: { en: 'Claims and evidence', de: 'Angaben und Befunde' },
  about: { en: 'Provision or table', de: 'Anforderung oder Tabelle' },
  entry: { en: 'Entry', de: 'Eintrag' },
  result: { en: 'Result', de: 'Ergebnis' },
  claimed: { en: 'Claimed', de: 'Angegeben' },
  observed: { en: 'Observed', de: 'Beobachtet' },
  evidence: { en: 'Evidence (ids)', de: 'Befunde (Kennungen)' },
  papers: { en: 'Findings in papers', de: 'Befunde in Papieren' },
  code: { en: 'Kind', de: 'Art' },
  finding: { en: 'Finding', de: 'Befund' },
  stands: { en: 'Stands in', de: 'Steht in' },
  tests: { en: 'Test verdicts', de: 'Prüfurteile' },
  testCase: { en: 'Test case', de: 'Prüffall' },
  provision: { en: 'Provision', de: 'Anforderung' },
  verdict: { en: 'Verdict', de: 'Urteil' },
  units: { en: 'Units', de: 'Schritte' },
  failsBy: { en: 'Fails by', de: 'Scheitert an' },
  group: { en: 'Group', de: 'Gruppe' },
  decisions: { en: 'Decisions and waivers', de: 'Entscheidungen, Ausnahmen' },
  rule: { en: 'Rule', de: 'Regel' },
  by: { en: 'By', de: 'Von' },
  on: { en: 'On', de: 'Am' },
  until: { en: 'Until', de: 'Bis' },
  reason: { en: 'Reason', de: 'Grund' },
  method: { en: 'Method', de: 'Verfahren' },
  attachments: { en: 'Attachments', de: 'Anlagen' },
  waiver: { en: 'waiver', de: 'Ausnahme' },
} as const satisfies Readonly<Record<string, Text>>

/** What a project folder comes to, for a workbook. */
export interface ProjectSheets {
  readonly assessment: Assessment
  readonly claims: readonly Claim[]
  readonly claimFindings: readonly ClaimFinding[]
  readonly comparisons: readonly Comparison[]
  readonly testVerdicts: TestVerdicts
  readonly documents: readonly ProjectDocument[]
  readonly documentFindings: readonly DocumentFinding[]
  readonly decisions: readonly Decision[]
  readonly waivers: readonly Waiver[]
}

/** A project folder as a workbook: the assessment, claims beside evidence, findings in papers, and what people decided. */
export function writeProjectXlsx(project: ProjectSheets, language: Language): Uint8Array {
  const say = (key: keyof typeof SAY) => SAY[key][language]
  return writeWorkbook([
    ...assessmentSheets(project.assessment, project.claims, language),
    comparisonSheet(project, language, say),
    findingSheet(project, language, say),
    testSheet(project, say),
    decisionSheet(project, say),
  ])
}

type Say = (key: keyof typeof SAY) => string

function comparisonSheet({ comparisons }: ProjectSheets, language: Language, say: Say): Sheet {
  return {
    name: say('compared'),
    widths: [18, 34, 24, 60, 60, 66, 50],
    rows: [
      (['about', 'entry', 'result', 'claimed', 'observed', 'evidence', 'stands'] as const).map(say),
      ...comparisons.map(({ about, name, result, claimed, observed, evidence, origin }) => [
        about,
        name,
        COMPARISON_WORDS[result][language],
        claimed,
        observed[language],
        evidence.join('\n'),
        origin === undefined ? '' : originText(origin)[language],
      ]),
    ],
  }
}

function findingSheet(
  { claimFindings, documents, documentFindings }: ProjectSheets,
  language: Language,
  say: Say,
): Sheet {
  const titles = new Map(documents.map(({ id, title }) => [id, `${id}: ${title}`]))
  return {
    name: say('papers'),
    widths: [24, 24, 120, 50],
    rows: [
      (['about', 'code', 'finding', 'stands'] as const).map(say),
      ...claimFindings.map(({ about, code, text, origin }) => [
        about,
        code,
        text[language],
        origin === undefined ? '' : originText(origin)[language],
      ]),
      ...documentFindings.map(({ document, text }) => [
        titles.get(document) ?? document,
        'document',
        text[language],
      ]),
    ],
  }
}

function testSheet({ testVerdicts: { cases, groups } }: ProjectSheets, say: Say): Sheet {
  const shown = (verdict: string | null) => (verdict ?? '').toUpperCase()
  return {
    name: say('tests'),
    widths: [14, 14, 14, 30, 24, 14],
    rows: [
      (['testCase', 'provision', 'verdict', 'units', 'failsBy', 'group'] as const).map(say),
      ...cases.map(({ id, provision, verdict, units, failsBy }) => [
        id,
        provision,
        shown(verdict),
        units.map((one) => `${one.unit} ${shown(one.verdict)}`).join(', '),
        failsBy.join(', '),
        shown(groups.find((one) => one.provision === provision)?.verdict ?? null),
      ]),
    ],
  }
}

function decisionSheet({ decisions, waivers }: ProjectSheets, say: Say): Sheet {
  return {
    name: say('decisions'),
    widths: [14, 16, 14, 20, 12, 12, 60, 40, 40],
    rows: [
      (['provision', 'rule', 'verdict', 'by', 'on', 'until', 'reason', 'method', 'attachments'] as const).map(
        say,
      ),
      ...decisions.map(
        ({
          provision,
          case: id,
          unit = '',
          rule,
          verdict,
          by,
          on,
          until,
          reason,
          method = '',
          attachments = [],
        }) => [
          id === undefined ? provision : `${id}${unit}`,
          rule,
          verdict.toUpperCase(),
          by,
          on,
          until,
          reason,
          method,
          attachments.map(({ document, sha256 }) => `${document} (SHA-256 ${sha256})`).join('\n'),
        ],
      ),
      ...waivers.map(({ provision, rule, by, on, until, reason, scope }) => [
        provision,
        rule,
        say('waiver'),
        by,
        on,
        until,
        reason,
        Object.values(scope)
          .flatMap((one) => one ?? [])
          .join(', '),
        '',
      ]),
    ],
  }
}
