import { type Bytes, BytesError, digest, Reader, rsaSpki } from '@messlatte/bytes'
import type { ChromeosKernelFact, VbootKey, VbootSignature } from './facts.ts'

// Structures of ChromeOS' verified boot, little endian: vboot_reference, firmware/2lib/include/2struct.h.

export const MAGIC = 'CHROMEOS'
const KEYBLOCK = 112
const PREAMBLE = 112
const PACKED_KEY = 32
const SIGNATURE = 24
const MOST_SIGNED = 1024 * 1024
const MOST_KEY = 8192
/** By the number of the algorithm: size of the modulus in bits times digest, in this order. */
const SIZES = [1024, 2048, 4096, 8192] as const
const DIGESTS = ['sha1', 'sha256', 'sha512'] as const
const F4 = 65537
const EXPONENT_3 = 12

/** A packed key: u32 offset, size, algorithm and version, each with four zeros behind. */
export function packedKey(bytes: Bytes, at: number): VbootKey | undefined {
  return safely(() => {
    const header = new Reader(bytes.view(at, PACKED_KEY), 'little')
    const [offset, , size, , algorithm, , version] = Array.from({ length: 7 }, () => header.u32()) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const bits = SIZES[Math.floor(algorithm / DIGESTS.length)]
    const name = DIGESTS[algorithm % DIGESTS.length]
    if (algorithm >= EXPONENT_3 || bits === undefined || !name || size > MOST_KEY) return undefined
    // u32 words, u32 for Montgomery's method, the modulus with its lowest byte first, and a square.
    const modulus = bytes.view(at + offset + 8, bits / 8)
    if (size !== 8 + bits / 4) return undefined
    const exponent = Buffer.from(F4.toString(16).padStart(6, '0'), 'hex')
    const spki = rsaSpki(Buffer.from(modulus).reverse(), exponent)
    return spki && { spki: spki.toString('base64'), digest: name, version }
  })
}

/** A kernel partition: a block with a key, a preamble, the kernel. */
export function parseKernel(bytes: Bytes): ChromeosKernelFact | undefined {
  return safely(() => {
    if (bytes.size < KEYBLOCK) return undefined
    const block = new Reader(bytes.view(0, KEYBLOCK), 'little')
    if (block.latin1(MAGIC.length) !== MAGIC || block.u32() !== 2) return undefined
    block.skip(4)
    const size = block.size64()
    if (size < KEYBLOCK || size > MOST_SIGNED) return undefined
    block.at = 72
    const flags = block.u32()
    const dataKey = packedKey(bytes, 80)
    const keyblock = signatureAt(bytes, 24, 0)
    if (!keyblock) return undefined
    const hash = signatureAt(bytes, 48, 0)
    return {
      keyblock,
      hash: hash && {
        stated: Buffer.from(hash.value, 'base64').toString('hex'),
        computed: digest('sha512', bytes.view(0, hash.length)).toString('hex'),
      },
      flags,
      dataKey,
      ...preambleAt(bytes, size, dataKey),
    }
  })
}

function preambleAt(
  bytes: Bytes,
  at: number,
  key: VbootKey | undefined,
): Pick<ChromeosKernelFact, 'preamble' | 'body' | 'kernelVersion'> {
  const none = { preamble: undefined, body: undefined, kernelVersion: undefined }
  if (at + PREAMBLE > bytes.size || !key) return none
  const header = new Reader(bytes.view(at, PREAMBLE), 'little')
  const size = header.u32()
  header.at = 40
  const preamble = signatureAt(bytes, at + 8, at, key.digest)
  const body = signatureAt(bytes, at + 72, at + size)
  return { preamble, body: body && { ...body, digest: undefined }, kernelVersion: header.u32() }
}

/** u32 offset from here, size, and bytes that are signed from `from` on, each with four zeros behind. */
function signatureAt(
  bytes: Bytes,
  at: number,
  from: number,
  name?: VbootKey['digest'],
): VbootSignature | undefined {
  const header = new Reader(bytes.view(at, SIGNATURE), 'little')
  const [offset, , size, , length] = Array.from({ length: 5 }, () => header.u32()) as [
    number,
    number,
    number,
    number,
    number,
  ]
  if (size > MOST_KEY || at + offset + size > bytes.size) return undefined
  const isHere = name !== undefined && length <= MOST_SIGNED && from + length <= bytes.size
  return {
    value: Buffer.from(bytes.view(at + offset, size)).toString('base64'),
    digest: isHere ? digest(name, bytes.view(from, length)).toString('hex') : undefined,
    at: from,
    length,
  }
}

function safely<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}
