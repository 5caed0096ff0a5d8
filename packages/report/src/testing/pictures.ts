import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { renderHtml } from '../html/render.ts'
import { launchBrowser } from './browser.ts'
import { minimalSample, richSample } from './sample.ts'

/** Pictures of the sample reports, to look at: `node packages/report/src/testing/pictures.ts FOLDER`. */
const SHOTS = [
  { name: 'rich-en-light', result: richSample(), language: 'en', colorScheme: 'light', width: 1280 },
  { name: 'rich-de-dark', result: richSample(), language: 'de', colorScheme: 'dark', width: 1280 },
  { name: 'rich-de-narrow', result: richSample(), language: 'de', colorScheme: 'light', width: 390 },
  { name: 'minimal-en-light', result: minimalSample(), language: 'en', colorScheme: 'light', width: 1280 },
] as const

const folder = process.argv[2]
if (folder === undefined) throw new Error('Name the folder that the pictures go to.')
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
for (const { name, result, language, colorScheme, width } of SHOTS) {
  const file = join(folder, `${name}.html`)
  await writeFile(file, renderHtml(result, language))
  const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme })
  await page.goto(pathToFileURL(file).href)
  await page.screenshot({ path: join(folder, `${name}-first.png`) })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  await page.pdf({ path: join(folder, `${name}.pdf`), format: 'A4' })
  await page.close()
}
await browser.close()
