import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { tplinkSafeloader } from './index.ts'

describe('tplink-safeloader', () => {
  it.each(['cpe210.bin', 'question-new.bin'])('gives the partitions of %s by their names', (name) => {
    const { contents, problems } = collect(tplinkSafeloader, fixture('tplink-safeloader', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'partition-table',
      'soft-version',
      'support-list',
      'os-image',
      'file-system',
    ])
    expect(contents.get('os-image')?.toString()).toBe(lines(1, 400))
    expect(contents.get('file-system')?.toString()).toMatch(/^401\n402\n/)
    expect(contents.get('support-list')?.toString()).toContain('CPE210(TP-LINK|EU|N300-2):1.1\r\n')
  })

  it('tells when the MD5 differs, and what is cut off', () => {
    const image = fixture('tplink-safeloader', 'cpe210.bin')
    const { contents, problems } = collect(tplinkSafeloader, image.subarray(0, image.length - 100))
    expect(contents.get('os-image')?.toString()).toBe(lines(1, 400))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'file-system' }])
    image[image.length - 1] = 0
    expect(collect(tplinkSafeloader, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: tplinkSafeloader, fixture: fixture('tplink-safeloader', 'cpe210.bin') })
