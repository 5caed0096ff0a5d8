import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import {
  escapeInvisible,
  openBundle,
  openStatement,
  PACK_PREDICATE,
  predicateTypeOf,
} from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { renderBundle, renderPack } from '@messlatte/report'
import { CliError, cannotBeRead, tooLarge } from '../errors.ts'
import { readTrustedKeys } from '../signing-key.ts'
import { terminalOptions } from '../terminal.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'
import { MOST_START, refuseFolder, refuseOther } from '../verify-other.ts'
import { verifyPackCommand } from './pack.ts'

/** Bytes: as much as a bundle may unpack to, were nothing of it compressed, and its headers. */
const MOST_ARCHIVE = 1100 * 1024 * 1024

/** Bytes: twice a result at its largest, in base64 with what stands around it. */
const MOST_ENVELOPE = 800 * 1024 * 1024

export interface VerifyFlags {
  readonly trust: readonly string[]
  readonly json: boolean
  readonly lang: Language
}

/** 0 signed by a trusted key, 1 whole but by nobody who is trusted; refusals end with 2. */
export function verifyCommand(path: string, flags: VerifyFlags): number {
  if (!isArchive(path)) return verifyEnvelope(path, flags)
  const trusted = readTrustedKeys(flags.trust)
  const archive = readFileSync(path)
  const bundle = refuseProblems(() => openBundle(path, archive, trusted))
  process.stdout.write(
    flags.json
      ? `${escapeInvisible(JSON.stringify(bundle, null, 2))}\n`
      : renderBundle(bundle, terminalOptions(flags.lang)),
  )
  return bundle.trusted ? 0 : 1
}

/** An evidence pack, or another in-toto statement about files. */
function verifyEnvelope(path: string, flags: VerifyFlags): number {
  const text = readTextFile(path, MOST_ENVELOPE)
  if (refuseProblems(() => predicateTypeOf(path, text)) === PACK_PREDICATE)
    return verifyPackCommand(path, flags)
  const statement = refuseProblems(() => openStatement(path, text, readTrustedKeys(flags.trust)))
  process.stdout.write(
    flags.json
      ? `${escapeInvisible(JSON.stringify(statement, null, 2))}\n`
      : renderPack(statement, terminalOptions(flags.lang)),
  )
  return statement.trusted ? 0 : 1
}

/** By its first bytes: an evidence pack is JSON. What is neither is told for what it is. */
function isArchive(path: string): boolean {
  const start = Buffer.alloc(MOST_START)
  let length: number
  try {
    const about = statSync(path)
    if (about.isDirectory()) refuseFolder(path)
    if (about.size > MOST_ARCHIVE) throw new CliError('bad-file', tooLarge(path, `${MOST_ARCHIVE} bytes`))
    const file = openSync(path, 'r')
    try {
      length = readSync(file, start, 0, MOST_START, 0)
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError('not-found', cannotBeRead(path), cause)
  }
  refuseOther(path, start.subarray(0, length))
  return start.toString('latin1', 0, 2) === 'PK'
}
