import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oscalCatalogCommand, oscalProfileCommand } from './oscal.ts'

let into: string
beforeEach(() => {
  into = mkdtempSync(join(tmpdir(), 'messlatte-oscal-'))
})
afterEach(() => rmSync(into, { recursive: true, force: true }))

const written = (command: typeof oscalCatalogCommand, rule: string, more: object = {}) => {
  const output = join(into, 'out.json')
  expect(command(rule, { output, lang: 'en', ...more })).toBe(0)
  return JSON.parse(readFileSync(output, 'utf8'))
}

describe('messlatte oscal', () => {
  it('writes editions and what laws ask as catalogs', () => {
    expect(written(oscalCatalogCommand, 'baseline-v3').catalog.metadata.title).toMatch(/V3\.1\.3/)
    expect(written(oscalCatalogCommand, 'uk-psti').catalog.groups).toHaveLength(1)
  })

  it('writes rules as profiles that lead to their catalog', () => {
    const href = (rule: string, more: object = {}) =>
      written(oscalProfileCommand, rule, more).profile.imports[0].href
    expect(href('de-2027')).toBe('en303645-2020.catalog.json')
    expect(href('eu-cra-2027', { over: 'baseline-v3' })).toBe('eu-cra-2027.catalog.json')
    expect(href('de-2027', { catalog: 'https://example.org/c.json' })).toBe('https://example.org/c.json')
  })

  it.each([
    [oscalCatalogCommand, 'de-2027', {}, /so it is a profile over a catalog/],
    [oscalProfileCommand, 'baseline-2020', {}, /so it is a catalog/],
    [oscalCatalogCommand, 'de-2027,uk-psti', {}, /name one rule/],
    [oscalCatalogCommand, 'none', {}, /there is no profile "none"/],
    [oscalProfileCommand, 'de-2027', { over: 'baseline-v3' }, /different editions/],
  ] as const)('says what to ask for instead: %#', (command, rule, more, words) => {
    expect(() => written(command, rule, more)).toThrow(words)
  })
})
