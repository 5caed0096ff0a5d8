import { cString, Reader } from '@messlatte/bytes'
import type { SuperblockFact } from './facts.ts'

export const MAGIC = 'verity\0\0'
export const SUPERBLOCK = 512
const NAME = /^[a-z0-9-]{2,31}$/

/** The superblock in these 512 bytes, little endian; undefined for what is none. cryptsetup, lib/verity/verity.c. */
export function readSuperblock(bytes: Uint8Array): Omit<SuperblockFact, 'holder' | 'at'> | undefined {
  const reader = new Reader(bytes, 'little')
  if (bytes.length < SUPERBLOCK || reader.latin1(8) !== MAGIC || reader.u32() !== 1) return undefined
  const hashType = reader.u32()
  const uuid = Buffer.from(reader.take(16)).toString('hex')
  const algorithm = cString(reader.take(32))
  const [dataBlock, hashBlock, dataBlocks] = [reader.u32(), reader.u32(), reader.size64()]
  const saltSize = reader.u16()
  reader.skip(6)
  const isSize = (size: number) => size >= 512 && size <= 65_536 && Number.isInteger(Math.log2(size))
  if (hashType > 1 || !NAME.test(algorithm) || !isSize(dataBlock) || !isSize(hashBlock)) return undefined
  if (!Number.isSafeInteger(dataBlocks * dataBlock) || dataBlocks === 0 || saltSize > 256) return undefined
  const salt = Buffer.from(reader.take(saltSize)).toString('hex')
  return { hashType, uuid, algorithm, dataBlock, hashBlock, dataBlocks, salt }
}
