import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cpio } from '../cpio/index.ts'
import { rpm } from './index.ts'

describe('rpm', () => {
  it.each(['gz.rpm', 'xz.rpm', 'zst.rpm'])('gives what %s says, its scripts and its payload', (name) => {
    const { contents, problems } = collect(rpm, fixture('rpm', name))
    expect(problems).toEqual([])
    expect(JSON.parse(String(contents.get('package.json')))).toEqual({
      name: 'acme',
      version: '1.2',
      release: '3',
      license: 'Apache-2.0',
      arch: 'noarch',
    })
    expect(contents.get('scripts/postin')?.toString()).toBe('echo installed')
    expect(contents.get('payload')?.length).toBeGreaterThan(100)
  })

  it('holds a cpio archive', () => {
    const { contents } = collect(rpm, fixture('rpm', 'gz.rpm'))
    const files = collect(cpio, gunzipSync(contents.get('payload') as Buffer)).contents
    expect(files.get('./etc/acme/numbers')?.toString()).toBe(NUMBERS)
    expect(files.get('./etc/acme/passwd')?.toString()).toBe(PASSWD)
  })

  it('tells digests that differ, and a payload that is cut off', () => {
    const image = fixture('rpm', 'gz.rpm')
    expect(collect(rpm, image.subarray(0, image.length - 50)).problems).toMatchObject([
      { code: 'truncated', path: 'payload' },
    ])
    image[image.indexOf('echo installed')] = 0x45
    expect(collect(rpm, image).problems).toMatchObject([{ code: 'checksum' }, { code: 'checksum' }])
  })
})

hostileSuite({ format: rpm, fixture: fixture('rpm', 'gz.rpm') })
