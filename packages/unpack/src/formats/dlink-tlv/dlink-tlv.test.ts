import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dlinkTlv } from './index.ts'

describe('dlink-tlv', () => {
  it.each(['summed.bin', 'plain.bin'])('gives the content of %s', (name) => {
    const { contents, problems } = collect(dlinkTlv, fixture('dlink-tlv', name))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
  })

  it('decrypts what is encrypted with the password of model and board, and shows all else as it is', () => {
    const { contents, problems } = collect(dlinkTlv, fixture('dlink-tlv', 'encrypted.bin'))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
    const other = collect(dlinkTlv, fixture('dlink-tlv', 'another-password.bin'))
    expect(other.problems).toEqual([])
    expect(other.contents.get('firmware')?.toString('latin1')).toMatch(/^Salted__/)
  })

  it('tells a checksum that differs, and what is cut off', () => {
    const image = fixture('dlink-tlv', 'summed.bin')
    image[image.length - 1] = 0
    expect(collect(dlinkTlv, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(dlinkTlv, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: dlinkTlv,
  fixture: fixture('dlink-tlv', 'summed.bin'),
  needsItsEnd: 'there is one content only',
})
