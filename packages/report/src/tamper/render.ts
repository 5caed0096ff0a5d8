import type { TamperFile, TamperSet, TamperTrial, TamperVerifier } from '@messlatte/model'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { ANSWERS, OUTCOMES, SIGHTS, TABLE } from './words.ts'

/** A set of forged updates for a terminal, and what the maker's verifier did with them. */
export function renderTamper(set: TamperSet, folder: string | null, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  const { original, files, verifier, notMade, limits } = set
  sheet.paragraph(sheet.say(TABLE.lead(original.name, set.format, files.length, folder)), 0, '', 'strong')
  sheet.blank()
  if (original.seen) sheet.paragraph(`${sheet.say(TABLE.good)}: ${sheet.say(SIGHTS[original.seen.sight])}`, 2)
  if (verifier) sheet.paragraph(`${sheet.say(TABLE.verifier)}: ${verifier.command.join(' ')}`, 2)
  if (verifier) tellTrial(sheet, sheet.say(TABLE.genuine), 'accept', trialOf(verifier, null), verifier)
  for (const file of files) tellFile(sheet, file, verifier)
  for (const { what, why } of notMade)
    sheet.paragraph(`${sheet.say(TABLE.notMade)} ${what}: ${sheet.say(why)}`, 2)
  for (const limit of limits) sheet.paragraph(sheet.say(limit), 2)
  if (verifier) {
    sheet.blank()
    sheet.paragraph(sheet.say(TABLE.sum(verifier, files)), 0, '', 'strong')
  }
  return sheet.text()
}

function tellFile(sheet: Sheet, file: TamperFile, verifier: TamperVerifier | null): void {
  if (verifier) {
    tellTrial(sheet, file.file, file.answer, trialOf(verifier, file.file), verifier)
    return
  }
  sheet.line(`  ${file.file}  ${sheet.say(ANSWERS[file.answer])}`)
  sheet.paragraph(sheet.say(file.title), 6)
  if (file.seen) sheet.paragraph(`${sheet.say(TABLE.seen)}: ${sheet.say(SIGHTS[file.seen.sight])}`, 6)
}

function trialOf({ trials }: TamperVerifier, file: string | null): TamperTrial | undefined {
  return trials.find((one) => one.file === file)
}

function tellTrial(
  sheet: Sheet,
  name: string,
  due: TamperFile['answer'] | 'accept',
  trial: TamperTrial | undefined,
  { letThrough, refusedGood }: TamperVerifier,
): void {
  if (!trial) return
  const isWrong = trial.file === null ? refusedGood : letThrough.includes(trial.file)
  const mark = trial.outcome === 'failed' ? '?' : isWrong ? '✗' : due === 'judge' ? '·' : '✓'
  sheet.line(
    `  ${mark} ${name}: ${sheet.say(OUTCOMES[trial.outcome])}${isWrong ? ` ${sheet.say(TABLE.wrong)}` : ''}`,
  )
  const last = trial.said
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1)
  if (last !== undefined && (isWrong || trial.outcome !== 'accepted')) sheet.paragraph(last, 6)
}
