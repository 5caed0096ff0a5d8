import { type OpenedPack, openPack, type StatementKind, writePack, writeStatement } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { renderPack } from '@messlatte/report'
import { output } from '../output.ts'
import { readSigningKey, readTrustedKeys } from '../signing-key.ts'
import { terminalOptions } from '../terminal.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'

const MOST_RESULT = 400 * 1024 * 1024

export interface PackFlags {
  readonly key: string
  readonly as: 'evidence-pack' | StatementKind
  readonly output: string
}

/** Signs a stored result as an evidence pack, or what it says in a predicate of in-toto. */
export function packCommand(path: string, flags: PackFlags): number {
  const key = readSigningKey(flags.key)
  const text = readTextFile(path, MOST_RESULT)
  output(
    flags.output,
    refuseProblems(() =>
      flags.as === 'evidence-pack' ? writePack(path, text, key) : writeStatement(flags.as, path, text, key),
    ),
  )
  return 0
}

export interface VerifyPackFlags {
  readonly trust: readonly string[]
  readonly output?: string
  readonly json: boolean
  readonly lang: Language
}

/** 0 signed by a trusted key, 1 whole but by nobody who is trusted, 2 no pack or changed. */
export function verifyPackCommand(path: string, flags: VerifyPackFlags): number {
  const trusted = readTrustedKeys(flags.trust)
  const text = readTextFile(path, 2 * MOST_RESULT)
  const pack: OpenedPack = refuseProblems(() => openPack(path, text, trusted))
  if (flags.output !== undefined) output(flags.output, `${pack.result}\n`)
  const { fingerprint, images, tool } = pack
  if (flags.output !== '-')
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ trusted: pack.trusted, fingerprint, images, tool }, null, 2)}\n`
        : renderPack(pack, terminalOptions(flags.lang)),
    )
  return pack.trusted ? 0 : 1
}
