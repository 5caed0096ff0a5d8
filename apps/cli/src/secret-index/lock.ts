import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../errors.ts'

const WAIT = 100
const TRIES = 300

/** Runs alone among all runs that change the index; waits up to half a minute for another one. */
export async function locked<T>(path: string, run: () => T): Promise<T> {
  await take(path)
  try {
    return run()
  } finally {
    rmSync(path, { force: true })
  }
}

async function take(path: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (taken(path)) return
    await sleep(WAIT)
  }
  throw new CliError('not-writable', {
    en: `${path}: another run is changing the index; if there is none any more, delete this file`,
    de: `${path}: ein anderer Lauf ändert den Index; wenn es keinen mehr gibt, diese Datei löschen`,
  })
}

/** Only one run can make the file. */
function taken(path: string): boolean {
  try {
    const descriptor = openSync(path, 'wx', 0o600)
    writeSync(descriptor, `${process.pid}\n`)
    closeSync(descriptor)
    return true
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new CliError(
      'not-writable',
      {
        en: `${path}: cannot be written (${code ?? 'unknown reason'})`,
        de: `${path}: kann nicht geschrieben werden (${code ?? 'Grund unbekannt'})`,
      },
      cause,
    )
  }
}
