import type { CheckResult, Component, Evidence, Language, ProvisionResult } from '@messlatte/model'
import { uuidOf } from '../result/uuid.ts'
import { escapeInvisible } from '../result/visible-json.ts'
import { evidenceListOf, evidenceOf, evidenceRefs, releaseOf, standardOf, toolsOf } from './parts.ts'

const MOST_OCCURRENCES = 100

/**
 * A check as a CycloneDX 1.6 document (ECMA-424, 1st edition): the release, the components found in it, and in
 * `declarations` what the evidence says for and against each provision. It claims no conformance and gives no score;
 * vulnerabilities are not its matter. The same result gives the same bytes: no time stands in it.
 */
export function writeCyclonedx(result: CheckResult, language: Language): string {
  return `${escapeInvisible(JSON.stringify(bom(result, language), null, 2))}\n`
}

function bom(result: CheckResult, language: Language) {
  const { tool, product, images, assessment } = result
  const told = assessment.provisions.filter((one) => evidenceOf(one, result.evidence).length > 0)
  const used = result.evidence.filter(
    ({ provisions, polarity }) => provisions.length > 0 && polarity !== 'neutral',
  )
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([tool, images, assessment.catalogue, assessment.asOf]))}`,
    version: 1,
    metadata: {
      tools: toolsOf(`${tool.name} ${tool.version}`),
      component: releaseOf(product, images),
    },
    components: result.components.map(component),
    compositions: [{ aggregate: 'incomplete', assemblies: ['release'] }],
    definitions: { standards: [standardOf(assessment, told, language)] },
    declarations: {
      assessors: [
        { 'bom-ref': 'assessor', thirdParty: false, organization: { name: `messlatte ${tool.version}` } },
      ],
      attestations: [
        {
          summary: SUMMARY[language],
          assessor: 'assessor',
          map: told.map((one) => mapped(one, result.evidence)),
        },
      ],
      claims: told.map((one) => ({
        'bom-ref': `claim-${one.id}`,
        target: 'release',
        predicate: `${one.id}: ${one.title[language]}`,
        evidence: evidenceRefs(evidenceOf(one, result.evidence), 'for'),
        counterEvidence: evidenceRefs(evidenceOf(one, result.evidence), 'against'),
      })),
      evidence: evidenceListOf(used, language),
    },
  }
}

const SUMMARY: Readonly<Record<Language, string>> = {
  en: 'Machine observations on an image, for and against. No statement that a provision is met.',
  de: 'Maschinelle Beobachtungen an einem Abbild, dafür und dagegen. Keine Aussage, dass eine Anforderung erfüllt ist.',
}

function component(one: Component, at: number) {
  return {
    type: 'library',
    'bom-ref': `component-${at + 1}`,
    name: one.name,
    ...(one.version !== null && { version: one.version }),
    ...(one.cpe !== null && { cpe: one.cpe }),
    purl: one.purl,
    evidence: {
      occurrences: one.places
        .slice(0, MOST_OCCURRENCES)
        .map(({ path, offset }) => ({ location: path, offset })),
    },
  }
}

function mapped(one: ProvisionResult, evidence: readonly Evidence[]) {
  const claim = [`claim-${one.id}`]
  const found = evidenceOf(one, evidence)
  return {
    requirement: `requirement-${one.id}`,
    claims: found.some(({ polarity }) => polarity === 'for') ? claim : [],
    counterClaims: found.some(({ polarity }) => polarity === 'against') ? claim : [],
    conformance: { rationale: one.baseline.verdict },
  }
}
