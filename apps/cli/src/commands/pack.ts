import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { digestFor, type OpenedPack, openPack, writePack } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { renderPack } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { readTrust } from '../options.ts'
import { output } from '../output.ts'
import { terminalOptions } from '../terminal.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'

const MOST_RESULT = 400 * 1024 * 1024
const MOST_KEY = 1024 * 1024

export interface PackFlags {
  readonly key: string
  readonly output: string
}

/** Signs a stored result as an evidence pack, for whoever may not have the image. */
export function packCommand(path: string, flags: PackFlags): number {
  const key = readSigningKey(flags.key)
  const text = readTextFile(path, MOST_RESULT)
  output(
    flags.output,
    refuseProblems(() => writePack(path, text, key)),
  )
  return 0
}

/** The key stays in this process: it is never written and never named. */
function readSigningKey(path: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(readTextFile(path, MOST_KEY))
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError(
      'bad-file',
      `--key ${path}: is no private key in PEM without a passphrase (openssl genpkey -algorithm ed25519 makes one)`,
      cause,
    )
  }
  if (digestFor(key) === undefined)
    throw new CliError('bad-file', `--key ${path}: must be Ed25519 or ECDSA over P-256, P-384 or P-521`)
  return key
}

export interface VerifyPackFlags {
  readonly trust: readonly string[]
  readonly output?: string
  readonly json: boolean
  readonly lang: Language
}

/** 0 signed by a trusted key, 1 whole but by nobody who is trusted, 2 no pack or changed. */
export function verifyPackCommand(path: string, flags: VerifyPackFlags): number {
  const trusted = flags.trust.map((file) =>
    createPublicKey({ key: Buffer.from(readTrust(file).spkiHex, 'hex'), format: 'der', type: 'spki' }),
  )
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
