import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { CliError } from './errors.ts'

/** Writes a result, or one that comes in pieces, to a file, or to standard output for `-`. */
export function output(path: string, result: string | Uint8Array | Iterable<string>): void {
  const whole = typeof result === 'string' || result instanceof Uint8Array
  if (path === '-') {
    if (whole) process.stdout.write(result)
    else for (const piece of gathered(result)) process.stdout.write(piece)
    return
  }
  try {
    if (whole) writeFileSync(path, result)
    else writePieces(path, result)
  } catch (cause) {
    throw new CliError(
      'not-writable',
      {
        en: `${path}: cannot be written; does its folder exist?`,
        de: `${path}: kann nicht geschrieben werden; gibt es den Ordner?`,
      },
      cause,
    )
  }
}

const PIECE = 1024 * 1024

/** Small pieces put together, so that each write is worth its while. */
function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < PIECE) continue
    yield text
    text = ''
  }
  yield text
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w')
  try {
    for (const piece of gathered(pieces)) writeSync(file, piece)
  } finally {
    closeSync(file)
  }
}
