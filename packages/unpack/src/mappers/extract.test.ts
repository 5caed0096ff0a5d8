import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { afterAll, describe, expect, it } from 'vitest'
import { BudgetError, Counters, defaultLimits } from '../limits.ts'
import type { Found } from '../visitor.ts'
import { extractMapper } from './extract.ts'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-extract-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(inner: string, bytes: Bytes): Found {
  return {
    path: `a.tar@0x0:tar/${inner}`,
    root: 'a.tar@0x0:tar',
    inner,
    type: 'file',
    meta: undefined,
    format: undefined,
    bytes,
    covered: false,
    sha256: () => '',
    keep: () => bytes,
  }
}

function upTo(bytes: number): Counters {
  return new Counters({ ...defaultLimits(), bytes })
}

/** As a disk does that has room for the first MiB only. */
function fullAfterFirst(content: Buffer): Bytes {
  const inner = memoryBytes(content)
  const refuse = (at: number) => {
    if (at > 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  }
  return {
    size: inner.size,
    view(at, length) {
      refuse(at)
      return inner.view(at, length)
    },
    copy(at, target) {
      refuse(at)
      inner.copy(at, target)
    },
  }
}

describe('writing what is inside', () => {
  it('leaves nothing of a file for which the disk has no room, and writes what comes behind', () => {
    const mapper = extractMapper(folder, false, upTo(2 ** 30))
    mapper.visitor.visit(file('large', fullAfterFirst(Buffer.alloc(3 * 1024 * 1024, 'a'))))
    mapper.visitor.visit(file('small', memoryBytes(Buffer.from('b'))))
    expect(mapper.take()).toMatchObject([{ inner: 'large', skipped: 'disk-full' }])
    expect(existsSync(join(folder, 'a.tar@0x0:tar/large'))).toBe(false)
    expect(readFileSync(join(folder, 'a.tar@0x0:tar/small'), 'latin1')).toBe('b')
  })

  it('ends where more would be written than is allowed, and leaves nothing of the file that would not fit', () => {
    const there = mkdtempSync(join(folder, 'bytes-'))
    const mapper = extractMapper(there, false, upTo(2 * 4096 + 10))
    mapper.visitor.visit(file('first', memoryBytes(Buffer.alloc(10, 'a'))))
    expect(() => mapper.visitor.visit(file('second', memoryBytes(Buffer.alloc(4097, 'b'))))).toThrow(
      BudgetError,
    )
    expect(readdirSync(join(there, 'a.tar@0x0:tar'))).toEqual(['first'])
  })

  it('counts no holes of a MiB, and keeps them', () => {
    const there = mkdtempSync(join(folder, 'holes-'))
    const mapper = extractMapper(there, false, upTo(2 * 1024 * 1024))
    mapper.visitor.visit(file('hollow', memoryBytes(Buffer.alloc(16 * 1024 * 1024))))
    const { size, blocks } = statSync(join(there, 'a.tar@0x0:tar/hollow'))
    expect(size).toBe(16 * 1024 * 1024)
    expect(blocks * 512).toBeLessThan(2 * 1024 * 1024)
  })

  it.each(['file', 'symlink', 'directory'] as const)('counts the folders in which a %s lies', (type) => {
    const mapper = extractMapper(mkdtempSync(join(folder, 'folders-')), false, upTo(50 * 4096))
    const visit = (name: string) =>
      mapper.visitor.visit({ ...file(`${name}/${'a/'.repeat(30)}end`, memoryBytes(Buffer.alloc(0))), type })
    visit('one')
    expect(() => visit('two')).toThrow(BudgetError)
  })
})
