import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, Reader, rsaSpki } from '@messlatte/bytes'
import { parseOpteeTa, type TaHeader } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { lookForModuli } from './anchors.ts'
import type { OpteeFact, OpteeHeader } from './facts.ts'

const STEP = 256 * 1024
/** Attributes of a public key; GlobalPlatform TEE Internal Core API, "Object Attributes". */
const MODULUS = 0xd0000130
const EXPONENT = 0xd0000230
/** Bytes of a subkey in front of its attributes, and of each of them. */
const ATTRIBUTES = 36
const ATTRIBUTE = 12
const MAX_ATTRIBUTES = 8

export function lookAtOptee(artefact: Artefact, out: MapOut): void {
  if (artefact.format !== 'optee-ta') lookForModuli(artefact, out)
  const fact = artefact.format === 'optee-ta' ? readOptee(artefact.bytes) : undefined
  if (fact) out.fact('boot.optee.ta', placeOf(artefact), fact)
}

export function readOptee(bytes: Bytes): OpteeFact | undefined {
  const ta = parseOpteeTa(bytes, 0)
  if (!ta) return undefined
  const { uuid, version, encrypted } = ta
  return { uuid, version, encrypted, headers: ta.headers.map((header) => readHeader(bytes, header)) }
}

function readHeader(bytes: Bytes, header: TaHeader): OpteeHeader {
  const { type, scheme, hash, signature, hashed } = header
  const [, body] = hashed
  return {
    type,
    scheme,
    hash: Buffer.from(hash).toString('hex'),
    signature: Buffer.from(signature).toString('base64'),
    content: contentOf(bytes, header),
    key: type === 'subkey' && body ? keyIn(bytes.view(body.from, body.to - body.from)) : undefined,
  }
}

function contentOf(bytes: Bytes, { type, hash, hashed }: TaHeader): OpteeHeader['content'] {
  if (hashed.some(({ to }) => to > bytes.size)) return 'cut-off'
  if (type === 'encrypted') return 'encrypted'
  const digest = createHash('sha256')
  for (const { from, to } of hashed)
    forEachWindow(bytes, from, to, STEP, 0, (window) => {
      digest.update(window)
      return true
    })
  return digest.digest().equals(hash) ? 'match' : 'mismatch'
}

function keyIn(subkey: Uint8Array): string | undefined {
  const count = new Reader(subkey, 'little', 32).u32()
  if (count > MAX_ATTRIBUTES || ATTRIBUTES + ATTRIBUTE * count > subkey.length) return undefined
  const reader = new Reader(subkey, 'little', ATTRIBUTES)
  const numbers = new Map<number, Uint8Array>()
  for (let index = 0; index < count; index++) {
    const [id, at, length] = [reader.u32(), reader.u32(), reader.u32()]
    if (at + length <= subkey.length) numbers.set(id, subkey.subarray(at, at + length))
  }
  const [modulus, exponent] = [numbers.get(MODULUS), numbers.get(EXPONENT)]
  return modulus && exponent && rsaSpki(modulus, exponent)?.toString('base64')
}
