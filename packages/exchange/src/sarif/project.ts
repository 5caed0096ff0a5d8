import { createHash } from 'node:crypto'
import type { ClaimFinding, ClaimFindingCode, DocumentFinding } from '@messlatte/conformity'
import type { Assessment, Evidence, Language, ReleaseImage } from '@messlatte/model'
import { compareText } from '../result/natural-order.ts'
import { evidenceResult, type SarifResult, sarifText } from './log.ts'
import { linesOf, type ProjectText, placeOf } from './place.ts'
import { decidingIds, evidenceRules, toldEvidence } from './write.ts'

/** What a project folder comes to, for a log. */
export interface ProjectSarif {
  readonly tool: { readonly name: string; readonly version: string }
  readonly assessment: Assessment
  readonly evidence: readonly Evidence[]
  readonly results: readonly { readonly images: readonly ReleaseImage[] }[]
  readonly partial: boolean
  readonly claimFindings: readonly ClaimFinding[]
  readonly documentFindings: readonly DocumentFinding[]
  /** Files of the folder, by their name in it. */
  readonly texts: Readonly<Record<string, ProjectText>>
}

const DOCUMENT = 'documents.finding'

/** What a finding in papers is about: its rule's help. */
const RULES: Readonly<Record<ClaimFindingCode, Readonly<Record<Language, string>>>> = {
  missing: { en: 'Something is missing in the claims', de: 'In den Angaben fehlt etwas' },
  'not-allowed': {
    en: 'A row says what it must not say for this provision',
    de: 'Eine Zeile sagt, was sie zu dieser Anforderung nicht sagen darf',
  },
  'mandatory-not-supported': {
    en: 'A mandatory provision is declared as not supported',
    de: 'Eine verbindliche Anforderung ist als nicht erfüllt erklärt',
  },
  'without-reason': { en: 'A reason is missing', de: 'Eine Begründung fehlt' },
  placeholder: {
    en: 'A placeholder stands in place of a fact',
    de: 'Ein Platzhalter steht anstelle einer Angabe',
  },
  duplicate: { en: 'Something is stated twice', de: 'Etwas ist doppelt angegeben' },
  reference: {
    en: 'Tables do not refer to each other as they must',
    de: 'Verweise zwischen Tabellen fehlen oder gehen ins Leere',
  },
  contradiction: { en: 'Claims contradict each other', de: 'Angaben widersprechen einander' },
  admission: {
    en: 'The tables of the supplier say something that its claim denies',
    de: 'Die Tabellen des Lieferanten sagen etwas, dem seine Erklärung widerspricht',
  },
}

const DOCUMENT_RULE: Readonly<Record<Language, string>> = {
  en: 'A document does not tell about this product, edition or day',
  de: 'Ein Dokument sagt nichts zu diesem Produkt, dieser Ausgabe oder diesem Tag',
}

/**
 * A project folder's findings as SARIF 2.1.0: evidence against as `writeSarif` has it, then what does not hold together
 * in claims and documents, with the line of the folder's file where it is known. A finding in papers is an error only
 * where it disproves a provision by itself; nothing here says that anything is met.
 */
export function writeProjectSarif(project: ProjectSarif, language: Language): string {
  const { assessment, claimFindings, documentFindings, texts } = project
  const told = toldEvidence(project.evidence)
  const deciding = decidingIds(assessment)
  const lines = linesOf(texts)
  const codes = [...new Set(claimFindings.map(({ code }) => code))].sort(compareText)
  const images = new Map(project.results.flatMap((one) => one.images.map((image) => [image.sha256, image])))
  return sarifText({
    tool: project.tool,
    language,
    rules: new Map([
      ...evidenceRules(told),
      ...codes.map((code) => [`claims.${code}`, RULES[code][language]] as const),
      ...(documentFindings.length > 0 ? [[DOCUMENT, DOCUMENT_RULE[language]] as const] : []),
    ]),
    images: [...images.values()],
    results: [
      ...told.map((evidence) => evidenceResult(evidence, deciding, language)),
      ...claimFindings.map((finding) =>
        paper(
          `claims.${finding.code}`,
          finding.about,
          finding.text.en,
          finding.text[language],
          placeOf(finding, lines),
          (finding.fails ?? []).length > 0,
        ),
      ),
      ...documentFindings.map(({ document, text }) =>
        paper(DOCUMENT, document, text.en, text[language], lines.document(document), false),
      ),
    ],
    partial: project.partial,
    asOf: assessment.asOf,
  })
}

/** @param key the finding in English: the same finding in whatever language */
function paper(
  ruleId: string,
  about: string,
  key: string,
  text: string,
  place: { readonly uri: string; readonly line: number | undefined },
  fails: boolean,
): SarifResult {
  return {
    ruleId,
    kind: 'fail',
    level: fails ? 'error' : 'warning',
    message: { text: `${about}: ${text}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: place.uri },
          ...(place.line !== undefined && { region: { startLine: place.line } }),
        },
        logicalLocations: [{ fullyQualifiedName: about, kind: 'member' }],
      },
    ],
    partialFingerprints: {
      'messlattePaper/v1': createHash('sha256')
        .update(JSON.stringify([ruleId, about, key]))
        .digest('hex'),
    },
  }
}
