import { describe, expect, it } from 'vitest'
import { NEW_PAPERS, readPapersFile } from './papers.ts'

function changed(change: (papers: typeof NEW_PAPERS & Record<string, unknown>) => void): string {
  const papers = structuredClone(NEW_PAPERS) as typeof NEW_PAPERS & Record<string, unknown>
  change(papers)
  return JSON.stringify(papers)
}

describe('readPapersFile', () => {
  it('reads the file of a new folder: nothing is stated', () => {
    const papers = readPapersFile('p', JSON.stringify(NEW_PAPERS), [])
    expect(papers.maker.address).toBeNull()
    expect(papers.declaration.standards).toEqual([])
    expect(Object.values(papers.enclosed).flat()).toEqual([])
  })

  it.each(['TBD', '  ', '?', 'todo', 'N/K', '? years'])('takes %j for nothing stated', (value) => {
    const text = changed((papers) => Object.assign(papers.maker, { address: value }))
    expect(readPapersFile('p', text, []).maker.address).toBeNull()
  })

  it('takes what is stated as it stands', () => {
    const text = changed((papers) => {
      Object.assign(papers.support, { until: '2032-06-30', reasons: ' use ' })
      Object.assign(papers.declaration, {
        standards: [{ title: 'EN 18031-1:2024', extent: 'whole', citedIn: 'OJ', about: null }],
        otherActs: ['Directive 2014/30/EU'],
      })
      Object.assign(papers.enclosed, { design: ['d1'] })
    })
    const papers = readPapersFile('p', text, ['d1'])
    expect(papers.support).toMatchObject({ until: '2032-06-30', reasons: 'use' })
    expect(papers.declaration.standards[0]).toMatchObject({ extent: 'whole', about: null })
    expect(papers.enclosed.design).toEqual(['d1'])
  })

  it.each([
    [
      changed((papers) => Object.assign(papers.support, { until: '2032' })),
      /support\.until: must be a calendar day/,
    ],
    [
      changed((papers) => Object.assign(papers.enclosed, { design: ['d2'] })),
      /enclosed\.design\[0\]: is no id/,
    ],
    [changed((papers) => Object.assign(papers.maker, { adress: 'x' })), /maker\.adress: is not known here/],
    [changed((papers) => Object.assign(papers.maker, { address: 3 })), /maker\.address: must be a text/],
    [
      changed((papers) => Object.assign(papers.declaration, { standards: [{ title: 'x', extent: 'all' }] })),
      /standards\[0\]\.extent: must be one of whole, part/,
    ],
  ])('refuses with the field: %#', (text, words) => {
    expect(() => readPapersFile('p', text, ['d1'])).toThrow(words)
  })
})
