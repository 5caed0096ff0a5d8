import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { airoha } from './index.ts'

const ONE = 'there is one content only'

describe('airoha', () => {
  it.each(['plain.bin', 'lzma.bin'])('gives the firmware of %s', (name) => {
    const { contents, problems } = collect(airoha, fixture('airoha', name))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 400))
    expect(JSON.parse(String(contents.get('sections.json')))).toEqual([
      { offset: 0, address: 0x8012000, length: 1492 },
    ])
  })

  it('tells what is encrypted, and a digest that differs', () => {
    const image = fixture('airoha', 'encrypted.bin')
    expect(collect(airoha, image).problems).toMatchObject([{ code: 'unsupported', path: 'firmware' }])
    image[600] = 1
    expect(collect(airoha, image).problems).toMatchObject([{ code: 'checksum' }, { code: 'unsupported' }])
  })
})

hostileSuite({ format: airoha, fixture: fixture('airoha', 'plain.bin'), needsItsEnd: ONE })
hostileSuite({ format: airoha, fixture: fixture('airoha', 'lzma.bin'), needsItsEnd: ONE })
