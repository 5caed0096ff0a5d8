import type {
  ChainState,
  ChainVerdict,
  Language,
  PartId,
  Polarity,
  SavedChain,
  SavedEvidence,
  SavedMechanism,
  SavedProvision,
  SavedResult,
  SignatureLevel,
  Verdict,
} from '@messlatte/model'
import { JsonError, StrictJson, shortened } from '../json/strict.ts'
import { LEVELS, POLARITIES } from './closed-words.ts'
import { evidenceId, isRevealed } from './evidence-id.ts'
import { imageOf } from './read-result.ts'
import { RESULT_SCHEMA_ID } from './schema-id.ts'
import { bothOf, toldOf } from './told.ts'

const VERDICTS = ['contested', 'fail', 'not-applicable', 'not-met', 'open', 'pass', 'supported'] as const
const STATES = ['broken', 'open', 'refused', 'verified'] as const
const CHAIN_VERDICTS = ['absent', 'broken', 'open', 'refused', 'whole'] as const
const KINDS = ['boot', 'update'] as const
const WHENS = ['always', 'condition'] as const
const SOURCES = ['dpkg', 'opkg', 'apk', 'yocto', 'buildroot', 'spdx', 'bytes'] as const
const PROTOCOLS = ['tcp', 'udp'] as const
const PART_IDS = [
  'agent',
  'source',
  'transport',
  'packageCheck',
  'anchor',
  'install',
  'rollback',
  'automatic',
  'notification',
  'reach',
] as const

