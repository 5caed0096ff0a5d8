import type { CheckResult } from '@messlatte/model'
import { asksOf } from '../view/asks.ts'
import { INPUT_WORDS, PARTY_WORDS, WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'

const MOST_ASKS = 10
const MOST_IDS = 8
const MOST_QUESTIONS = 5

export function writeAsks(sheet: Sheet, result: CheckResult): void {
  sheet.heading(sheet.say(WORDS.asks))
  const parties = asksOf(result)
  if (parties.length === 0) sheet.paragraph(sheet.say(WORDS.noAsks))
  for (const { party, asks } of parties) {
    sheet.paragraph(sheet.say(PARTY_WORDS[party]), 0, '', 'strong')
    sheet.list(asks, MOST_ASKS, 4, ({ missing, provisions }) => {
      const what = missing.what[sheet.language]
      const input = sheet.say(INPUT_WORDS[missing.input])
      sheet.paragraph(`${what} (${input}; ${idsInShort(sheet, provisions)})`, 4, '  •')
    })
  }
  writeQuestions(sheet, result)
}

function writeQuestions(sheet: Sheet, result: CheckResult): void {
  const { questions } = result.assessment
  sheet.heading(sheet.say(WORDS.questions))
  if (questions.length === 0) sheet.paragraph(sheet.say(WORDS.noQuestions))
  sheet.list(questions, MOST_QUESTIONS, 4, (it, i) => {
    const closes = sheet.say(WORDS.closes, {
      count: it.provisions.length,
      ids: shortened(it.provisions),
    })
    sheet.paragraph(`${it.question[sheet.language]} (${it.trait}: ${closes})`, 4, ` ${i + 1}.`)
  })
}

function idsInShort(sheet: Sheet, ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_IDS).join(', ')
  const more = ids.length - MOST_IDS
  return more > 0
    ? sheet.say(WORDS.forMany, { ids: shown, more })
    : sheet.say(WORDS.forProvisions, { ids: shown })
}

function shortened(ids: readonly string[]): string {
  return ids.length > MOST_IDS ? `${ids.slice(0, MOST_IDS).join(', ')}, …` : ids.join(', ')
}
