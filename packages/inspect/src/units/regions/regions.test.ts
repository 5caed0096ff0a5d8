import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import type { MapPart } from '@messlatte/model'
import type { Found } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { drawn } from '../testing.ts'
import { indexOf, type Looked, regionsOf } from './compare.ts'
import { BLOCK, regionsMapper } from './mapper.ts'

interface Part {
  readonly path: string
  readonly offset?: number
  readonly format?: string
  readonly content: Uint8Array
  readonly files?: Readonly<Record<string, string>>
}

/** What the sandbox would give of a file with these parts. */
function looked(parts: readonly Part[]): Looked {
  const mapper = regionsMapper()
  const visit = (found: Pick<Found, 'inner' | 'path' | 'root' | 'type'>, content: Uint8Array) =>
    mapper.visitor.visit({
      ...found,
      meta: undefined,
      format: undefined,
      covered: false,
      bytes: memoryBytes(content),
      sha256: () => createHash('sha256').update(content).digest('hex'),
      keep: () => memoryBytes(content),
    })
  const map = parts.map(({ path, offset = 0, format, content, files = {} }): MapPart => {
    const region = `${path}@0x${offset.toString(16)}:${format ?? 'unknown'}`
    visit({ path: region, root: path, inner: '', type: format === undefined ? 'unknown' : 'region' }, content)
    for (const [inner, text] of Object.entries(files))
      visit({ path: `${region}/${inner}`, root: region, inner, type: 'file' }, Buffer.from(text))
    const kind = format === undefined ? ('unknown' as const) : ('format' as const)
    return { path, offset, length: content.length, kind, ...(format === undefined ? {} : { format }) }
  })
  const taken = mapper.take()
  return { files: taken?.files ?? [], regions: taken?.regions ?? [], map }
}

const kernel = drawn('kernel', 10 * BLOCK)
const release = looked([
  { path: 'fw.bin', offset: 0, format: 'uimage', content: kernel },
  {
    path: 'fw.bin',
    offset: 0x20000,
    format: 'squashfs',
    content: drawn('rootfs', 5000),
    files: { 'etc/passwd': 'a', 'bin/sh': 'b' },
  },
])

describe('what of a unit is that of the release', () => {
  it('tells equal regions wherever they lie, and files by path and content', () => {
    const unit = looked([
      { path: 'dump.bin', offset: 0x80000, format: 'uimage', content: kernel },
      {
        path: 'dump.bin',
        offset: 0x100000,
        format: 'squashfs',
        content: drawn('other', 5000),
        files: { 'etc/passwd': 'changed', 'bin/sh': 'b', 'etc/key': 'new' },
      },
    ])
    const told = regionsOf('a', unit, indexOf(release))
    expect([told.filesEqual, told.filesChanged, told.filesOnlyHere]).toEqual([1, 1, 1])
    expect(told.regions.map(({ state, counterpart, files }) => [state, counterpart, files])).toEqual([
      ['equal', 'fw.bin@0x0:uimage', null],
      ['partly', null, { all: 3, equal: 1 }],
    ])
    expect(told.changed).toEqual(['dump.bin@0x100000:squashfs/etc/passwd'])
  })

  it('tells how many blocks are shared where the layout differs; those of one byte do not count', () => {
    const mixed = Buffer.concat([
      drawn('data', 3 * BLOCK),
      kernel.subarray(4 * BLOCK, 9 * BLOCK),
      Buffer.alloc(4 * BLOCK, 0xff),
    ])
    const [region] = regionsOf('a', looked([{ path: 'dump.bin', content: mixed }]), indexOf(release)).regions
    expect(region).toMatchObject({ state: 'partly', blocks: 62 })
    const [blank] = regionsOf(
      'a',
      looked([{ path: 'dump.bin', content: Buffer.alloc(8 * BLOCK) }]),
      indexOf(release),
    ).regions
    expect(blank).toMatchObject({ state: 'only-here', blocks: null })
  })

  it('does not count the dump itself among the files in it', () => {
    const unit = looked([
      { path: 'dir/dump.bin', format: 'uimage', content: drawn('x', 9000), files: { 'bin/sh': 'b' } },
    ])
    const itself = { path: 'dir/dump.bin', inner: 'dump.bin', sha256: '00' }
    const told = regionsOf('a', { ...unit, files: [itself, ...unit.files] }, indexOf(release))
    expect([told.filesEqual, told.filesOnlyHere]).toEqual([1, 0])
  })

  it('passes padding over', () => {
    const unit: Looked = {
      files: [],
      regions: [],
      map: [{ path: 'dump.bin', offset: 0, length: 9, kind: 'padding' }],
    }
    expect(regionsOf('a', unit, indexOf(release)).regions[0]).toMatchObject({ state: 'padding' })
  })
})
