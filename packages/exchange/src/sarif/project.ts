import { createHash } from 'node:crypto'
import {
  CLAIM_FINDING_TITLES,
  type ClaimFinding,
  DOCUMENT_FINDING,
  DOCUMENT_FINDING_TITLE,
  type DocumentFinding,
  originText,
} from '@messlatte/conformity'
import type { Assessment, Evidence, Language, ReleaseImage } from '@messlatte/model'
import { compareText } from '../result/natural-order.ts'
import { evidenceResult, type SarifResult, sarifText } from './log.ts'
import { linesOf, type Place, type ProjectText, placeOf } from './place.ts'
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
  /** The address of a file that an origin names. */
  readonly uriOf: (file: string) => string
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
  const originOf = ({ origin }: ClaimFinding) =>
    origin && { uri: project.uriOf(origin.file), line: origin.line, text: originText(origin)[language] }
  const codes = [...new Set(claimFindings.map(({ code }) => code))].sort(compareText)
  const images = new Map(project.results.flatMap((one) => one.images.map((image) => [image.sha256, image])))
  return sarifText({
    tool: project.tool,
    language,
    rules: new Map([
      ...evidenceRules(told),
      ...codes.map((code) => [`claims.${code}`, CLAIM_FINDING_TITLES[code][language]] as const),
      ...(documentFindings.length > 0 ? [[DOCUMENT_FINDING, DOCUMENT_FINDING_TITLE[language]] as const] : []),
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
          originOf(finding),
        ),
      ),
      ...documentFindings.map(({ document, text }) =>
        paper(DOCUMENT_FINDING, document, text.en, text[language], lines.document(document), false),
      ),
    ],
    partial: project.partial,
    asOf: assessment.asOf,
  })
}

/**
 * @param key the finding in English: the same finding in whatever language
 * @param origin where it stands in the supplier's own file: there it is mended, and the folder's file is named beside
 */
function paper(
  ruleId: string,
  about: string,
  key: string,
  text: string,
  place: Place,
  fails: boolean,
  origin?: Place & { readonly text: string },
): SarifResult {
  return {
    ruleId,
    kind: 'fail',
    level: fails ? 'error' : 'warning',
    message: { text: `${about}: ${text}${origin === undefined ? '' : ` (${origin.text})`}` },
    locations: [
      {
        physicalLocation: physical(origin ?? place),
        logicalLocations: [{ fullyQualifiedName: about, kind: 'member' }],
      },
    ],
    ...(origin && { relatedLocations: [{ physicalLocation: physical(place) }] }),
    partialFingerprints: {
      'messlattePaper/v1': createHash('sha256')
        .update(JSON.stringify([ruleId, about, key]))
        .digest('hex'),
    },
  }
}

function physical({ uri, line }: Place): object {
  return { artifactLocation: { uri }, ...(line !== undefined && { region: { startLine: line } }) }
}
