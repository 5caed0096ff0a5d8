import type { Language } from '@messlatte/model'
import type { TerminalOptions } from '@messlatte/report'

const USUAL_WIDTH = 100

/** How the terminal on the other end of stdout wants its text; a pipe gets the usual width and no colours. */
export function terminalOptions(language: Language): TerminalOptions {
  return {
    language,
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: Math.max(60, Math.min(120, process.stdout.columns ?? USUAL_WIDTH)),
  }
}
