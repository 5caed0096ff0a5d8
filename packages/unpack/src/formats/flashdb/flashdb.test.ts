import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { flashdb } from './index.ts'

const BIG = Buffer.from(Array.from({ length: 1200 }, (_, index) => index * 7))

function textOf(name: string): readonly (readonly [string, string | undefined])[] {
  const { contents, problems } = collect(flashdb, fixture('flashdb', name))
  expect(problems).toEqual([])
  return [...contents].map(([path, content]) => [path, path === 'big' ? undefined : content.toString()])
}

/** As FlashDB lists what counts in the end. */
describe('flashdb', () => {
  for (const [name, count] of [
    ['bits.bin', '19'],
    ['words.bin', '119'],
    ['wide.bin', '3'],
  ] as const) {
    it(`gives what counts of ${name}`, () => {
      const now = textOf(name).filter(([path]) => !path.includes('@'))
      expect(now.toSorted()).toEqual([
        ['..%2fup', '\x01\x02\x03'],
        ['big', undefined],
        ['count', count],
        ['password', 'second'],
        ['ssid', 'Messlatte test net'],
      ])
      const { contents } = collect(flashdb, fixture('flashdb', name))
      expect(contents.get('big')?.equals(BIG)).toBe(true)
    })
  }

  it('gives what was deleted or overwritten and still stands there', () => {
    const old = textOf('bits.bin').filter(([path]) => path.includes('@'))
    expect(old.find(([path]) => path.startsWith('password@'))).toEqual([expect.any(String), 'first'])
    expect(old.find(([path]) => path.startsWith('gone@'))).toEqual([expect.any(String), 'was here'])
  })

  it('reads stores of EasyFlash', () => {
    const all = textOf('easyflash.bin')
    expect(all.filter(([path]) => !path.includes('@'))).toEqual([
      ['boots', '0'],
      ['ssid', 'Messlatte test net'],
      ['password', 'second'],
      ['key', '\x00\x11"3'],
    ])
    expect(all.filter(([path]) => path.includes('@'))).toEqual([
      ['password@0x68', 'first'],
      ['gone@0xde', 'was here'],
    ])
  })

  it('ends behind its last sector', () => {
    const store = fixture('flashdb', 'words.bin')
    const flash = Buffer.concat([store, Buffer.alloc(9000, 1)])
    expect(flashdb.recognise(memoryBytes(flash), 0)).toEqual({ start: 0, end: store.length })
  })

  it('tells CRCs that differ, of what counts', () => {
    const store = fixture('flashdb', 'easyflash.bin')
    store[store.indexOf('Messlatte')] = 0
    store[store.indexOf('first')] = 0
    const { problems, contents } = collect(flashdb, store)
    expect(problems).toMatchObject([{ code: 'checksum', path: 'ssid' }])
    expect([...contents.keys()]).not.toContain('password@0x68')
  })
})

hostileSuite({ format: flashdb, fixture: fixture('flashdb', 'easyflash.bin') })
