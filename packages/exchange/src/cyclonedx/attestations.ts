import type {
  Assessment,
  Claim,
  Decision,
  Evidence,
  Language,
  ProductStatement,
  ProvisionResult,
  ReleaseImage,
} from '@messlatte/model'
import { uuidOf } from '../result/uuid.ts'
import { escapeInvisible } from '../result/visible-json.ts'
import { evidenceListOf, evidenceOf, evidenceRefs, releaseOf, standardOf, toolsOf } from './parts.ts'

/** A project folder, as far as its claims are told. */
export interface ClaimedProject {
  readonly tool: string
  readonly product: ProductStatement
  readonly images: readonly ReleaseImage[]
  readonly assessment: Assessment
  readonly claims: readonly Claim[]
  /** Those that hold on the day of the assessment. */
  readonly decisions: readonly Decision[]
  readonly evidence: readonly Evidence[]
}

/**
 * The claims of a supplier as CycloneDX 1.6 attestations (ECMA-424, 1st edition): each with the evidence for it and the
 * counter-evidence; a claim of support supports its requirement, any other is a counter-claim. Beside Messlatte, which
 * attests no conformance, stands each assessor with what was decided. The same folder and day give the same bytes.
 */
export function writeCyclonedxAttestations(project: ClaimedProject, language: Language): string {
  return `${escapeInvisible(JSON.stringify(bom(project, language), null, 2))}\n`
}

function bom(project: ClaimedProject, language: Language) {
  const { assessment, claims, decisions, evidence, tool, product, images } = project
  const told = assessment.provisions.filter(
    (one) =>
      claims.some(({ provision }) => provision === one.id) ||
      decisions.some(({ provision }) => provision === one.id) ||
      evidenceOf(one, evidence).length > 0,
  )
  const used = evidence.filter((one) => told.some((provision) => evidenceOf(provision, [one]).length > 0))
  const seed = JSON.stringify([tool, images, claims, decisions, assessment.catalogue, assessment.asOf])
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(seed)}`,
    version: 1,
    metadata: { tools: toolsOf(tool), component: releaseOf(product, images) },
    definitions: { standards: [standardOf(assessment, told, language)] },
    declarations: {
      ...assessed(project, told, language),
      claims: claims.map((claim, at) => claimed(claim, at, told, evidence, language)),
      evidence: evidenceListOf(used, language),
    },
  }
}

/** Messlatte and the people who decided: who they are, and what each says about which requirement. */
function assessed(
  { assessment, claims, decisions, tool }: ClaimedProject,
  told: readonly ProvisionResult[],
  language: Language,
) {
  const people = [...new Set(decisions.map(({ by }) => by))].sort()
  const refs = (one: ProvisionResult, support: boolean) =>
    claims.flatMap(({ provision, support: stated }, at) =>
      provision === one.id && (stated === 'Y') === support ? [claimRef(at)] : [],
    )
  return {
    assessors: [
      { 'bom-ref': 'assessor', thirdParty: false, organization: { name: tool } },
      ...people.map((name, at) => ({
        'bom-ref': `assessor-${at + 1}`,
        organization: { contact: [{ name }] },
      })),
    ],
    attestations: [
      {
        summary: SUMMARY[language],
        assessor: 'assessor',
        map: told.map((one) => ({
          requirement: `requirement-${one.id}`,
          claims: refs(one, true),
          counterClaims: refs(one, false),
          conformance: { rationale: one.baseline.verdict },
        })),
      },
      ...people.map((name, at) => ({
        summary: `${DECIDED[language]} ${assessment.asOf}`,
        assessor: `assessor-${at + 1}`,
        map: decisions
          .filter(({ by }) => by === name)
          .filter(({ provision }) => told.some(({ id }) => id === provision))
          .map((one) => ({
            requirement: `requirement-${one.provision}`,
            conformance: { rationale: rationale(one) },
          })),
      })),
    ],
  }
}

const SUMMARY: Readonly<Record<Language, string>> = {
  en: 'Claims of the supplier with what was observed for and against them. A claim proves nothing; no statement that a provision is met.',
  de: 'Angaben des Lieferanten mit dem, was dafür und dagegen beobachtet wurde. Eine Angabe beweist nichts; keine Aussage, dass eine Anforderung erfüllt ist.',
}
const DECIDED: Readonly<Record<Language, string>> = {
  en: 'Decisions of an assessor that hold on',
  de: 'Entscheidungen einer Prüfperson, gültig am',
}

function rationale({ rule, case: id, unit, verdict, reason, on, until }: Decision): string {
  const about = [rule, id, unit].filter((one) => one !== undefined).join(' ')
  return `${about}: ${verdict}, ${on} – ${until}: ${reason}`
}

function claimed(
  { provision, support, detail, from }: Claim,
  at: number,
  told: readonly ProvisionResult[],
  evidence: readonly Evidence[],
  language: Language,
) {
  const about = told.find(({ id }) => id === provision)
  const found = about ? evidenceOf(about, evidence) : []
  return {
    'bom-ref': claimRef(at),
    target: 'release',
    predicate: `${provision}: ${support}${about ? ` (${about.title[language]})` : ''}`,
    ...(detail.trim() !== '' && { reasoning: from === undefined ? detail : `${from}: ${detail}` }),
    evidence: evidenceRefs(found, 'for'),
    counterEvidence: evidenceRefs(found, 'against'),
  }
}

function claimRef(at: number): string {
  return `claim-${at + 1}`
}
