import { createPublicKey, type KeyObject } from 'node:crypto'
import type { ReleaseImage } from '@messlatte/model'
import { Field, FileProblems } from '../json/fields.ts'
import { parseLocated } from '../json/located.ts'
import { readResult } from '../result/read-result.ts'
import { type Envelope, fingerprintOf, isSealedBy, seal } from './dsse.ts'

/** `application/vnd.in-toto+json` of the in-toto attestation framework, v1, envelope layer. */
const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT = 'https://in-toto.io/Statement/v1'
/** Our own predicate: a stored result, whole, and the public key of whoever signs. */
export const PACK_PREDICATE = 'urn:messlatte:evidence-pack:1'

/**
 * A stored result, without any image, as an in-toto statement about the images' digests in a DSSE envelope. It says who
 * signed, not that it is true: whoever has the image can repeat it. Throws FileProblems where the text is no result.
 */
export function writePack(name: string, resultText: string, key: KeyObject): string {
  const { images } = readResult(name, resultText)
  const statement = {
    _type: STATEMENT,
    subject: images.map((image) => ({ name: image.name, digest: { sha256: image.sha256 } })),
    predicateType: PACK_PREDICATE,
    predicate: {
      signer: createPublicKey(key).export({ format: 'pem', type: 'spki' }),
      result: JSON.parse(resultText) as unknown,
    },
  }
  return `${JSON.stringify(seal(PAYLOAD_TYPE, JSON.stringify(statement), key), null, 2)}\n`
}

export interface OpenedPack {
  /** SHA-256 (hex) of the key that signed. */
  readonly fingerprint: string
  /** True where it is one of the trusted keys: only then somebody that the reader knows has signed. */
  readonly trusted: boolean
  readonly images: readonly Pick<ReleaseImage, 'name' | 'sha256'>[]
  readonly tool: string
  /** The stored result, as JSON. */
  readonly result: string
}

/**
 * Opens a pack: by a trusted key, else by the key that it names itself (which shows that it is whole, and not by whom).
 * Throws FileProblems where it is no pack, was changed, or names other images than its result.
 */
export function openPack(name: string, text: string, trusted: readonly KeyObject[]): OpenedPack {
  const refuse = (field: string, message: string): never => {
    throw new FileProblems(name, [{ line: 1, field, message }])
  }
  const envelope = readEnvelope(name, text)
  if (envelope.payloadType !== PAYLOAD_TYPE) return refuse('payloadType', `must be ${PAYLOAD_TYPE}`)
  const statement = parse(Buffer.from(envelope.payload, 'base64').toString('utf8'))
  const predicate = record(statement?.predicate)
  if (statement?._type !== STATEMENT || statement.predicateType !== PACK_PREDICATE || !predicate)
    return refuse('payload', 'is no evidence pack')
  const named = keyIn(predicate.signer)
  const friend = trusted.find((key) => isSealedBy(envelope, key))
  const signer = friend ?? (named && isSealedBy(envelope, named) ? named : undefined)
  if (!signer)
    return refuse('signatures', 'no signature verifies: the pack was changed, or its key is another')
  const result = JSON.stringify(predicate.result)
  const { images, tool } = readResult(name, result)
  const own = images.map((image) => `${image.sha256} ${image.name}`).join('\n')
  if (subjects(statement.subject).join('\n') !== own)
    return refuse('payload.subject', 'names other images than the result')
  return { fingerprint: fingerprintOf(signer), trusted: friend !== undefined, images, tool, result }
}

function readEnvelope(name: string, text: string): Envelope {
  const problems: { line: number; field: string; message: string }[] = []
  let root: Field
  try {
    root = new Field(parseLocated(text), '', problems)
  } catch {
    throw new FileProblems(name, [{ line: 1, field: '', message: 'is not JSON' }])
  }
  const { payloadType, payload, signatures } = root.object(['payloadType', 'payload', 'signatures'])
  const envelope = {
    payloadType: payloadType.string(),
    payload: payload.matching(/^[A-Za-z0-9+/]+={0,2}$/, 'base64'),
    signatures: signatures.list((one) => {
      const { keyid, sig } = one.object(['keyid', 'sig'])
      return { keyid: keyid.plain(), sig: sig.matching(/^[A-Za-z0-9+/]+={0,2}$/, 'base64') }
    }),
  }
  if (problems.length > 0) throw new FileProblems(name, problems)
  return envelope
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(text))
  } catch {
    return undefined
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function keyIn(value: unknown): KeyObject | undefined {
  try {
    return typeof value === 'string' ? createPublicKey(value) : undefined
  } catch {
    return undefined
  }
}

function subjects(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.map((one) => `${String(record(record(one)?.digest)?.sha256)} ${String(record(one)?.name)}`)
}
