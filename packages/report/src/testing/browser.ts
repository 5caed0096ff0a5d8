import bundled from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** The bundled browser closes with its first page in this mode. */
const ONE_PROCESS = '--single-process'
const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium of the development dependencies (Linux x64), or the browser that CHROME_PATH names. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.CHROME_PATH
  if (own !== undefined) return chromium.launch({ executablePath: own, args: QUIET })
  const args = [...bundled.args.filter((it) => it !== ONE_PROCESS), ...QUIET]
  return chromium.launch({ executablePath: await bundled.executablePath(), args })
}
