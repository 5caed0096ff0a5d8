import type { Language } from '@messlatte/model'
import { SandboxError } from '@messlatte/unpack'
import { Command, CommanderError } from 'commander'
import { CliError } from './errors.ts'
import { addAssess } from './program/assess.ts'
import { addBundle } from './program/bundle.ts'
import { addCheck } from './program/check.ts'
import { addClaims } from './program/claims.ts'
import { addCompareReleases } from './program/compare-releases.ts'
import { addCompareUnits } from './program/compare-units.ts'
import { addDecide } from './program/decide.ts'
import { addDocument } from './program/document.ts'
import { addExplain } from './program/explain.ts'
import { addIndex } from './program/index-of-secrets.ts'
import { addInit } from './program/init.ts'
import { addLetter } from './program/letter.ts'
import { addOscal } from './program/oscal.ts'
import { addPack } from './program/pack.ts'
import { addPlan } from './program/plan.ts'
import { addProfile } from './program/profile.ts'
import { addRequest } from './program/request.ts'
import { addSources } from './program/sources.ts'
import { addStatus } from './program/status.ts'
import { addTamper } from './program/tamper.ts'
import { addUnpack } from './program/unpack.ts'
import { addVerify } from './program/verify.ts'
import { addVerifyPack } from './program/verify-pack.ts'
import { TOOL } from './tool.ts'
import { askedLanguage, usageError } from './usage-errors.ts'

function program(language: Language, end: (code: number) => void): Command {
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
  addCheck(messlatte, end)
  addCompareUnits(messlatte, end)
  addCompareReleases(messlatte, end)
  addTamper(messlatte, end)
  addIndex(messlatte, end)
  addUnpack(messlatte, end)
  addSources(messlatte, end)
  addProfile(messlatte, end)
  addExplain(messlatte, end)
  addInit(messlatte, end)
  addAssess(messlatte, end)
  addDecide(messlatte, end)
  addClaims(messlatte, end)
  addDocument(messlatte, end)
  addPlan(messlatte, end)
  addRequest(messlatte, end)
  addOscal(messlatte, end)
  addLetter(messlatte, end)
  addStatus(messlatte, end)
  addPack(messlatte, end)
  addVerifyPack(messlatte, end)
  addBundle(messlatte, end)
  addVerify(messlatte, end)
  return messlatte
}

/** What a person reads when it could not be done. */
function explain(error: unknown, language: Language): string | undefined {
  if (error instanceof CommanderError) return undefined
  if (error instanceof CliError || error instanceof SandboxError) return error.text[language]
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<number> {
  let code = 0
  const language = askedLanguage(process.argv.slice(2))
  try {
    await program(language, (given) => {
      code = given
    }).parseAsync()
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const message = explain(error, language)
    if (message !== undefined) process.stderr.write(`messlatte: ${message}\n`)
    return 2
  }
}

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main()
