import { readFileSync } from 'node:fs'
import { assess, CATALOGUES } from '@messlatte/conformity'
import { describe, expect, it } from 'vitest'
import { FileProblems } from '../json/fields.ts'
import { readProfileFile } from './read.ts'

const EXAMPLE = readFileSync(new URL('example.json', import.meta.url), 'utf8')

function problemsOf(text: string): readonly string[] {
  try {
    readProfileFile('p.json', text)
  } catch (error) {
    if (error instanceof FileProblems) return error.message.split('\n')
    throw error
  }
  return []
}

/** The example with the value at a path replaced; left out where it is undefined. */
function changed(...changes: readonly (readonly [path: string, value: unknown])[]): readonly string[] {
  const profile = JSON.parse(EXAMPLE)
  for (const [path, value] of changes) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    let at = profile
    for (const key of keys) at = at[key]
    at[last] = value
  }
  return problemsOf(JSON.stringify(profile, null, 2))
}

describe('readProfileFile', () => {
  it('reads a profile that assess takes', () => {
    const profile = readProfileFile('p.json', EXAMPLE)
    const { requirements, provisions, profiles } = assess({
      catalogue: CATALOGUES['en303645-2020'],
      profiles: [profile],
      evidence: [],
      statedTraits: { 'network-updates': false, 'update-mechanism': true },
      asOf: '2027-01-02',
      partial: false,
    })
    expect(requirements.map(({ id, result }) => [id, result.verdict])).toEqual([['T-7', 'open']])
    const verdict = (id: string) => provisions.find((one) => one.id === id)?.profiles['example-tender']
    expect([verdict('5.7-1')?.status, verdict('5.7-1')?.sourceStatus]).toEqual(['M', 'published'])
    expect(verdict('5.3-10')?.verdict).toBe('fail')
    expect(profiles[0]?.inForceAsOf).toBe(true)
  })

  it('tells each mistake with file, line and field', () => {
    const line = EXAMPLE.split('\n').findIndex((it) => it.includes('"to": "M"')) + 1
    expect(problemsOf(EXAMPLE.replace('"to": "M"', '"to": "must"'))).toEqual([
      `p.json:${line}: overrides[0].to: must be one of M, R`,
    ])
    expect(problemsOf(EXAMPLE.replace('"version": "1",', ''))).toEqual([
      'p.json:1: version: is missing: a text',
    ])
  })

  it.each([
    ['a provision that is none', 'overrides.0.id', '5.99-1', /overrides\[0\]\.id: 5\.99-1 is no provision/],
    ['a line that changes nothing', 'overrides.0.to', 'R', /5\.7-1 is R .*changes nothing/],
    ['a source that is not listed', 'criteria.0.source', 'rumour', /criteria\[0\]\.source: rumour is not/],
    ['an unknown trait', 'criteria.0.needs', { trait: 'cheap' }, /needs\.trait: must be one of/],
    ['a condition with two heads', 'criteria.0.needs', { all: [], any: [] }, /exactly one of/],
    ['an unknown field', 'overides', [], /overides: is not known here/],
    ['no source at all', 'sources', [], /must list at least one source/],
    ['a day that is none', 'lastFreeDay', '2027-02-30', /lastFreeDay: must be a calendar day/],
    ['a zone that is none', 'zone', 'Berlin', /zone: must be a time zone/],
    ['a name of an edition', 'id', 'baseline-2020', /id: must be an id/],
    ['nothing that would settle it', 'requirements.0.missing', [], /what would settle it/],
    ['a list that is none', 'requirements', {}, /requirements: must be a list/],
    ['a text without German', 'caveat.de', undefined, /caveat\.de: is missing/],
  ])('refuses %s', (_, path, value, words) => {
    expect(changed([path, value]).join('\n')).toMatch(words)
  })

  it('refuses two requirements of one number', () => {
    const { requirements } = JSON.parse(EXAMPLE)
    expect(changed(['requirements', [...requirements, ...requirements]]).join('\n')).toMatch(/a second T-7/)
  })

  it('tells several at once', () => {
    expect(changed(['zone', 'x'], ['market', 3])).toHaveLength(2)
  })

  it.each([
    ['{', /p\.json:1: .*name of a field/],
    ['{"a": 1, "a": 2}', /the field "a" is there twice/],
    ['[1,', /ends too early/],
    ['"a\nb"', /no closing quote/],
    ['{} x', /behind the end/],
    ['nul', /a value is missing/],
    ['['.repeat(100), /more than 64 levels/],
    ['["\\x"]', /an escape that JSON does not know/],
  ])('refuses %j as JSON', (text, words) => {
    expect(problemsOf(text).join('\n')).toMatch(words)
  })

  it('takes one text for both languages, and a byte order mark', () => {
    const text = `\ufeff${EXAMPLE.replace(/"caveat": \{[^}]*\}/, '"caveat": "Only ours."')}`
    expect(readProfileFile('p.json', text).caveat).toEqual({ en: 'Only ours.', de: 'Only ours.' })
  })
})
