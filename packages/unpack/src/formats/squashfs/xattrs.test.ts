import { memoryBytes } from '@messlatte/bytes'
import { expect, it } from 'vitest'
import { Metadata } from './metadata.ts'
import type { Superblock } from './superblock.ts'
import { xattrReader } from './xattrs.ts'

const [BLOCK, VALUE] = [8192, 60_000]

/** A set of `count` attributes whose values lie elsewhere, all in the same place. */
function sharedValues(count: number): Buffer {
  const value = Buffer.alloc(4 + VALUE)
  value.writeUInt32LE(VALUE, 0)
  const pairs = Array.from({ length: count }, (_, index) => {
    const pair = Buffer.alloc(4 + 4 + 4 + 8)
    pair.writeUInt16LE(0x100, 0)
    pair.writeUInt16LE(4, 2)
    pair.write(String(1000 + index), 4)
    pair.writeUInt32LE(8, 8)
    return pair
  })
  const content = Buffer.concat([value, ...pairs])
  const blocks = Array.from({ length: Math.ceil(content.length / BLOCK) }, (_, index) =>
    stored(content.subarray(index * BLOCK, (index + 1) * BLOCK)),
  )
  const first = Math.floor(value.length / BLOCK)
  const set = Buffer.alloc(16)
  set.writeBigUInt64LE((BigInt(first * (BLOCK + 2)) << 16n) | BigInt(value.length % BLOCK), 0)
  set.writeUInt32LE(count, 8)
  const values = Buffer.concat(blocks)
  const table = Buffer.alloc(24)
  table.writeUInt32LE(1, 8)
  table.writeBigUInt64LE(BigInt(values.length), 16)
  return Buffer.concat([values, stored(set), table])
}

function stored(content: Buffer): Buffer {
  const head = Buffer.alloc(2)
  head.writeUInt16LE(0x8000 | content.length, 0)
  return Buffer.concat([head, content])
}

function setOf(image: Buffer) {
  const superblock = { endian: 'little', lengths: 'little', marked: false } as Superblock
  const metadata = new Metadata(memoryBytes(image), 0, superblock, () => 0)
  return xattrReader(memoryBytes(image), 0, metadata, image.length - 24)(0)
}

it('takes values that lie elsewhere', () => {
  expect(Object.values(setOf(sharedValues(3))).map(({ length }) => length)).toEqual(Array(3).fill(2 * VALUE))
})

it('does not take a value as often as attributes name it', () => {
  expect(() => setOf(sharedValues(2000))).toThrow('attributes that are too long together')
})
