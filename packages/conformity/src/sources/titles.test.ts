import { describe, expect, it } from 'vitest'
import { referenceText } from './references.ts'
import { listSources } from './register.ts'
import { GERMAN_TITLES, sourceTitle } from './titles.ts'

describe('sourceTitle', () => {
  it('has a German title for every source of ours, and for no other', () => {
    const titles = listSources('2026-11-28').map(({ title }) => title)
    expect(Object.keys(GERMAN_TITLES).toSorted()).toEqual([...new Set(titles)].toSorted())
  })

  it('cites law as it is cited in each language', () => {
    const act = listSources('2026-11-28').find(({ id }) => id === 'cra-2024-2847')!
    expect(sourceTitle(act).en).toMatch(/^Regulation \(EU\) 2024\/2847/)
    expect(sourceTitle(act).de).toMatch(/^Verordnung \(EU\) 2024\/2847/)
  })

  it('leaves the title of a source of a user’s own rule as it is', () => {
    expect(sourceTitle({ title: 'constructor' })).toEqual({ en: 'constructor', de: 'constructor' })
  })
})

describe('referenceText', () => {
  it.each([
    ['Annex I, Part II', 'Anhang I, Teil II'],
    ['13(2) to (4)', '13(2) bis (4)'],
    ['EN 18031-1, -2 and -3', 'EN 18031-1, -2 und -3'],
    ['SI 2023/1007', 'SI 2023/1007'],
  ])('names %s in German', (en, de) => {
    expect(referenceText(en)).toEqual({ en, de })
  })
})
