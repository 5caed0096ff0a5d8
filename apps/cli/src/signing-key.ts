import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { digestFor } from '@messlatte/exchange'
import { CliError } from './errors.ts'
import { readTrust } from './options.ts'
import { readTextFile } from './text-file.ts'

const MOST_KEY = 1024 * 1024

/** The key stays in this process: it is never written and never named. */
export function readSigningKey(path: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(readTextFile(path, MOST_KEY))
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError(
      'bad-file',
      {
        en: `--key ${path}: is no private key in PEM without a passphrase (openssl genpkey -algorithm ed25519 makes one)`,
        de: `--key ${path}: ist kein privater Schlüssel in PEM ohne Passphrase (openssl genpkey -algorithm ed25519 macht einen)`,
      },
      cause,
    )
  }
  if (digestFor(key) === undefined)
    throw new CliError('bad-file', {
      en: `--key ${path}: must be Ed25519 or ECDSA over P-256, P-384 or P-521`,
      de: `--key ${path}: muss Ed25519 oder ECDSA über P-256, P-384 oder P-521 sein`,
    })
  return key
}

/** Public keys out of keys and certificates that the user trusts. */
export function readTrustedKeys(paths: readonly string[]): readonly KeyObject[] {
  return paths.map((path) =>
    createPublicKey({ key: Buffer.from(readTrust(path).spkiHex, 'hex'), format: 'der', type: 'spki' }),
  )
}
