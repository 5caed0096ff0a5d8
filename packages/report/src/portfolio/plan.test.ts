import { ANSWERS } from '@messlatte/portfolio'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { WEAK_TEXT } from '../testing/weak-text.ts'
import { renderPlanHtml } from './html.ts'
import { planTable } from './table.ts'
import { renderPlan } from './terminal.ts'
import { SAMPLE_CONTEXT, SAMPLE_PLAN } from './testing.ts'
import { heatRows, supplierLines } from './view.ts'

describe('the sample plan', () => {
  it('has every answer', () => {
    const counts = ANSWERS.map((answer) => [answer, SAMPLE_PLAN.counts[answer].rows])
    expect(Object.fromEntries(counts)).toEqual({
      barred: 1,
      'barred-as-reported': 1,
      'at-risk': 2,
      'not-assessed': 1,
      'no-obstacle': 1,
      outside: 2,
    })
  })
})

describe('renderPlan', () => {
  it.each(['en', 'de'] as const)(
    'says in %s what decides, what is missing from whom, and what was left out',
    (language) => {
      const text = renderPlan(SAMPLE_PLAN, SAMPLE_CONTEXT, { language, colour: false, width: 100 })
      expect(text).toMatch(
        language === 'en'
          ? /barred as reported: Rows 1, Units 1,200/
          : /gesperrt laut Bericht: Zeilen 1, Geräte 1\.200/,
      )
      expect(text).toContain('Taunus \\u{202e} AG, M-02')
      expect(text).toContain('B10')
      expect(text).toContain('AU-1')
      expect(text).toContain('TE-1')
      expect(text.split('\n').every((line) => line.length <= 100)).toBe(true)
    },
  )
})

describe('planTable', () => {
  it('has a line for each row of the file, in its order, with as many cells as the head', () => {
    const rows = [...planTable(SAMPLE_PLAN, 'de').rows]
    expect(rows.map(([row]) => row)).toEqual(['Zeile', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(new Set(rows.map((cells) => cells.length)).size).toBe(1)
    expect(rows[2]).toContain('gesperrt laut Bericht')
  })
})

describe('the view of a plan', () => {
  it('has the worst answer of a product in a market', () => {
    const plug = heatRows(SAMPLE_PLAN).find(
      ({ product, market }) => product.includes('Steckdose') && market === 'DE',
    )
    expect(plug).toMatchObject({ answer: 'barred', rows: 4, units: 4800 })
    expect(plug?.answers.get('de-2027')).toBe('barred-as-reported')
  })

  it('names the columns that were passed over, on the page too', () => {
    expect(renderPlanHtml(SAMPLE_PLAN, SAMPLE_CONTEXT, 'de')).toContain('Übergangene Spalten: Bemerkung')
    expect(renderPlanHtml(SAMPLE_PLAN, { ...SAMPLE_CONTEXT, unknown: [] }, 'de')).not.toContain('Übergangene')
  })

  it('asks a supplier once for a module that many rows name', () => {
    expect(supplierLines(SAMPLE_PLAN).map(({ supplier, needs }) => [supplier, needs.length])).toEqual([
      ['Nordlicht <b>', 1],
      ['Taunus \u202e AG', 1],
    ])
  })
})

describe('the page in a real browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  it.each([
    ['en', 'light', 1280],
    ['de', 'dark', 1280],
    ['de', 'light', 360],
  ] as const)(
    '%s, %s, %i: stands on its own, is a table with heads, readable and no wider than the screen',
    async (language, colorScheme, width) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
      const noise: string[] = []
      page.on('console', (message) => noise.push(message.text()))
      page.on('request', (request) => noise.push(request.url()))
      await page.setContent(renderPlanHtml(SAMPLE_PLAN, SAMPLE_CONTEXT, language), { waitUntil: 'load' })
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await page.locator('script, b:not(.rulelist b)').count()).toBe(0)
      expect(await page.locator('table.heat thead th[scope=col]').count()).toBe(
        2 + SAMPLE_PLAN.rules.length + 1,
      )
      expect(await page.locator('table.heat tbody th[scope=row]').count()).toBe(heatRows(SAMPLE_PLAN).length)
      expect(await page.locator('table:not(:has(caption))').count()).toBe(0)
      const targets = await page.$$eval('a[href]', (all) => all.map((it) => it.getAttribute('href') ?? ''))
      for (const target of targets)
        expect(await page.locator(`[id="${target.slice(1)}"]`).count(), target).toBe(1)
      const { looked, weak } = await page.evaluate<{ looked: number; weak: unknown[] }>(WEAK_TEXT)
      expect(looked).toBeGreaterThan(50)
      expect(weak).toEqual([])
      expect(noise).toEqual([])
      await page.close()
    },
  )
})
