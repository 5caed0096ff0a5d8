import type { CheckResult, Service } from '@messlatte/model'
import { WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'

const MOST = 25

/** What starts with the system, a line each. */
export function writeServices(sheet: Sheet, { services }: CheckResult): void {
  sheet.heading(`${sheet.say(WORDS.services)} (${services.length})`)
  if (services.length === 0) sheet.paragraph(sheet.say(WORDS.noServices))
  sheet.list(services, MOST, 4, (service) => sheet.paragraph(lineOf(sheet, service), 4, '  •'))
}

function lineOf(sheet: Sheet, { title, command, when, conditions, listens }: Service): string {
  const ports = listens.map(({ protocol, port }) => `${port}/${protocol}`).join(', ')
  const start =
    when === 'always' ? sheet.say(WORDS.always) : `${sheet.say(WORDS.onCondition)} ${conditions.join(' && ')}`
  return [title, ports, command, start].filter((part) => part !== '').join(' · ')
}
