import type { BootChain, ChainStep, CheckResult, Verdict } from '@messlatte/model'
import {
  CHAIN_STATE_SYMBOLS,
  CHAIN_STATE_WORDS,
  CHAIN_TIES,
  CHAIN_VERDICT_WORDS,
  CHAIN_WORDS,
} from '../chain-words.ts'
import type { Sheet } from './sheet.ts'

const MOST_CHAINS = 6
const MOST_QUESTIONS = 8
const INDENT = 4

/** Colours of verdicts that mean the same; the word beside says it without. */
const TONES: Readonly<Record<ChainStep['state'], Verdict>> = {
  verified: 'supported',
  open: 'open',
  broken: 'fail',
  refused: 'not-applicable',
}

/** Each way of starting as a picture: a step a line, and between two of them what ties them together. */
export function writeChains(sheet: Sheet, { chains }: CheckResult): void {
  sheet.heading(`${sheet.say(CHAIN_WORDS.chain)} (${chains.length})`)
  if (chains.length === 0) sheet.paragraph(sheet.say(CHAIN_WORDS.none))
  sheet.list(chains, MOST_CHAINS, INDENT, (chain, at) => {
    if (at > 0) sheet.blank()
    writeChain(sheet, chain)
  })
}

function writeChain(sheet: Sheet, chain: BootChain): void {
  const kind = sheet.say(CHAIN_WORDS[chain.kind])
  sheet.paragraph(`${kind}: ${chain.name}`, INDENT, '', 'strong')
  sheet.paragraph(
    `${sheet.say(CHAIN_VERDICT_WORDS[chain.verdict])}. ${chain.summary[sheet.language]}`,
    INDENT,
  )
  if (chain.alike.length > 0)
    sheet.paragraph(`${sheet.say(CHAIN_WORDS.alike)} ${chain.alike.join(', ')}`, INDENT, '', 'soft')
  if (chain.hardware.length > 0) {
    const state = chain.root
    const words = `${sheet.say(CHAIN_WORDS.hardware)} · ${sheet.say(CHAIN_STATE_WORDS[state])}`
    sheet.paragraph(words, INDENT + 4, `    [${CHAIN_STATE_SYMBOLS[state]}]`, TONES[state])
  }
  chain.steps.forEach((step, at) => {
    writeStep(sheet, step, at, chain.hardware.length > 0)
  })
  writeHardware(sheet, chain)
}

function writeStep(sheet: Sheet, step: ChainStep, at: number, hasHardware: boolean): void {
  const { state, title, name, after, scheme, level, algorithm, parts } = step
  const number = at + 1
  if (at > 0 || hasHardware) {
    const by =
      after === null || after === at - 1 ? '' : sheet.say(CHAIN_WORDS.verifiedBy, { step: after + 1 })
    const tie = [scheme, level, algorithm, by].filter((one) => one !== null && one !== '').join(' · ')
    sheet.paragraph(
      tie === '' ? sheet.say(CHAIN_STATE_WORDS[state]) : tie,
      INDENT + 4,
      `     ${CHAIN_TIES[state]}`,
      'soft',
    )
  }
  const head = [`${number}. ${title[sheet.language]}`, name, sheet.say(CHAIN_STATE_WORDS[state])]
  sheet.paragraph(
    head.filter((one) => one !== '').join(' · '),
    INDENT + 4,
    `    [${CHAIN_STATE_SYMBOLS[state]}]`,
    TONES[state],
  )
  sheet.paragraph(step.reason[sheet.language], INDENT + 4, `     ${'│'}`)
  const [first] = parts
  if (first) sheet.paragraph(first.path, INDENT + 4, `     ${'│'}`, 'soft')
}

function writeHardware(sheet: Sheet, { hardware }: BootChain): void {
  const open = hardware.filter(({ answer }) => answer === null)
  const read = hardware.filter(({ answer }) => answer !== null)
  if (read.length > 0) sheet.paragraph(sheet.say(CHAIN_WORDS.hardwareRead), INDENT)
  for (const { question, answer } of read)
    sheet.paragraph(`${question[sheet.language]} ${answer?.[sheet.language] ?? ''}`, INDENT + 4, '      •')
  if (open.length === 0) return
  sheet.paragraph(sheet.say(CHAIN_WORDS.hardwareOpen), INDENT)
  // Questions that one command answers stand together.
  const commands = [...new Set(open.map(({ command }) => command[sheet.language]))]
  sheet.list(commands, MOST_QUESTIONS, INDENT + 4, (command) => {
    const questions = open
      .filter((one) => one.command[sheet.language] === command)
      .map(({ question }) => question[sheet.language])
    sheet.paragraph(`${questions.join(' ')} ${command}`, INDENT + 4, '      •')
  })
}
