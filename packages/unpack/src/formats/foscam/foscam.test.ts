import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { foscam } from './index.ts'

describe('foscam', () => {
  it.each(['first.bin', 'later.bin'])('gives what %s holds', (name) => {
    const image = fixture('foscam', name)
    for (const file of [image, Buffer.concat([image, Buffer.alloc(300)])]) {
      const { contents, problems, region } = collect(foscam, file)
      expect(problems).toEqual([])
      expect(region.end).toBe(image.length)
      expect(gunzipSync(contents.get('firmware.tar.gz') as Buffer).toString()).toBe(lines(1, 300))
    }
  })

  it('tells what is cut off', () => {
    const image = fixture('foscam', 'first.bin')
    expect(collect(foscam, image.subarray(0, -3)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware.tar.gz' },
    ])
    expect(collect(foscam, image.subarray(0, -32)).problems).toMatchObject([
      { code: 'structure', path: 'firmware.tar.gz' },
    ])
  })
})

hostileSuite({
  format: foscam,
  fixture: fixture('foscam', 'first.bin'),
  needsItsEnd: 'there is one content only',
})
