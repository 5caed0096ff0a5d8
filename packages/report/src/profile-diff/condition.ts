import { TRAITS } from '@messlatte/conformity'
import type { Condition } from '@messlatte/model'
import type { Sheet } from '../terminal/sheet.ts'
import { DIFF_WORDS } from '../words.ts'

/** A condition as a sentence of questions and answers. */
export function conditionInWords(sheet: Sheet, condition: Condition): string {
  if ('trait' in condition) {
    const { question } = TRAITS.find(({ id }) => id === condition.trait)!
    return sheet.say(DIFF_WORDS.yes, { question: question[sheet.language] })
  }
  if ('not' in condition)
    return sheet.say(DIFF_WORDS.not, { condition: conditionInWords(sheet, condition.not) })
  const [parts, word] = 'all' in condition ? [condition.all, DIFF_WORDS.and] : [condition.any, DIFF_WORDS.or]
  return parts.map((part) => inBrackets(sheet, part)).join(` ${sheet.say(word)} `)
}

/** A part that joins others needs brackets to be read as one. */
function inBrackets(sheet: Sheet, part: Condition): string {
  const words = conditionInWords(sheet, part)
  return 'all' in part || 'any' in part ? `(${words})` : words
}
