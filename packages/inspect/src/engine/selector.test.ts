import { memoryBytes } from '@messlatte/bytes'
import type { Found } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { opaqueCheck } from '../scope/opaque/index.ts'
import { createRouting } from './selector.ts'

const routing = createRouting([opaqueCheck])

function wanted(more: Partial<Found>): boolean {
  const bytes = memoryBytes(new Uint8Array(0))
  const found: Found = {
    path: 'fw.bin',
    root: '',
    inner: 'fw.bin',
    type: 'file',
    meta: undefined,
    format: undefined,
    bytes,
    covered: false,
    sha256: () => '',
    keep: () => bytes,
    ...more,
  }
  return routing.wanting(found).length > 0
}

describe('what nobody recognised', () => {
  it('is a stretch that no format claims, or a whole file of the release', () => {
    expect(wanted({ type: 'unknown' })).toBe(true)
    expect(wanted({})).toBe(true)
  })

  it('is not a file with regions in it, nor one of a known format, nor one inside of a container', () => {
    expect(wanted({ covered: true })).toBe(false)
    expect(wanted({ format: 'elf' })).toBe(false)
    expect(wanted({ meta: { path: 'a', type: 'file', mode: 0, uid: 0, gid: 0 } as never })).toBe(false)
  })
})
