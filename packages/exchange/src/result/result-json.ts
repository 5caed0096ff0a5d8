import type { Assessment, CheckResult, Language, MapPart, Unpacked } from '@messlatte/model'
import { chainJson } from './chain-json.ts'
import { componentJson } from './component-json.ts'
import { evidenceJson } from './evidence-json.ts'
import { mechanismJson } from './mechanism-json.ts'
import { compareText } from './natural-order.ts'
import { byProvision, pillarsJson, provisionJson, requirementJson } from './provision-json.ts'
import { RESULT_SCHEMA_ID } from './schema-id.ts'
import { serviceJson } from './service-json.ts'
import { sorted, sortedKeys } from './sorting.ts'
import { escapeInvisible } from './visible-json.ts'

/**
 * The one object of `messlatte check --json`, as `schema/result-1.schema.json` describes it: two spaces of indent and
 * a final newline. The same result and language give the same bytes, in whatever order the parts of the result come.
 */
export function writeResultJson(result: CheckResult, language: Language): string {
  return `${escapeInvisible(JSON.stringify(resultJson(result, language), null, 2))}\n`
}

function resultJson(result: CheckResult, language: Language) {
  const { tool, options, product, assessment } = result
  return {
    schema: RESULT_SCHEMA_ID,
    tool: { name: tool.name, version: tool.version, checksDigest: tool.checksDigest },
    options: {
      profiles: options.profiles,
      asOf: options.asOf,
      failOn: options.failOn,
      revealed: options.revealed,
      trustedKeys: sorted(options.trustedKeys, compareText),
      readouts: options.readouts.map(({ name, sha256, unit, by, on }) => ({ name, sha256, unit, by, on })),
      language,
    },
    product: {
      maker: product.maker,
      model: product.model,
      hardware: product.hardware,
      firmware: product.firmware,
      batch: product.batch,
    },
    traits: sorted(assessment.traits, (a, b) => compareText(a.id, b.id)).map(({ id, value, origin }) => ({
      id,
      value,
      origin,
    })),
    images: sorted(
      result.images,
      (a, b) => compareText(a.name, b.name) || compareText(a.sha256, b.sha256),
    ).map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    unpacked: unpackedJson(result.unpacked, language),
    components: componentJson(result.components),
    services: serviceJson(result.services),
    chains: chainJson(result.chains, language),
    mechanisms: mechanismJson(result.mechanisms, language),
    evidence: evidenceJson(result.evidence, language),
    provisions: sorted(assessment.provisions, byProvision).map((it) => provisionJson(it, language)),
    pillars: Object.fromEntries(
      sortedKeys(assessment.pillars).map(([key, pillars]) => [key, pillarsJson(pillars, language)]),
    ),
    assessment: assessmentJson(assessment, language),
  }
}

function unpackedJson(unpacked: Unpacked, language: Language) {
  const byPath = (a: { readonly path: string }, b: { readonly path: string }) => compareText(a.path, b.path)
  return {
    artefacts: unpacked.artefacts,
    files: unpacked.files,
    bytes: unpacked.bytes,
    unknownBytes: unpacked.unknownBytes,
    paddingBytes: unpacked.paddingBytes,
    partial: unpacked.partial,
    limits: sorted(unpacked.limits, (a, b) => byPath(a, b) || compareText(a.limit, b.limit)).map((it) => ({
      limit: it.limit,
      path: it.path,
      text: it.text[language],
    })),
    damage: sorted(
      unpacked.damage,
      (a, b) => byPath(a, b) || compareText(a.code, b.code) || compareText(a.message, b.message),
    ).map(({ path, code, message }) => ({ path, code, message })),
    unknown: sorted(unpacked.unknown, (a, b) => byPath(a, b) || a.offset - b.offset).map((it) => ({
      path: it.path,
      offset: it.offset,
      length: it.length,
      entropy: it.entropy,
      chiSquare: it.chiSquare,
      guess: it.guess,
    })),
    map: sorted(unpacked.map, (a, b) => byPath(a, b) || a.offset - b.offset || b.length - a.length).map(
      mapPartJson,
    ),
    formats: Object.fromEntries(sortedKeys(unpacked.formats)),
    ...(unpacked.omitted && { omitted: Object.fromEntries(sortedKeys(unpacked.omitted)) }),
  }
}

function mapPartJson({ path, offset, length, kind, format, name, parts }: MapPart): object {
  return {
    path,
    offset,
    length,
    kind,
    ...(format === undefined ? {} : { format }),
    ...(name === undefined ? {} : { name }),
    ...(parts === undefined ? {} : { parts: parts.map(mapPartJson) }),
  }
}

function assessmentJson(assessment: Assessment, language: Language) {
  const { catalogue } = assessment
  return {
    catalogue: { id: catalogue.id, version: catalogue.version, digest: catalogue.digest },
    profiles: assessment.profiles.map((it) => ({
      id: it.id,
      version: it.version,
      digest: it.digest,
      title: it.title[language],
      caveat: it.caveat[language],
      lastFreeDay: it.lastFreeDay,
      zone: it.zone,
      inForceAsOf: it.inForceAsOf,
    })),
    asOf: assessment.asOf,
    staleSources: assessment.staleSources.map(({ id, title, checked }) => ({ id, title, checked })),
    requirements: assessment.requirements.map((it) => requirementJson(it, language)),
    counts: Object.fromEntries(
      sortedKeys(assessment.counts).map(([key, counts]) => [
        key,
        {
          fail: counts.fail,
          contested: counts.contested,
          open: counts.open,
          'not-met': counts['not-met'],
          supported: counts.supported,
          pass: counts.pass,
          'not-applicable': counts['not-applicable'],
        },
      ]),
    ),
    questions: assessment.questions.map((it) => ({
      trait: it.trait,
      question: it.question[language],
      provisions: it.provisions,
    })),
  }
}