/** Whether a text begins as what this program writes as JSON does. */
export function looksLikeResult(start: string): boolean {
  return /^\s*\{\s*"schema"\s*:\s*"urn:messlatte:/.test(start)
}

/**
 * Reads what `messlatte check --json` wrote. Whoever wrote it may have changed it: shape, values and sizes are checked, and what
 * is not needed is passed over.
 * @throws JsonError
 */
export function readResultJson(text: string): SavedResult {
  const root = StrictJson.parse(text)
  const schema = root.at('schema').text()
  if (schema !== RESULT_SCHEMA_ID)
    throw new JsonError({
      en: `is of the schema “${shortened(schema)}”; a result of check (${RESULT_SCHEMA_ID}) is needed`,
      de: `hat das Schema „${shortened(schema)}“; gebraucht wird ein Ergebnis von check (${RESULT_SCHEMA_ID})`,
    })
  const unpacked = root.at('unpacked')
  const product = root.at('product')
  const language = root.at('options').at('language').oneOf(['en', 'de'])
  return {
    tool: {
      version: root.at('tool').at('version').text(),
      checksDigest: root.at('tool').at('checksDigest').digest(),
    },
    options: {
      profiles: root
        .at('options')
        .at('profiles')
        .list((one) => one.text()),
      asOf: root.at('options').at('asOf').text(),
      language,
    },
    product: {
      maker: product.at('maker').textOrNull(),
      model: product.at('model').textOrNull(),
      hardware: product.at('hardware').textOrNull(),
      firmware: product.at('firmware').textOrNull(),
      batch: product.at('batch').textOrNull(),
    },
    images: root.at('images').list(imageOf),
    unpacked: {
      bytes: unpacked.at('bytes').count(),
      files: unpacked.at('files').count(),
      partial: unpacked.at('partial').truth(),
      unknownBytes: unpacked.at('unknownBytes').count(),
      limits: unpacked
        .at('limits')
        .list((one) => ({ limit: one.at('limit').text(), path: one.at('path').text() })),
    },
    components: root.at('components').list((one) => ({
      name: one.at('name').text(),
      title: one.at('title').text(),
      version: one.at('version').textOrNull(),
      source: one.at('source').oneOf(SOURCES),
      places: one.at('places').list((place) => ({ path: place.at('path').text() })),
    })),
    services: root.at('services').list((one) => ({
      name: one.at('name').text(),
      title: one.at('title').text(),
      command: one.at('command').text(),
      when: one.at('when').oneOf(WHENS),
      path: one.at('path').text(),
      user: one.at('user').textOrNull(),
      listens: one.at('listens').list((port) => ({
        protocol: port.at('protocol').oneOf(PROTOCOLS),
        port: port.at('port').count(),
      })),
      authenticates: one.at('authenticates').truthOrNull(),
      missing: one.at('missing').truth(),
    })),
    chains: root.at('chains').list(chainOf),
    mechanisms: root.at('mechanisms').list((one) => mechanismOf(one, language)),
    evidence: root.at('evidence').list((one) => evidenceOf(one, language)),
    provisions: root.at('provisions').list(provisionOf),
  }
}

function chainOf(one: StrictJson): SavedChain {
  return {
    kind: one.at('kind').oneOf(KINDS),
    name: one.at('name').text(),
    verdict: one.at('verdict').oneOf<ChainVerdict>(CHAIN_VERDICTS),
    steps: one.at('steps').list((step) => ({
      title: step.at('title').text(),
      state: step.at('state').oneOf<ChainState>(STATES),
      scheme: step.at('scheme').textOrNull(),
      level: step.at('level').oneOfOrNull<SignatureLevel>(LEVELS),
      stages: step.at('parts').list((part) => part.at('stage').text()),
      anchors: step.at('anchors').list((anchor) => ({
        form: anchor.at('form').text(),
        fingerprint: anchor.at('fingerprint').text(),
        name: anchor.at('name').text(),
        everybody: anchor.at('everybody').truth(),
      })),
      rollback: step.at('rollback').list((counter) => ({
        name: counter.at('name').text(),
        value: counter.at('value').scalarOrNull(),
        signed: counter.at('signed').truth(),
      })),
      path: step.at('evidence').isNull ? null : step.at('evidence').at('path').text(),
    })),
  }
}

function mechanismOf(one: StrictJson, language: Language): SavedMechanism {
  return {
    client: one.at('client').text(),
    title: bothOf(one, language)((from) => from.at('title')),
    parts: one.at('parts').list((part) => ({
      id: part.at('id').oneOf<PartId>(PART_IDS),
      statement: bothOf(part, language)((from) => from.at('statement')),
      polarity: part.at('polarity').oneOf<Polarity>(POLARITIES),
      path: part.at('path').text(),
      details: part.at('details').json(),
    })),
  }
}

/** Its id is computed again; where secrets stand in the clear it rests on what they hide, and cannot be. */
function evidenceOf(one: StrictJson, language: Language): SavedEvidence {
  const read = savedEvidence(one, language)
  const { level, title: _, ...seen } = read
  const place = {
    check: one.at('check').text(),
    length: one.at('length').count(),
    sha256: one.at('sha256').digest(),
  }
  const id = evidenceId({ ...seen, ...place, ...(level !== null && { level }) })
  if (id !== read.id && !isRevealed(read.observation))
    throw new JsonError({
      en: `evidence ${read.id}: is not what its id was computed over; it was changed`,
      de: `evidence ${read.id}: ist nicht, worüber seine ID gerechnet wurde; es wurde geändert`,
    })
  return read
}

function savedEvidence(one: StrictJson, language: Language): SavedEvidence {
  return {
    id: one.at('id').digest(),
    polarity: one.at('polarity').oneOf<Polarity>(POLARITIES),
    kind: one.at('kind').text(),
    level: one.has('level') ? one.at('level').oneOf<SignatureLevel>(LEVELS) : null,
    path: one.at('path').text(),
    offset: one.at('offset').count(),
    title: toldOf(one, language).title,
    observation: one.at('observation').json(),
  }
}

function provisionOf(one: StrictJson): SavedProvision {
  return {
    edition: one.at('edition').text(),
    id: one.at('id').text(),
    verdicts: Object.fromEntries([
      ['baseline', one.at('baseline').at('verdict').oneOf<Verdict>(VERDICTS)],
      ...one
        .at('profiles')
        .entries()
        .map(([id, verdict]) => [id, verdict.at('verdict').oneOf<Verdict>(VERDICTS)] as const),
    ]),
  }
}
