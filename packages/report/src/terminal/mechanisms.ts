import type { CheckResult, MechanismPart, Polarity, UpdateMechanism, Verdict } from '@messlatte/model'
import { MECHANISM_WORDS, PART_WORDS } from '../mechanism-words.ts'
import { clientsIn, noMechanism, pathWithin, positionOf } from '../view/mechanisms.ts'
import { POLARITY_WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'

const MOST_MECHANISMS = 12
const MOST_PARTS = 40
const INDENT = 4
const LABEL = 26

const TONES: Readonly<Record<Polarity, Verdict | undefined>> = {
  for: 'supported',
  against: 'fail',
  neutral: undefined,
}

/** Each way of updating: a line a part, with its place below. */
export function writeMechanisms(sheet: Sheet, result: CheckResult): void {
  const { mechanisms } = result
  const count = clientsIn(result).length
  sheet.heading(`${sheet.say(MECHANISM_WORDS.title)} (${count})`)
  if (count === 0) sheet.paragraph(noMechanism(result, sheet.language))
  sheet.list(mechanisms, MOST_MECHANISMS, INDENT, (mechanism, at) => {
    if (at > 0) sheet.blank()
    writeMechanism(sheet, mechanism)
  })
}

function writeMechanism(sheet: Sheet, { title, root, parts, open }: UpdateMechanism): void {
  const name = title[sheet.language]
  sheet.paragraph(root === '' ? name : `${name} · ${root}`, INDENT, '', 'strong')
  sheet.list(parts, MOST_PARTS, INDENT, (part) => writePart(sheet, part, root))
  if (open.length === 0) return
  const names = open.map(({ id }) => sheet.say(PART_WORDS[id]))
  sheet.field(sheet.say(MECHANISM_WORDS.open), names.join(', '), INDENT, LABEL, 'open')
}

function writePart(sheet: Sheet, part: MechanismPart, root: string): void {
  const { id, statement, polarity, path } = part
  const said = polarity === 'neutral' ? '' : ` [${sheet.say(POLARITY_WORDS[polarity])}]`
  const text = `${statement[sheet.language]}${said}`
  sheet.field(sheet.say(PART_WORDS[id]), text, INDENT, LABEL, TONES[polarity])
  sheet.field('', `${pathWithin(root, path)} · ${positionOf(part, sheet.language)}`, INDENT, LABEL, 'soft')
}
