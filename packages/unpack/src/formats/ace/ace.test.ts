import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ace } from './index.ts'

describe('ace', () => {
  it('unpacks LZ77 of ACE 1, and what is stored', () => {
    const found = collect(ace, fixture('ace', 'lz77.ace'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'etc')).toMatchObject({ type: 'directory' })
    expect(entryOf(found, 'numbers')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('unpacks members that are packed together', () => {
    const { contents, problems } = collect(ace, fixture('ace', 'solid.ace'))
    expect(problems).toEqual([])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(contents.get('again')?.toString()).toBe(NUMBERS + PASSWD)
  })

  it('undoes differences and targets of calls in ACE 2', () => {
    const { contents, problems } = collect(ace, fixture('ace', 'blocked.ace'))
    expect(problems).toEqual([])
    // As acefile has it.
    expect(sha256(contents.get('mixed'))).toBe(
      'b71507a81f1d8942cc4531a9be833ce0ae328648a7390616a1edd28f46859de9',
    )
  })

  it('tells what is encrypted, or lies in another volume, or differs', () => {
    const archive = fixture('ace', 'lz77.ace')
    archive[archive.indexOf('root:x')] = 0x52
    expect(collect(ace, archive).problems).toMatchObject([{ message: 'the CRC differs', path: 'etc/passwd' }])
    for (const [flag, message] of [
      [0x40, 'encrypted'],
      [0x20, 'a part of it lies in another volume'],
    ] as const) {
      const other = fixture('ace', 'lz77.ace')
      const at = other.indexOf('numbers') - 35
      other[at + 6] = flag
      other.writeUInt16LE(~crc32(other.subarray(at + 4, at + 4 + other.readUInt16LE(at + 2))) & 0xffff, at)
      expect(collect(ace, other).problems).toMatchObject([{ code: 'unsupported', message, path: 'numbers' }])
    }
  })
})

for (const name of ['lz77.ace', 'solid.ace', 'blocked.ace'])
  hostileSuite({ format: ace, fixture: fixture('ace', name) })
