import type { CheckResult } from '@messlatte/model'
import { WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'

const MOST = 40

/** What the release is made of, in short: the full table is in the other reports. */
export function writeComponents(sheet: Sheet, { components }: CheckResult): void {
  sheet.heading(`${sheet.say(WORDS.components)} (${components.length})`)
  if (components.length === 0) {
    sheet.paragraph(sheet.say(WORDS.noComponents))
    return
  }
  const names = components.slice(0, MOST).map(({ title, version }) => `${title} ${version ?? '?'}`)
  const cut = components.length - MOST
  sheet.paragraph([...names, ...(cut > 0 ? [sheet.more(cut).trim()] : [])].join(' · '))
}
