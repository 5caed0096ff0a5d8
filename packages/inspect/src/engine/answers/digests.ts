import { createHash, type Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { DigestAsk } from '../../contract.ts'
import type { Work } from './work.ts'

const STEP = 256 * 1024

/** Lower-case hex by algorithm; undefined where the range lies outside. */
export function digestsOf(
  bytes: Bytes,
  { offset, length, algorithms, before = '', after = '' }: DigestAsk,
  work: Work,
): Readonly<Record<string, string>> | undefined {
  if (!(offset >= 0 && length >= 0 && offset + length <= bytes.size)) return undefined
  const hashes = algorithms
    .filter((name) => name !== 'crc32')
    .map((name): [string, Hash] => [name, createHash(name)])
  let crc = 0
  const add = (piece: Uint8Array) => {
    work.addBytes(piece.length)
    for (const [, hash] of hashes) hash.update(piece)
    if (algorithms.includes('crc32')) crc = crc32(piece, crc)
    return true
  }
  add(Buffer.from(before, 'base64'))
  forEachWindow(bytes, offset, offset + length, STEP, 0, add)
  add(Buffer.from(after, 'base64'))
  const digests = Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]))
  return algorithms.includes('crc32') ? { ...digests, crc32: crc.toString(16).padStart(8, '0') } : digests
}
