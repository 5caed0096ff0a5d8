import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readWorkbookJson, WorkbookError, type WorkbookSheet } from '@messlatte/exchange'
import { CliError } from '../errors.ts'

/** Its bundle lies beside the command line's. */
const SCRIPT = fileURLToPath(new URL('./workbook-reader.mjs', import.meta.url))
/** Outer guard; the reader's own bounds count work. */
const SECONDS = 60
const MOST_HEAP_MB = 1024
const MOST_TEXT = 256 * 1024 * 1024

/**
 * The texts of a workbook of a stranger, read in a child process on Node's permission model: an empty environment, the file as an
 * inherited read-only descriptor, no network, no writing, no programs.
 * @throws CliError where it is no workbook, or the reader did not come to an end
 */
export function readWorkbookInSandbox(path: string): readonly WorkbookSheet[] {
  const descriptor = open(path)
  try {
    const { stdout, status, signal, stderr } = spawnSync(
      process.execPath,
      [
        '--permission',
        `--allow-fs-read=${SCRIPT}`,
        '--disable-warning=PERM0006',
        '--disable-warning=SecurityWarning',
        `--max-old-space-size=${MOST_HEAP_MB}`,
        SCRIPT,
      ],
      {
        env: {},
        stdio: ['ignore', 'pipe', 'pipe', descriptor],
        encoding: 'utf8',
        timeout: SECONDS * 1000,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_TEXT,
      },
    )
    if (status !== 0)
      throw new CliError('bad-file', {
        en: `${path}: the sandbox that read it ended (${signal ?? status}): ${stderr.slice(0, 500)}`,
        de: `${path}: die Sandbox, die es las, endete (${signal ?? status}): ${stderr.slice(0, 500)}`,
      })
    return readWorkbookJson(stdout)
  } catch (error) {
    if (error instanceof WorkbookError)
      throw new CliError(
        'bad-file',
        {
          en: `${path}: is not read as a workbook: ${error.message}`,
          de: `${path}: wird nicht als Arbeitsmappe gelesen: ${error.message}`,
        },
        error,
      )
    throw error
  } finally {
    closeSync(descriptor)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new CliError(
      'not-found',
      { en: `${path}: cannot be opened`, de: `${path}: kann nicht geöffnet werden` },
      cause,
    )
  }
}
