import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { hostileSample, minimalSample, richSample } from '../testing/sample.ts'
import { renderHtml } from './render.ts'

/** Scripts for the page as text: the project's types know no browser. */
const OPEN_ALL = "for (const it of document.querySelectorAll('details')) it.open = true"

import { WEAK_TEXT } from '../testing/weak-text.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const SAMPLES = [
  ['rich, English, light', richSample(), 'en', 'light'],
  ['rich, German, dark', richSample(), 'de', 'dark'],
  ['hostile, English, dark', hostileSample(), 'en', 'dark'],
  ['minimal, German, light', minimalSample(), 'de', 'light'],
] as const

describe.each(SAMPLES)('the page in a real browser: %s', (_, result, language, colorScheme) => {
  it('asks for nothing, complains about nothing, and stands on its own', async () => {
    await opened(390, async (page, noise) => {
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await page.title()).not.toBe('')
      expect(await page.locator('script').count()).toBe(0)
      expect(noise).toEqual([])
    })
  })

  it.each([320, 390, 1280])('is never wider than a screen of %i pixels', async (width) => {
    await opened(width, async (page) => {
      await page.evaluate(OPEN_ALL)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    })
  })

  it('has one main heading and never skips a level', async () => {
    await opened(1280, async (page) => {
      const levels = await page.$$eval('h1,h2,h3,h4,h5,h6', (all) => all.map((it) => Number(it.tagName[1])))
      expect(levels.filter((it) => it === 1)).toHaveLength(1)
      expect(levels[0]).toBe(1)
      levels.slice(1).forEach((level, i) => {
        expect(level - (levels[i] ?? 0)).toBeLessThanOrEqual(1)
      })
    })
  })

  it('has landmarks, and tables with caption and scoped headings', async () => {
    await opened(1280, async (page) => {
      for (const landmark of ['header', 'nav', 'main', 'footer']) {
        expect(await page.locator(`body > ${landmark}`).count(), landmark).toBe(1)
      }
      const tables = await page.$$eval('table', (all) =>
        all.map((it) => ({
          caption: it.caption?.textContent ?? '',
          unscoped: it.querySelectorAll('th:not([scope])').length,
          columns: it.querySelectorAll('thead th').length,
        })),
      )
      expect(tables.length).toBeGreaterThan(2)
      for (const table of tables) {
        expect(table.caption).not.toBe('')
        expect(table.unscoped).toBe(0)
        expect(table.columns).toBeGreaterThan(1)
      }
    })
  })

  it('links only to what is there, and uses every id once', async () => {
    await opened(1280, async (page) => {
      const ids = await page.$$eval('[id]', (all) => all.map((it) => it.id))
      const targets = await page.$$eval('a[href]', (all) => all.map((it) => it.getAttribute('href') ?? ''))
      expect(new Set(ids).size).toBe(ids.length)
      expect(targets.filter((it) => !ids.includes(it.slice(1)))).toEqual([])
    })
  })

  it('has text that stands out from its ground by 4.5 to 1 or more', async () => {
    await opened(1280, async (page) => {
      await page.evaluate(OPEN_ALL)
      const { looked, weak } = await page.evaluate<{ looked: number; weak: unknown[] }>(WEAK_TEXT)
      expect(looked).toBeGreaterThan(100)
      expect(weak).toEqual([])
    })
  })

  async function opened(width: number, look: (page: Page, noise: string[]) => Promise<void>): Promise<void> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    const noise: string[] = []
    page.on('console', (message) => noise.push(message.text()))
    page.on('pageerror', (error) => noise.push(error.message))
    page.on('request', (request) => noise.push(request.url()))
    await page.setContent(renderHtml(result, language), { waitUntil: 'load' })
    await look(page, noise)
    await page.close()
  }
})
