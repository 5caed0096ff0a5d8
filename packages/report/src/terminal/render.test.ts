import { stripVTControlCharacters } from 'node:util'
import type { CheckResult, Language } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { hostileSample, minimalSample, repeated, richSample } from '../testing/sample.ts'
import { weakRoot } from '../testing/sample-evidence.ts'
import { renderTerminal } from './render.ts'
import { columnsWide } from './wrap.ts'

const plain = (result: CheckResult, language: Language = 'en', width = 80) =>
  renderTerminal(result, { language, colour: false, width })
/** Without the line breaks of a width. */
const flat = (result: CheckResult, language: Language = 'en') =>
  plain(result, language, 110).replaceAll(/\s+/g, ' ')

describe('renderTerminal', () => {
  it('ends with what is open, in one line', () => {
    expect(plain(richSample()).split('\n').slice(-2)).toEqual([
      'Open: 52 (baseline), 52 (de-2027) of 68 provisions. This is no clearance.',
      '',
    ])
    expect(plain(minimalSample(), 'de', 40).trimEnd().split('\n').at(-1)).toBe(
      'Offen: 68 (Basis), 68 (de-2027) von 68 Bestimmungen. Das ist keine Freigabe.',
    )
  })

  it('says first what was found, then the pillars, then what fails', () => {
    const text = plain(richSample())
    const order = [
      'Obstacles found under de-2027 (as reported)',
      'The three pillars',
      'What fails (9)',
      'Contested, and recommendations not met (2)',
      'What to ask for',
      'Questions about the product',
      'What was looked into',
      'What this report is about',
    ].map((it) => text.indexOf(it))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order[0]).toBeGreaterThan(-1)
  })

  it('sets baseline and profile side by side, with symbol and word', () => {
    expect(plain(richSample())).toMatch(/Secure boot {3}\? open +✗ fail\n/)
  })

  it('names each column beside its verdict where they do not fit side by side', () => {
    expect(plain(richSample(), 'en', 40)).toContain(
      'Secure boot\n  baseline    ? open\n  de-2027     ✗ fail\n',
    )
  })

  it('says how makers usually mend what is disproved, and of nothing else', () => {
    expect(flat(richSample()).match(/→ Usually mended \(practice, no duty\): /g)?.length).toBeGreaterThan(3)
    expect(flat(minimalSample())).not.toContain('Usually mended')
  })

  it('shows place, proof, level and what would overturn it', () => {
    const text = flat(richSample())
    expect(text).toContain('acme-ac1200-1.0.3.bin@0x200040:squashfs/etc/shadow (offset 0, 34 bytes)')
    expect(text).toContain('account: root · algorithm: md5crypt')
    expect(text).toContain('E1: checksum only')
    expect(text).toContain('Overturned by A running unit whose port 23 answers on no interface.')
    expect(text).toContain('(mandatory, source: reported)')
  })

  it('says what was not stated and what the report does not show', () => {
    const text = flat(richSample())
    expect(text).toContain('Hardware: not stated')
    expect(text).toContain(
      'EN 303 645 V2.1.1 (the report of the rule names v2.1.0, the label of its final draft)',
    )
    expect(text).toContain('it does not show that any unit runs them.')
  })

  it('says nothing good about nothing found', () => {
    const text = flat(minimalSample())
    expect(text).toContain('Not enough to say under de-2027 (as reported)')
    expect(text).toContain('Not finding something proves nothing.')
    expect(text).not.toMatch(/✓|No obstacle/)
  })

  it('speaks German throughout', () => {
    const text = flat(richSample(), 'de')
    expect(text).toContain('Hindernisse nach de-2027 (wie berichtet) gefunden')
    expect(text).toContain('Zugangsdaten')
    expect(text).not.toMatch(/\b(baseline|mandatory|Overturned|Seen|unknown)\b/)
  })

  it.each([40, 60, 80, 110])('keeps every line but the last within %i columns', (width) => {
    for (const result of [richSample(), minimalSample(), hostileSample()]) {
      const lines = plain(result, 'de', width).trimEnd().split('\n').slice(0, -1)
      expect(lines.filter((it) => columnsWide(it) > width)).toEqual([])
    }
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('stands a width of %s', (width) => {
    expect(plain(minimalSample(), 'en', width)).toContain('no clearance')
  })

  it('lets no name steer the terminal', () => {
    const text = plain(hostileSample())
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(text.replaceAll(/\s/g, '')).toContain('\\x1b[2J')
  })

  it('says with colour what it says without', () => {
    const coloured = renderTerminal(richSample(), { language: 'en', colour: true, width: 80 })
    expect(coloured).not.toBe(plain(richSample()))
    expect(stripVTControlCharacters(coloured)).toBe(plain(richSample()))
  })

  it('cuts long lists and says by how many', () => {
    const rich = richSample()
    const evidence = repeated(weakRoot, 30)
    const ids = evidence.map((it) => it.id)
    const provisions = rich.assessment.provisions.map((it) => ({
      ...it,
      baseline: {
        ...it.baseline,
        reasons: it.baseline.reasons.map((reason) => ({ ...reason, evidence: ids })),
      },
    }))
    const text = flat({ ...rich, evidence, assessment: { ...rich.assessment, provisions } })
    expect(text).toContain('… and 26 more (see --json)')
  })

  it('gives the same text for the same result', () => {
    expect(plain(richSample())).toBe(plain(richSample()))
  })
})
