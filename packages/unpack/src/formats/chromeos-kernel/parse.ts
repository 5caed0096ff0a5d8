import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'CHROMEOS'
const FIELDS = 24
const PREAMBLE_FIELDS = 100
const MOST_BLOCK = 1024 * 1024
/** The first signature of the preamble, and where the second one, that of the body, stands. */
const [SIGNATURE, BODY_SIGNATURE_AT] = [8, 72] as const
const VERSION = 2

/** vboot's structures of its second version, little endian. */
export interface ChromeosKernel {
  readonly keyblock: Stored
  readonly preamble: Stored
  readonly kernel: Stored
  readonly end: number
}

/** The partition at `at`, or undefined where its lengths do not fit each other. */
export function parseChromeosKernel(bytes: Bytes, at: number): ChromeosKernel | undefined {
  if (at + FIELDS > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIELDS), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC || reader.u32() !== VERSION) return undefined
  reader.skip(4)
  const keyblock = { at, length: reader.size64() }
  const from = at + keyblock.length
  if (keyblock.length < FIELDS || keyblock.length > MOST_BLOCK || from + PREAMBLE_FIELDS > bytes.size)
    return undefined
  const fields = new Reader(bytes.view(from, PREAMBLE_FIELDS), 'little')
  const preamble = { at: from, length: fields.size64() }
  const [signature, body] = [signatureAt(fields, SIGNATURE), signatureAt(fields, BODY_SIGNATURE_AT)]
  const inside = ({ offset, size }: Signature, place: number) => place + offset + size <= preamble.length
  const fits =
    preamble.length >= PREAMBLE_FIELDS &&
    preamble.length <= MOST_BLOCK &&
    inside(signature, SIGNATURE) &&
    inside(body, BODY_SIGNATURE_AT) &&
    signature.covers <= preamble.length
  if (!fits || body.covers === 0) return undefined
  const kernel = { at: from + preamble.length, length: body.covers }
  return { keyblock, preamble, kernel, end: kernel.at + kernel.length }
}

interface Signature {
  /** From the start of the structure that tells it. */
  readonly offset: number
  readonly size: number
  /** Bytes that are signed. */
  readonly covers: number
}

function signatureAt(reader: Reader, at: number): Signature {
  reader.at = at
  return { offset: reader.size64(), size: reader.size64(), covers: reader.size64() }
}
