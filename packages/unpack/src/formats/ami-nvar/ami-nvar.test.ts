import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { amiNvar } from './index.ts'

const FIRST = '7E577E57-0123-4567-89AB-CDEF00000000'
const SECOND = '7E577E57-0123-4567-89AB-CDEF00000001'

function textsOf(store: Buffer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...collect(amiNvar, store).contents].map(([path, content]) => [path, content.toString('latin1')]),
  )
}

describe('ami-nvar', () => {
  it('names each variable by its vendor', () => {
    const fresh = fixture('ami-nvar', 'fresh.nvar')
    const { region, contents, problems } = collect(amiNvar, fresh)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: 1024 })
    expect([...contents.keys()]).toEqual([
      `${SECOND}/StdDefaults`,
      `${FIRST}/Setup`,
      `${SECOND}/Wide`,
      `${SECOND}/Own`,
    ])
    expect(contents.get(`${SECOND}/Wide`)?.toString()).toBe('in UCS-2')
    const defaults = contents.get(`${SECOND}/StdDefaults`) as Buffer
    expect(textsOf(defaults)).toEqual({ [`${FIRST}/BootOrder`]: '\x01\0', [`${SECOND}/Lang`]: 'en' })
  })

  it('tells what counts from what was replaced or deleted', () => {
    const changed = fixture('ami-nvar', 'changed.nvar')
    const texts = textsOf(changed)
    expect(texts[`${FIRST}/Setup`]).toBe('third')
    expect(texts[`replaced/${FIRST}/Setup`]).toBe('setup 0123456789')
    expect(Object.entries(texts).find(([path]) => path.startsWith(`replaced/${FIRST}/Setup-`))?.[1]).toBe(
      'second',
    )
    expect(texts[`deleted/${SECOND}/Wide`]).toBe('in UCS-2')
    expect(texts['loose/unnamed']).toBe('nothing leads here')
    expect(texts[`${FIRST}/Summed`]).toBe('content')
    expect(collect(amiNvar, changed).problems).toMatchObject([{ code: 'checksum', path: `${SECOND}/Wrong` }])
  })

  it('numbers GUIDs whose table is not there', () => {
    const fresh = fixture('ami-nvar', 'fresh.nvar')
    const { region, contents } = collect(amiNvar, fresh.subarray(0, 1010))
    expect(region.end).toBe(992)
    expect([...contents.keys()]).toContain('guid-0/Setup')
    fresh[700] = 0
    expect([...collect(amiNvar, fresh).contents.keys()]).toContain('guid-0/Setup')
    expect(collect(amiNvar, fresh.subarray(0, 280)).problems).toMatchObject([{ code: 'truncated' }])
  })

  it.each(fixturesOf('ami-nvar', 'negative'))('refuses $name', ({ content }) => {
    expect(amiNvar.recognise(memoryBytes(content), 0)).toBeUndefined()
  })
})

hostileSuite({ format: amiNvar, fixture: fixture('ami-nvar', 'own.nvar') })
