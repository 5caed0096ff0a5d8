import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { openpgp } from './index.ts'

const one = fixture('openpgp', 'one.gpg')

describe('openpgp', () => {
  it('gives the data under its name, and the signature as a packet', () => {
    const { contents, problems } = collect(openpgp, one)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['firmware.bin', 'signature'])
    expect(String(contents.get('firmware.bin'))).toBe(lines(1, 400))
    expect(contents.get('signature')?.[0]).toBe(0x88)
  })

  it('gives all signatures', () => {
    const { contents } = collect(openpgp, fixture('openpgp', 'two.gpg'))
    expect([...contents.keys()]).toEqual(['firmware.bin', 'signature', 'signature-2'])
    expect(String(contents.get('firmware.bin'))).toBe(lines(1, 400))
  })

  it('puts parts together', () => {
    const { contents, problems } = collect(openpgp, fixture('openpgp', 'parts.gpg'))
    expect(problems).toEqual([])
    expect(String(contents.get('content'))).toBe(lines(1, 4000).slice(0, 12_000))
  })

  it('tells a content that is cut off, also in parts', () => {
    for (const message of [one.subarray(0, 700), fixture('openpgp', 'parts.gpg').subarray(0, 9000)]) {
      const { contents, problems } = collect(openpgp, message)
      expect(problems.map(({ code }) => code)).toEqual(['truncated'])
      const [content] = contents.values()
      expect(String(content)).toBe(lines(1, 4000).slice(0, content?.length))
    }
  })
})

hostileSuite({ format: openpgp, fixture: one, needsItsEnd: 'there is one content only' })
hostileSuite({
  format: openpgp,
  fixture: fixture('openpgp', 'parts.gpg'),
  needsItsEnd: 'there is one content only',
})
