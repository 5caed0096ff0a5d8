import type { KeyObject } from 'node:crypto'
import type { Text } from '@messlatte/model'
import { FileProblems } from '../json/fields.ts'
import { fingerprintOf } from '../pack/dsse.ts'
import {
  keyIn,
  PAYLOAD_TYPE,
  payloadOf,
  readEnvelope,
  record,
  STATEMENT,
  signerOf,
} from '../pack/envelope.ts'
import { SIGNER } from './write.ts'

export interface OpenedStatement {
  readonly predicateType: string
  /** SHA-256 (hex) of the key that signed. */
  readonly fingerprint: string
  /** True where it is one of the trusted keys. */
  readonly trusted: boolean
  readonly images: readonly { readonly name: string; readonly sha256: string }[]
  readonly predicate: Readonly<Record<string, unknown>>
}

/** The type of the predicate that an envelope carries, whoever signed it. Throws FileProblems where it is no statement. */
export function predicateTypeOf(name: string, text: string): string {
  const type = payloadOf(readEnvelope(name, text))?.predicateType
  if (typeof type === 'string') return type
  throw new FileProblems(name, [
    {
      line: 1,
      field: 'payload',
      message: { en: 'is no in-toto statement', de: 'ist keine in-toto-Erklärung' },
    },
  ])
}

/**
 * Opens an in-toto statement about files by their SHA-256: by a trusted key, else by the key that travels along in ours.
 * Throws FileProblems where it is none, was changed, or nobody's key is at hand.
 */
export function openStatement(name: string, text: string, trusted: readonly KeyObject[]): OpenedStatement {
  const refuse = (field: string, message: Text): never => {
    throw new FileProblems(name, [{ line: 1, field, message }])
  }
  const envelope = readEnvelope(name, text)
  if (envelope.payloadType !== PAYLOAD_TYPE)
    return refuse('payloadType', { en: `must be ${PAYLOAD_TYPE}`, de: `muss ${PAYLOAD_TYPE} sein` })
  const statement = payloadOf(envelope)
  const predicate = record(statement?.predicate)
  const images = imagesIn(statement?.subject)
  const { predicateType } = statement ?? {}
  if (statement?._type !== STATEMENT || typeof predicateType !== 'string' || !predicate || !images)
    return refuse('payload', {
      en: 'is no in-toto statement about files by their SHA-256',
      de: 'ist keine in-toto-Erklärung über Dateien mit ihrer SHA-256',
    })
  const signer = signerOf(envelope, keyIn(predicate[SIGNER]), trusted)
  if (!signer)
    return refuse('signatures', {
      en: 'no signature verifies: it was changed, or its key is another; --trust names the key',
      de: 'keine Signatur stimmt: Sie wurde geändert, oder ihr Schlüssel ist ein anderer; --trust nennt den Schlüssel',
    })
  return { predicateType, fingerprint: fingerprintOf(signer.key), trusted: signer.trusted, images, predicate }
}

function imagesIn(value: unknown): OpenedStatement['images'] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const found = value.flatMap((one) => {
    const subject = record(one)
    const sha256 = record(subject?.digest)?.sha256
    return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
      ? [{ name: typeof subject?.name === 'string' ? subject.name : '', sha256 }]
      : []
  })
  return found.length === value.length ? found : undefined
}
