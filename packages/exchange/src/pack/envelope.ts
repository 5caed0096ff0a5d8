import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Text } from '@messlatte/model'
import { Field, FileProblems, type Problem } from '../json/fields.ts'
import { parseLocated } from '../json/located.ts'
import { type Envelope, isSealedBy } from './dsse.ts'

/** `application/vnd.in-toto+json` of the in-toto attestation framework, v1, envelope layer. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
export const STATEMENT = 'https://in-toto.io/Statement/v1'

const BASE64: Text = { en: 'base64', de: 'Base64' }

/** An envelope as it lies in a file; its signatures are not looked at. Throws FileProblems. */
export function readEnvelope(name: string, text: string): Envelope {
  const problems: Problem[] = []
  let root: Field
  try {
    root = new Field(parseLocated(text), '', problems)
  } catch {
    throw new FileProblems(name, [
      { line: 1, field: '', message: { en: 'is not JSON', de: 'ist kein JSON' } },
    ])
  }
  const { payloadType, payload, signatures } = root.object(['payloadType', 'payload', 'signatures'])
  const envelope = {
    payloadType: payloadType.string(),
    payload: payload.matching(/^[A-Za-z0-9+/]+={0,2}$/, BASE64),
    signatures: signatures.list((one) => {
      const { keyid, sig } = one.object(['keyid', 'sig'])
      return { keyid: keyid.plain(), sig: sig.matching(/^[A-Za-z0-9+/]+={0,2}$/, BASE64) }
    }),
  }
  if (problems.length > 0) throw new FileProblems(name, problems)
  return envelope
}

export interface Signer {
  readonly key: KeyObject
  /** True where it is one of the trusted keys. */
  readonly trusted: boolean
}

/** By a trusted key, else by the one that travels along, which shows that it is whole and not by whom. */
export function signerOf(
  envelope: Envelope,
  named: KeyObject | undefined,
  trusted: readonly KeyObject[],
): Signer | undefined {
  const friend = trusted.find((key) => isSealedBy(envelope, key))
  if (friend) return { key: friend, trusted: true }
  return named && isSealedBy(envelope, named) ? { key: named, trusted: false } : undefined
}

/** The payload as a JSON object; undefined where it is none. */
export function payloadOf({ payload }: Envelope): Readonly<Record<string, unknown>> | undefined {
  return parse(Buffer.from(payload, 'base64').toString('utf8'))
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(text))
  } catch {
    return undefined
  }
}

export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

/** A public key in PEM. */
export function keyIn(value: unknown): KeyObject | undefined {
  try {
    return typeof value === 'string' ? createPublicKey(value) : undefined
  } catch {
    return undefined
  }
}
