import { createPublicKey, type KeyObject } from 'node:crypto'
import type { ReleaseImage, Text } from '@messlatte/model'
import { FileProblems } from '../json/fields.ts'
import { readResult } from '../result/read-result.ts'
import { fingerprintOf, seal } from './dsse.ts'
import { keyIn, PAYLOAD_TYPE, payloadOf, readEnvelope, record, STATEMENT, signerOf } from './envelope.ts'

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
  const refuse = (field: string, message: Text): never => {
    throw new FileProblems(name, [{ line: 1, field, message }])
  }
  const envelope = readEnvelope(name, text)
  if (envelope.payloadType !== PAYLOAD_TYPE)
    return refuse('payloadType', { en: `must be ${PAYLOAD_TYPE}`, de: `muss ${PAYLOAD_TYPE} sein` })
  const statement = payloadOf(envelope)
  const predicate = record(statement?.predicate)
  if (statement?._type !== STATEMENT || statement.predicateType !== PACK_PREDICATE || !predicate)
    return refuse('payload', { en: 'is no evidence pack', de: 'ist kein Evidenzpaket' })
  const signer = signerOf(envelope, keyIn(predicate.signer), trusted)
  if (!signer)
    return refuse('signatures', {
      en: 'no signature verifies: the pack was changed, or its key is another',
      de: 'keine Signatur stimmt: Das Paket wurde geändert, oder sein Schlüssel ist ein anderer',
    })
  const result = JSON.stringify(predicate.result)
  const { images, tool } = readResult(name, result)
  const own = images.map((image) => `${image.sha256} ${image.name}`).join('\n')
  if (subjects(statement.subject).join('\n') !== own)
    return refuse('payload.subject', {
      en: 'names other images than the result',
      de: 'nennt andere Abbilder als das Ergebnis',
    })
  return { fingerprint: fingerprintOf(signer.key), trusted: signer.trusted, images, tool, result }
}

function subjects(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.map((one) => `${String(record(record(one)?.digest)?.sha256)} ${String(record(one)?.name)}`)
}
