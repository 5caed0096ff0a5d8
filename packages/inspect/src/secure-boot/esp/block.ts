import { createHash } from 'node:crypto'
import {
  type Bytes,
  ecSpki,
  forEachWindow,
  inverseOf,
  Reader,
  readPublicKey,
  rsaSpki,
  sha256,
  toNumber,
  verifiesEcdsa,
  verifiesPss,
} from '@messlatte/bytes'
import type { EspSignatureBlock } from '@messlatte/unpack'
import type { BlockAlgorithm, BlockFact, BlockFault, BlockKey } from './facts.ts'

/** Sizes in bytes, offsets from the start of a block; numbers are little endian. ESP-IDF, ets_secure_boot_sig_block_t. */
const VERSION_RSA = 2
const DIGEST_AT = 4
const RSA = 384
const RSA_KEY_AT = 36
const RSA_SIGNATURE_AT = 812
const STEP = 256 * 1024

const CURVES = {
  1: { name: 'P-192', algorithm: 'ecdsa-p192', size: 24, field: 64 },
  2: { name: 'P-256', algorithm: 'ecdsa-p256', size: 32, field: 64 },
  3: { name: 'P-384', algorithm: 'ecdsa-p384', size: 48, field: 96 },
} as const

/** What a block says, with its key as far as there is one. */
interface BlockContent {
  readonly algorithm: BlockAlgorithm | undefined
  readonly hash: 'sha256' | 'sha384'
  readonly key: BlockKey | undefined
  /** Undefined where the signature holds over the digest that the block states. */
  readonly fault: BlockFault | undefined
}

/** Verifies the blocks behind an image that begins at 0, each with the key in it, as the ROM of the chip does. */
export function readBlocks(bytes: Bytes, blocks: readonly EspSignatureBlock[]): readonly BlockFact[] {
  const computed = new Map<string, string>()
  return blocks.map(({ index, at, length, crcMatches }): BlockFact => {
    const block = Buffer.from(bytes.view(at, length))
    const { algorithm, hash, key, fault } = readContent(block)
    const sector = at - index * length
    const digest = computed.get(hash) ?? digestOf(bytes, sector, hash)
    computed.set(hash, digest)
    const stated = block.toString('hex', DIGEST_AT, DIGEST_AT + digest.length / 2)
    const first = crcMatches === false ? 'checksum' : stated === digest ? fault : 'digest'
    return { index, offset: at, length, algorithm, stated, computed: digest, key, fault: first }
  })
}

function readContent(block: Buffer): BlockContent {
  return block[1] === VERSION_RSA ? readRsa(block) : readEcdsa(block)
}

function readRsa(block: Buffer): BlockContent {
  const common = { algorithm: 'rsa-3072-pss', hash: 'sha256' } as const
  const reader = new Reader(block, 'little', RSA_KEY_AT)
  const modulus = reversed(reader.take(RSA))
  const exponent = reversed(reader.take(4))
  const square = toNumber(reversed(reader.take(RSA)))
  const inverse = BigInt(reader.u32())
  const spki = rsaSpki(modulus, exponent)
  const key = spki && readPublicKey(spki)
  if (key?.type !== 'rsa' || key.bits !== RSA * 8) return { ...common, key: undefined, fault: 'key' }
  const known = keyOf(block.subarray(RSA_KEY_AT, RSA_SIGNATURE_AT), key.spkiSha256)
  const signature = reversed(block.subarray(RSA_SIGNATURE_AT, RSA_SIGNATURE_AT + RSA))
  const digest = block.subarray(DIGEST_AT, DIGEST_AT + 32)
  const fault = !constantsFit(toNumber(modulus), square, inverse)
    ? 'constants'
    : verifiesPss(key.key, signature, digest)
      ? undefined
      : 'signature'
  return { ...common, key: known, fault }
}

/** The chip calculates with two numbers that follow from the modulus and lie beside it: wrong ones, wrong result. */
function constantsFit(modulus: bigint, square: bigint, inverse: bigint): boolean {
  const word = 1n << 32n
  const expected = modulus % 2n === 0n ? 0n : (word - inverseOf(modulus % word, word)) % word
  return square === (1n << BigInt(RSA * 16)) % modulus && inverse === expected
}

function readEcdsa(block: Buffer): BlockContent {
  const hash = block[2] === 1 ? 'sha384' : 'sha256'
  const at = DIGEST_AT + (hash === 'sha384' ? 48 : 32)
  const curve = CURVES[block[at] as keyof typeof CURVES] as (typeof CURVES)[keyof typeof CURVES] | undefined
  if (!curve || (block[2] ?? 2) > 1 || (curve.size === 48) !== (hash === 'sha384'))
    return { algorithm: undefined, hash, key: undefined, fault: 'unknown-algorithm' }
  const { algorithm, size, field, name } = curve
  const pair = (from: number) =>
    Buffer.concat([
      reversed(block.subarray(from, from + size)),
      reversed(block.subarray(from + size, from + 2 * size)),
    ])
  const point = pair(at + 1)
  const key = readPublicKey(ecSpki(name, point))
  if (!key) return { algorithm, hash, key: undefined, fault: 'key' }
  const known = keyOf(block.subarray(at, at + 1 + field), key.spkiSha256)
  const holds = verifiesEcdsa(name, point, pair(at + 1 + field), block.subarray(DIGEST_AT, at))
  return { algorithm, hash, key: known, fault: holds ? undefined : 'signature' }
}

function keyOf(stored: Uint8Array, spkiSha256: string): BlockKey {
  return { fuseDigest: sha256(stored), spkiSha256 }
}

function reversed(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes).reverse()
}

export function digestOf(bytes: Bytes, end: number, algorithm: 'sha256' | 'sha384'): string {
  const hash = createHash(algorithm)
  forEachWindow(bytes, 0, end, STEP, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}
