import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import type { TamperFile, TamperTrial, TamperVerifier } from '@messlatte/model'
import { visible } from '@messlatte/report'
import { CliError } from '../errors.ts'

/** Bytes of what a verifier says that are kept: the last ones. */
const MOST_SAID = 16 * 1024
const PLACE = '{}'

/** A file to try, by its path. */
export interface Tried {
  /** Name in the folder of the set; null for the genuine file. */
  readonly file: string | null
  readonly path: string
}

export interface VerifierSettings {
  /** For each run. */
  readonly seconds: number
  /** What it says of a file that it takes; exit code 0 where nothing is named. */
  readonly takenIf?: string | undefined
}

/**
 * Runs the maker's verifier over files, one after the other: such programs use files at fixed places. There is no shell, and
 * its input is empty.
 */
export async function runVerifier(
  command: readonly string[],
  tried: readonly Tried[],
  files: readonly TamperFile[],
  settings: VerifierSettings,
): Promise<TamperVerifier> {
  const trials: TamperTrial[] = []
  for (const { file, path } of tried)
    trials.push({ file, ...(await runOnce(argumentsFor(command, path), settings)) })
  const taken = new Set(trials.filter(({ outcome }) => outcome === 'accepted').map(({ file }) => file))
  return {
    command,
    trials,
    letThrough: files
      .filter(({ file, answer }) => answer === 'refuse' && taken.has(file))
      .map(({ file }) => file),
    refusedGood: trials.some(({ file, outcome }) => file === null && outcome === 'refused'),
  }
}

/** Whether the verifier did what it has to do. */
export function isRight({ letThrough, refusedGood, trials }: TamperVerifier): boolean {
  return letThrough.length === 0 && !refusedGood && trials.every(({ outcome }) => outcome !== 'failed')
}

function argumentsFor(command: readonly string[], path: string): readonly string[] {
  return command.some((word) => word.includes(PLACE))
    ? command.map((word) => word.replaceAll(PLACE, () => path))
    : [...command, path]
}

function runOnce(
  [program = '', ...args]: readonly string[],
  { seconds, takenIf }: VerifierSettings,
): Promise<Omit<TamperTrial, 'file'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { shell: false, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    let said = Buffer.alloc(0)
    const keep = (chunk: Buffer) => {
      said = Buffer.concat([said, chunk]).subarray(-MOST_SAID)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
      // A child of its own may hold the pipes open for longer.
      child.stdout.destroy()
      child.stderr.destroy()
    }, seconds * 1000)
    child.on('error', (cause) => {
      clearTimeout(timer)
      reject(
        new CliError(
          'failed',
          {
            en: `--verify-with ${basename(program)}: cannot be run (${(cause as NodeJS.ErrnoException).code ?? cause.message})`,
            de: `--verify-with ${basename(program)}: kann nicht aufgerufen werden (${(cause as NodeJS.ErrnoException).code ?? cause.message})`,
          },
          cause,
        ),
      )
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const isTaken = takenIf === undefined ? code === 0 : said.includes(takenIf)
      const outcome = late || signal !== null ? 'failed' : isTaken ? 'accepted' : 'refused'
      const told = late ? `ended after ${seconds} s` : said.toString('utf8')
      resolve({ outcome, code, signal, said: printable(told) })
    })
  })
}

function printable(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line.trimEnd()))
    .join('\n')
    .trim()
}
