import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { chk } from './index.ts'
import { parseChkHeader } from './parse.ts'

describe('chk', () => {
  it('splits an image into kernel and root, whose checksums hold', () => {
    const { contents, problems } = collect(chk, fixture('chk', 'both.chk'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['kernel', lines(1, 400)],
      ['rootfs', lines(401, 800)],
    ])
  })

  it('has one part where there is no root of its own', () => {
    const { contents, problems } = collect(chk, fixture('chk', 'kernel-only.chk'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel'])
  })

  it('tells what the header says', () => {
    expect(parseChkHeader(memoryBytes(fixture('chk', 'both.chk')), 0)).toMatchObject({
      headerLength: 58,
      region: 2,
      headerSumMatches: true,
      board: 'U12H270T00_NETGEAR',
    })
  })

  it('tells which checksums differ', () => {
    const image = fixture('chk', 'both.chk')
    image[image.length - 5] = 0x41
    image[8] = 1
    const { contents, problems } = collect(chk, image)
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['checksum', undefined],
      ['checksum', 'rootfs'],
      ['checksum', undefined],
    ])
    expect(contents.size).toBe(2)
  })

  it('still shows what lies before a cut', () => {
    const { region, contents, problems } = collect(chk, fixture('chk', 'both.chk').subarray(0, 1800))
    expect(region.end).toBe(1800)
    expect(contents.get('kernel')?.toString()).toBe(lines(1, 400))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'rootfs' }])
  })
})

hostileSuite({ format: chk, fixture: fixture('chk', 'both.chk') })
