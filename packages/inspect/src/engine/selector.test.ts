import { memoryBytes } from '@messlatte/bytes'
import type { Found } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { opaqueCheck } from '../scope/opaque/index.ts'
import { linuxIntegrityCheck } from '../secure-boot/linux-integrity/index.ts'
import { createRouting } from './selector.ts'

const routing = createRouting([opaqueCheck])

const bytes = memoryBytes(new Uint8Array(0))
const FOUND: Found = {
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
}

function wanted(more: Partial<Found>): boolean {
  return routing.wanting({ ...FOUND, ...more }).length > 0
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

describe('what has an attribute', () => {
  it('is shown to the checks that want one of that name', () => {
    const attributes = createRouting([linuxIntegrityCheck])
    const meta = (xattrs: Readonly<Record<string, string>> | undefined) =>
      ({ path: 'a', type: 'file', mode: 0, uid: 0, gid: 0, xattrs }) as never
    const wants = (more: Partial<Found>) => attributes.wanting({ ...FOUND, ...more }).length > 0
    expect(wants({ meta: meta({ 'security.ima': '04' }) })).toBe(true)
    expect(wants({ meta: meta({ 'user.name': '04' }) })).toBe(false)
    expect(wants({ meta: meta(undefined) })).toBe(false)
  })
})
