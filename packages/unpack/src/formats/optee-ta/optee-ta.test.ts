import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { opteeTa } from './index.ts'
import { parseOpteeTa } from './parse.ts'

const UUID = '8aaaf200-2450-11e4-abe2-0002a5d5c51b'

describe('optee-ta', () => {
  it('gives the program, and ends with it', () => {
    const ta = fixture('optee-ta', 'plain.ta')
    const { region, contents, problems } = collect(opteeTa, Buffer.concat([ta, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(contents.get(`${UUID}.elf`)?.length).toBe(1004)
    expect(region.end).toBe(ta.length)
  })

  it('reads names and versions, and keys in between', () => {
    const read = (name: string) => parseOpteeTa(memoryBytes(fixture('optee-ta', name)), 0)
    expect(read('plain.ta')).toMatchObject({ uuid: UUID, version: 3, headers: [{ scheme: 'pss' }] })
    expect(read('encrypted.ta')).toMatchObject({ uuid: UUID, encrypted: true })
    expect(read('subkey.ta')).toMatchObject({ headers: [{ type: 'subkey' }, { type: 'application' }] })
  })

  it('tells what is encrypted, and an end that is not there', () => {
    expect(collect(opteeTa, fixture('optee-ta', 'encrypted.ta')).problems).toMatchObject([
      { code: 'unsupported' },
    ])
    const cut = fixture('optee-ta', 'plain.ta').subarray(0, 900)
    expect(collect(opteeTa, cut).problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({
  format: opteeTa,
  fixture: fixture('optee-ta', 'plain.ta'),
  needsItsEnd: 'its one content ends with it',
})
