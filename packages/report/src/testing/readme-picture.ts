import { pathToFileURL } from 'node:url'
import { launchBrowser } from './browser.ts'

/** The picture in the README: `npm run check -- --html F && node packages/report/src/testing/readme-picture.ts F docs/report.png`. */
const [report, picture] = process.argv.slice(2)
if (report === undefined || picture === undefined) throw new Error('Name the report and the picture.')
const browser = await launchBrowser()
const page = await browser.newPage({ viewport: { width: 1180, height: 1320 }, colorScheme: 'light' })
await page.goto(pathToFileURL(report).href)
await page.screenshot({ path: picture })
await browser.close()
