import { closeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { endingOf, type TamperOutcome, type TamperResult, type TamperSettings } from '@messlatte/inspect'
import { type Limits, runInSandbox } from '@messlatte/unpack'
import { CliError } from '../errors.ts'
import type { OwnFolder } from '../own-folder.ts'
import { openRegularFile } from '../release/open.ts'
import { INSPECTION, sandboxFiles } from '../sandbox/files.ts'
import { notWritten } from './write.ts'

export interface Making {
  readonly wanted: Pick<TamperSettings, 'signingKey' | 'stretches' | 'only' | 'most'>
  /** Where the files are written; without one, they are only told. */
  readonly folder: OwnFolder | undefined
  readonly limits: Limits
  readonly onProgress: (bytes: number) => void
}

/** A set that was made, or is only told. */
export type Made = TamperOutcome & { outcome: 'made' }

/** Names of files of a set; those that the sandbox tells become paths. */
const NAME = /^\d{2,6}-[a-z0-9-]{1,200}\.[A-Za-z0-9.]{1,20}$/

/**
 * Has the sandbox make the set of a file, as far as its parts are known: it reads the file, and writes to the folder.
 * Nothing inside of the file is opened for that, but where it has to be packed again.
 * @returns undefined for a file of which nothing is known
 * @throws CliError
 */
export async function makeSet(
  path: string,
  { wanted, folder, limits, onProgress }: Making,
): Promise<{ readonly made: Made; readonly original: { size: number; sha256: string } } | undefined> {
  const { descriptor, size } = openRegularFile(path)
  const settings: TamperSettings = {
    kind: 'tamper',
    ending: endingOf(basename(path)),
    ...wanted,
    ...(folder ? { folder: folder.path } : {}),
  }
  try {
    const { digests, outcome } = (await runInSandbox({
      ...sandboxFiles(INSPECTION),
      files: [{ name: basename(path), directory: '', size }],
      descriptors: [descriptor],
      limits: { ...limits, depth: 0 },
      settings,
      onProgress,
      ...(folder ? { folder: folder.path, onAttempt: folder.empty } : {}),
    })) as TamperResult
    const made = madeOf(path, outcome, wanted.most, folder)
    return made && { made, original: { size, sha256: digests[0] ?? '' } }
  } finally {
    closeSync(descriptor)
  }
}

function madeOf(
  path: string,
  outcome: TamperOutcome,
  most: number,
  folder: OwnFolder | undefined,
): Made | undefined {
  switch (outcome.outcome) {
    case 'made':
      if (!outcome.files.every(({ file }) => NAME.test(file)))
        throw new CliError('failed', {
          en: `${path}: the sandbox gave a file a name that none can have`,
          de: `${path}: die Sandbox gab einer Datei einen Namen, den keine haben kann`,
        })
      return outcome
    case 'unknown':
      return undefined
    case 'no-such':
      throw new CliError('bad-option', {
        en: `--only ${outcome.name}: there is none of that name; --list says what there is: ${outcome.kinds.join(', ')}`,
        de: `--only ${outcome.name}: nichts heißt so; --list sagt, was es gibt: ${outcome.kinds.join(', ')}`,
      })
    case 'too-large':
      throw new CliError('bad-option', {
        en: `${outcome.files} files would take ${outcome.bytes} bytes, more than ${most}; choose with --only, or allow it with --most`,
        de: `${outcome.files} Dateien bräuchten ${outcome.bytes} Byte, mehr als ${most}; mit --only auswählen oder mit --most erlauben`,
      })
    case 'not-written':
      throw notWritten(join(folder?.path ?? '', outcome.file), outcome.code)
    case 'cut':
      throw new CliError('failed', {
        en: `${path}: making the set takes more than is allowed; raise --limit-bytes or --limit-seconds`,
        de: `${path}: Der Satz braucht mehr, als erlaubt ist; --limit-bytes oder --limit-seconds erhöhen`,
      })
  }
}
