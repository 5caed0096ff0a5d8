import { createDecipheriv } from 'node:crypto'
import { type Bytes, MAX_VIEW } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { paddingOf } from '../decipher.ts'
import { DLINK_KEYS } from '../dlink-keys.ts'
import type { Stored } from '../members.ts'

const BLOCK = 16
/** Around each block of plain content: its vector, and padding. */
const AROUND = 2 * BLOCK

/** Stretches that are encrypted each by itself, the last one shorter. */
export function* encryptedBlocks({ at, length }: Stored, blockSize: number): Generator<Stored> {
  for (let done = 0; done < length; done += blockSize + AROUND) {
    yield { at: at + done, length: Math.min(blockSize + AROUND, length - done) }
  }
}

export function isEncryptedSize(image: Stored, blockSize: number): boolean {
  if (blockSize === 0 || blockSize % BLOCK !== 0 || blockSize + AROUND > MAX_VIEW) return false
  const last = image.length % (blockSize + AROUND)
  return last === 0 || (last >= AROUND && last % BLOCK === 0)
}

/** The published key with which the paddings of the first and the last block are right. */
export function fittingKey(bytes: Bytes, image: Stored, blockSize: number): string | undefined {
  const blocks = Math.ceil(image.length / (blockSize + AROUND))
  const first = { at: image.at, length: Math.min(blockSize + AROUND, image.length) }
  const before = (blocks - 1) * (blockSize + AROUND)
  const last = { at: image.at + before, length: image.length - before }
  return DLINK_KEYS.find((key) => [first, last].every((block) => paddingOf(lastOf(bytes, block, key)) > 0))
}

function lastOf(bytes: Bytes, { at, length }: Stored, key: string): Uint8Array {
  const tail = bytes.view(at + length - 2 * BLOCK, 2 * BLOCK)
  return decipher(key, tail.subarray(0, BLOCK), tail.subarray(BLOCK))
}

/** @throws FormatError where the padding is none */
export function decryptBlock(bytes: Bytes, { at, length }: Stored, key: string): Uint8Array {
  const block = bytes.view(at, length)
  const plain = decipher(key, block.subarray(0, BLOCK), block.subarray(BLOCK))
  const padding = paddingOf(plain)
  if (padding === 0) throw new FormatError('structure', 'the padding behind a block is none')
  return plain.subarray(0, plain.length - padding)
}

/** The key is used as it is written: 32 characters. */
function decipher(key: string, vector: Uint8Array, block: Uint8Array): Uint8Array {
  return createDecipheriv('aes-256-cbc', key, vector).setAutoPadding(false).update(block)
}
