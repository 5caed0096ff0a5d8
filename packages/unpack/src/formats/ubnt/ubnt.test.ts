import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ubnt } from './index.ts'
import { parseUbnt } from './parse.ts'

describe('ubnt', () => {
  it.each([
    ['xm.bin', ['kernel', 'rootfs']],
    ['ubnt.bin', ['kernel', 'rootfs']],
    ['wa-signed.bin', ['kernel', 'rootfs', 'signature']],
  ])('splits %s', (name, paths) => {
    const { contents, problems } = collect(ubnt, fixture('ubnt', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(paths)
    expect(contents.get('kernel')?.toString()).toBe(lines(1, 200))
    expect(contents.get('rootfs')?.toString()).toBe(lines(201, 400))
  })

  it('tells what the header says', () => {
    const image = parseUbnt(memoryBytes(fixture('ubnt', 'wa-signed.bin')), 0)
    expect(image).toMatchObject({ version: 'WA.ar934x.v8.5.0-OpenWrt', seal: { kind: 'signature' } })
  })

  it('tells checksums that differ, and what is cut off', () => {
    const image = fixture('ubnt', 'xm.bin')
    expect(collect(ubnt, image.subarray(0, 1500)).problems).toMatchObject([
      { code: 'truncated', path: 'rootfs' },
      { code: 'truncated' },
    ])
    image[400] = (image[400] as number) ^ 1
    expect(collect(ubnt, image).problems).toMatchObject([
      { code: 'checksum', path: 'kernel' },
      { code: 'checksum' },
    ])
  })
})

hostileSuite({ format: ubnt, fixture: fixture('ubnt', 'xm.bin') })
hostileSuite({ format: ubnt, fixture: fixture('ubnt', 'wa-signed.bin') })
