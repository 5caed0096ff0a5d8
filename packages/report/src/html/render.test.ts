import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hostileSample, minimalSample, repeated, richSample } from '../testing/sample.ts'
import { weakRoot } from '../testing/sample-evidence.ts'
import { VERDICT_WORDS, VERDICTS } from '../words.ts'
import { MOST_EVIDENCE } from './page.ts'
import { renderHtml } from './render.ts'

const page = renderHtml(richSample(), 'en')

describe('renderHtml', () => {
  it('is one file that can load and run nothing', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\son\w+="|\sstyle="|url\(|@import/)
    const links = [...page.matchAll(/href="([^"]*)"/g)].map((it) => it[1] ?? '')
    expect(links.filter((it) => !it.startsWith('#'))).toEqual([])
  })

  it('allows by its policy exactly its own style sheet', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
    const digest = createHash('sha256').update(style).digest('base64')
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    )
  })

  it.each(['en', 'de'] as const)('lets no name of an image write markup or hide (%s)', (language) => {
    const hostile = renderHtml(hostileSample(), language)
    expect(hostile).not.toContain('<script')
    expect(hostile).toContain('&lt;script&gt;alert(&quot;1&quot;)')
    expect(hostile.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it('shows all provisions, and all evidence with its id', () => {
    const rich = richSample()
    const table = /<table class="stack provisions"[\s\S]*?<\/table>/.exec(page)?.[0] ?? ''
    expect(table.match(/<th role="rowheader"/g)).toHaveLength(rich.assessment.provisions.length)
    for (const evidence of rich.evidence) expect(page).toContain(evidence.id)
  })

  it('says how makers usually mend what is disproved, and of nothing else', () => {
    expect(page.match(/<p class="mending">Usually mended/g)?.length).toBeGreaterThan(3)
    expect(renderHtml(minimalSample(), 'en')).not.toContain('class="mending"')
  })

  it('says in words what each verdict is', () => {
    for (const verdict of VERDICTS) expect(page).toContain(`<span>${VERDICT_WORDS[verdict].en}</span>`)
  })

  it('ends with what is open', () => {
    expect(page).toMatch(
      /<p class="last">Open: 52 \(baseline\), 52 \(de-2027\) of 68 provisions\. This is no clearance\.<\/p>\s*<\/footer>/,
    )
  })

  it('says that secrets stand in clear, only where they do', () => {
    const rich = richSample()
    const revealed = { ...rich, options: { ...rich.options, revealed: true } }
    expect(renderHtml(revealed, 'en')).toContain('Secrets stand here in clear')
    expect(page).not.toContain('Secrets stand here in clear')
  })

  it('says nothing good about nothing found', () => {
    const empty = renderHtml(minimalSample(), 'en')
    expect(empty).toContain('<h1 class="unknown">Not enough to say under de-2027 (as reported)</h1>')
    expect(empty).toContain('No check found anything to report.')
  })

  it('speaks German throughout', () => {
    const german = renderHtml(richSample(), 'de')
    expect(german).toMatch(/<html lang="de">/)
    const text = german.replaceAll(/<(style|pre|code)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' ')
    expect(text).not.toMatch(/\b(baseline|mandatory|recommended|Overturned|Evidence|Provisions|not stated)\b/)
  })

  it('cuts long lists and says by how many', () => {
    const many = { ...richSample(), evidence: repeated(weakRoot, MOST_EVIDENCE + 25) }
    expect(renderHtml(many, 'en')).toContain('… and 25 more (see --json)')
  })

  it('gives the same bytes for the same result', () => {
    expect(renderHtml(richSample(), 'en')).toBe(page)
  })
})
