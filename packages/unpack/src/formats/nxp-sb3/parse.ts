import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { type NxpPoints, nxpCertificatesAt, nxpSignatureLength } from '../nxp-certificates.ts'
import { nxpTime } from '../nxp-time.ts'

export const MAGIC = 'sbv3'
const HEADER = 60
/** Bytes of commands in a block, behind its number and the hash of the next one. */
export const CHUNK = 256
const OF_FIRMWARE = 6
const OF_NXP = 7
const HASHES = { 292: { hash: 'sha256', bytes: 32 }, 308: { hash: 'sha384', bytes: 48 } } as const
const MAX_BLOCKS = 0x400000

/** A file of version 3.1 (spsdk 3.12.0, spsdk/sbfile/sb31). Little endian; places are absolute. */
export interface Sb3 {
  readonly hash: 'sha256' | 'sha384'
  /** Bytes. */
  readonly hashLength: number
  readonly blocks: number
  readonly blockLength: number
  readonly firmwareVersion: number
  /** As it stands there: keys are derived with it. */
  readonly timestamp: bigint
  readonly created: string | undefined
  /** Who may make it: the device's maker, or NXP. */
  readonly by: 'firmware' | 'nxp'
  readonly description: string
  /** Of the first block; each block holds that of the next one. */
  readonly firstHash: Stored
  readonly certificates: NxpPoints
  readonly signature: Stored
  readonly blocksAt: number
  readonly end: number
}

/** The file that begins at `at`, or undefined; its blocks may be cut off. */
export function parseSb3(bytes: Bytes, at: number): Sb3 | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(4) !== MAGIC || reader.u16() !== 1 || reader.u16() !== 3) return undefined
  reader.skip(4)
  const [blocks, blockLength, timestamp] = [reader.u32(), reader.u32(), reader.u64()]
  const [firmwareVersion, length, type, certificatesAt] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const digest = HASHES[blockLength as keyof typeof HASHES]
  if (!digest || blocks === 0 || blocks > MAX_BLOCKS || (type !== OF_FIRMWARE && type !== OF_NXP))
    return undefined
  if (certificatesAt !== HEADER + digest.bytes) return undefined
  const description = reader.latin1(16).replace(/\0+$/, '')
  const certificates = nxpCertificatesAt(bytes, at + certificatesAt)
  if (certificates?.kind !== 'points') return undefined
  const signature = {
    at: certificates.end,
    length: nxpSignatureLength(bytes, certificates) as number,
  }
  const blocksAt = signature.at + signature.length
  if (blocksAt !== at + length || blocksAt > bytes.size) return undefined
  return {
    hash: digest.hash,
    hashLength: digest.bytes,
    blocks,
    blockLength,
    firmwareVersion,
    timestamp,
    created: nxpTime(timestamp),
    by: type === OF_NXP ? 'nxp' : 'firmware',
    description,
    firstHash: { at: at + HEADER, length: digest.bytes },
    certificates,
    signature,
    blocksAt,
    end: blocksAt + blocks * blockLength,
  }
}
