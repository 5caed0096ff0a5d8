import type { Language } from '@messlatte/model'
import { SandboxError } from '@messlatte/unpack'
import { Command, CommanderError } from 'commander'
import { CliError } from './errors.ts'
import type { End } from './program/options.ts'
import { TOOL } from './tool.ts'
import { askedLanguage, usageError } from './usage-errors.ts'

type AddCommands = (messlatte: Command, end: End) => void

function program(addCommands: AddCommands, language: Language, end: End): Command {
  const messlatte = new Command('messlatte')
    .description(
      'May this IoT product, with this firmware, be placed on this market on this date? Answered with proof.',
    )
    .version(TOOL.version)
    .showHelpAfterError('(messlatte --help, messlatte check --help)')
    .configureOutput({ outputError: (text, write) => write(`messlatte: ${usageError(text, language)}`) })
    // What stands behind a command is the command's: `tamper … --verify-with CMD --version`.
    .enablePositionalOptions()
    .exitOverride()
  addCommands(messlatte, end)
  return messlatte
}

/** What a person reads when it could not be done. */
function explain(error: unknown, language: Language): string | undefined {
  if (error instanceof CommanderError) return undefined
  if (error instanceof CliError || error instanceof SandboxError) return error.text[language]
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(addCommands: AddCommands, args: readonly string[]): Promise<number> {
  let code = 0
  const language = askedLanguage(args)
  try {
    await program(addCommands, language, (given) => {
      code = given
    }).parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const message = explain(error, language)
    if (message !== undefined) process.stderr.write(`messlatte: ${message}\n`)
    return 2
  }
}

/** Does what the command line says; the commands that are not added are unknown to it. */
export async function runProgram(addCommands: AddCommands, args: readonly string[]): Promise<void> {
  // A reader that goes away (`| head`) is no failure of ours.
  process.stdout.on('error', () => process.exit(0))
  process.exitCode = await main(addCommands, args)
}
