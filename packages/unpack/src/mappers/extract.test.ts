import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { afterAll, describe, expect, it } from 'vitest'
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
    const mapper = extractMapper(folder, false)
    mapper.visitor.visit(file('large', fullAfterFirst(Buffer.alloc(3 * 1024 * 1024, 'a'))))
    mapper.visitor.visit(file('small', memoryBytes(Buffer.from('b'))))
    expect(mapper.take()).toMatchObject([{ inner: 'large', skipped: 'disk-full' }])
    expect(existsSync(join(folder, 'a.tar@0x0:tar/large'))).toBe(false)
    expect(readFileSync(join(folder, 'a.tar@0x0:tar/small'), 'latin1')).toBe('b')
  })
})
