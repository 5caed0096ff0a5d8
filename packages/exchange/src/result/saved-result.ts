import type {
  ChainState,
  ChainVerdict,
  Json,
  Polarity,
  SavedChain,
  SavedEvidence,
  SavedProvision,
  SavedResult,
  SignatureLevel,
  Verdict,
} from '@messlatte/model'
import { RESULT_SCHEMA_ID } from './schema-id.ts'

/** Entries of one list. Results that we write stay below: readers of containers are bounded. */
const MOST_ENTRIES = 500_000
/** Characters of one text. */
const MOST_TEXT = 100_000

const VERDICTS = ['contested', 'fail', 'not-applicable', 'not-met', 'open', 'pass', 'supported'] as const
const LEVELS = ['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'EX'] as const
const POLARITIES = ['against', 'for', 'neutral'] as const
const STATES = ['broken', 'open', 'refused', 'verified'] as const
const CHAIN_VERDICTS = ['absent', 'broken', 'open', 'refused', 'whole'] as const
const KINDS = ['boot', 'update'] as const
const WHENS = ['always', 'condition'] as const
const SOURCES = ['dpkg', 'opkg', 'apk', 'yocto', 'buildroot', 'spdx', 'bytes'] as const
const PROTOCOLS = ['tcp', 'udp'] as const

/** Says where in a saved result what stands there is not what `messlatte check --json` writes. */
export class ResultError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ResultError'
  }
}

/** Whether a text begins as what this program writes as JSON does. */
export function looksLikeResult(start: string): boolean {
  return /^\s*\{\s*"schema"\s*:\s*"urn:messlatte:/.test(start)
}

/**
 * Reads what `messlatte check --json` wrote. Whoever wrote it may have changed it: shape, values and sizes are checked, and what
 * is not needed is passed over.
 * @throws ResultError
 */
export function readResultJson(text: string): SavedResult {
  const root = new Node(parsed(text), '')
  const schema = root.at('schema').text()
  if (schema !== RESULT_SCHEMA_ID)
    throw new ResultError(
      `is of the schema “${short(schema)}”; a result of check (${RESULT_SCHEMA_ID}) is needed`,
    )
  const unpacked = root.at('unpacked')
  const product = root.at('product')
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
      language: root.at('options').at('language').oneOf(['en', 'de']),
    },
    product: {
      maker: product.at('maker').textOrNull(),
      model: product.at('model').textOrNull(),
      hardware: product.at('hardware').textOrNull(),
      firmware: product.at('firmware').textOrNull(),
      batch: product.at('batch').textOrNull(),
    },
    images: root.at('images').list((one) => ({
      name: one.at('name').text(),
      size: one.at('size').count(),
      sha256: one.at('sha256').digest(),
    })),
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
    evidence: root.at('evidence').list(evidenceOf),
    provisions: root.at('provisions').list(provisionOf),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ResultError('is not JSON; was it cut off?')
  }
}

function chainOf(one: Node): SavedChain {
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

function evidenceOf(one: Node): SavedEvidence {
  return {
    id: one.at('id').digest(),
    polarity: one.at('polarity').oneOf<Polarity>(POLARITIES),
    kind: one.at('kind').text(),
    level: one.has('level') ? one.at('level').oneOf<SignatureLevel>(LEVELS) : null,
    path: one.at('path').text(),
    offset: one.at('offset').count(),
    title: one.at('title').text(),
    observation: one.at('observation').json(),
  }
}

function provisionOf(one: Node): SavedProvision {
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

/** A value of the file, and where it stands. */
class Node {
  readonly #value: unknown
  readonly #where: string

  constructor(value: unknown, where: string) {
    this.#value = value
    this.#where = where
  }

  get isNull(): boolean {
    return this.#value === null
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#record(), key)
  }

  at(key: string): Node {
    const record = this.#record()
    return new Node(Object.hasOwn(record, key) ? record[key] : undefined, `${this.#where}/${key}`)
  }

  entries(): readonly (readonly [string, Node])[] {
    return Object.entries(this.#record())
      .slice(0, MOST_ENTRIES)
      .map(([key, value]) => [key, new Node(value, `${this.#where}/${short(key)}`)] as const)
  }

  list<T>(read: (one: Node) => T): readonly T[] {
    if (!Array.isArray(this.#value)) throw this.#wrong('a list')
    if (this.#value.length > MOST_ENTRIES) throw this.#wrong(`a list of at most ${MOST_ENTRIES} entries`)
    return this.#value.map((one, index) => read(new Node(one, `${this.#where}/${index}`)))
  }

  text(): string {
    if (typeof this.#value !== 'string' || this.#value.length > MOST_TEXT) throw this.#wrong('a text')
    return this.#value
  }

  textOrNull(): string | null {
    return this.isNull ? null : this.text()
  }

  digest(): string {
    if (typeof this.#value !== 'string' || !/^[0-9a-f]{64}$/.test(this.#value)) throw this.#wrong('a SHA-256')
    return this.#value
  }

  count(): number {
    if (!Number.isSafeInteger(this.#value) || (this.#value as number) < 0) throw this.#wrong('a whole number')
    return this.#value as number
  }

  truth(): boolean {
    if (typeof this.#value !== 'boolean') throw this.#wrong('true or false')
    return this.#value
  }

  truthOrNull(): boolean | null {
    return this.isNull ? null : this.truth()
  }

  scalarOrNull(): number | string | null {
    return this.isNull || typeof this.#value === 'number' ? (this.#value as number | null) : this.text()
  }

  oneOf<T extends string>(known: readonly T[]): T {
    const value = known.find((one) => one === this.#value)
    if (value === undefined) throw this.#wrong(`one of ${known.join(', ')}`)
    return value
  }

  oneOfOrNull<T extends string>(known: readonly T[]): T | null {
    return this.isNull ? null : this.oneOf(known)
  }

  json(): Json {
    if (this.#value === undefined) throw this.#wrong('a value')
    return this.#value as Json
  }

  #record(): Record<string, unknown> {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value))
      throw this.#wrong('an object')
    return this.#value as Record<string, unknown>
  }

  #wrong(wanted: string): ResultError {
    return new ResultError(`${this.#where || '/'}: ${wanted} should stand here`)
  }
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
