import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { hilink } from './index.ts'

describe('hilink', () => {
  it('gives the uImage, deciphered', () => {
    const { contents, problems } = collect(hilink, fixture('hilink', 'module.bin'))
    expect(problems).toEqual([])
    const image = contents.get('uImage') as Buffer
    expect(image.readUInt32BE(0)).toBe(0x27051956)
    expect(image.subarray(64).toString()).toBe(lines(1, 300))
  })

  it('tells what is cut off', () => {
    const image = fixture('hilink', 'module.bin')
    expect(collect(hilink, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'uImage' },
    ])
  })
})

hostileSuite({
  format: hilink,
  fixture: fixture('hilink', 'module.bin'),
  needsItsEnd: 'there is one content only',
})
