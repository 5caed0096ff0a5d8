import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { digestFor } from '@messlatte/exchange'
import { CliError } from './errors.ts'
import { readTrust } from './options.ts'
import { readTextFile } from './text-file.ts'

const MOST_KEY = 1024 * 1024

/** A private key of any kind. @param option by which it was named */
export function readPrivateKey(option: string, path: string): KeyObject {
  const text = readTextFile(path, MOST_KEY)
  try {
    return createPrivateKey(text)
  } catch (cause) {
    throw new CliError(
      'bad-file',
      {
        en: `${option} ${path}: is no private key in PEM without a passphrase (openssl genpkey -algorithm ed25519 makes one)`,
        de: `${option} ${path}: ist kein privater Schlüssel in PEM ohne Passphrase (openssl genpkey -algorithm ed25519 macht einen)`,
      },
      cause,
    )
  }
}

/** A key for signatures of our own. It stays in this process: it is never written and never named. */
export function readSigningKey(path: string): KeyObject {
  const key = readPrivateKey('--key', path)
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
