import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FORMATS = join(ROOT, 'packages/unpack/src/formats')
/** Bytes of a secret of which not even so many in a row may be seen, whatever they are written in. A passphrase is made of words that reports have, too. */
const WINDOW = { bytes: 6, words: 10 } as const

/** An encrypted image and the key that opens it: fixtures of the formats. */
const KINDS = [
  ['SWUpdate', 'swupdate', 'positive/encrypted-description.swu', 'keys/aes.key', 'de'],
  ['RAUC, key of a recipient (RSA)', 'rauc-bundle', 'positive/crypt.raucb', 'keys/signer.pem', 'en'],
  [
    'RAUC, key of a recipient (elliptic curve)',
    'rauc-bundle',
    'positive/crypt-ec.raucb',
    'keys/ec.pem',
    'de',
  ],
  ['RAUC, key of the payload', 'rauc-bundle', 'positive/crypt.raucb', 'keys/payload.hex', 'en'],
  ['MCUboot, RSA', 'mcuboot', 'positive/encrypted-rsa.bin', 'keys/rsa-2048.pem', 'de'],
  ['MCUboot, P-256', 'mcuboot', 'positive/encrypted-p256.bin', 'keys/ecdsa-p256.pem', 'en'],
  ['MCUboot, X25519', 'mcuboot', 'positive/encrypted-x25519.bin', 'keys/x25519.pem', 'de'],
  ['MCUboot, AES key wrap', 'mcuboot', 'positive/encrypted-aes-kw.bin', 'keys/aes-kw.bin', 'en'],
  ['flash of an ESP32', 'esp-flash', 'keyed/esp32.bin.br', 'keys/key-256.bin', 'de'],
  ['flash, XTS-AES-256', 'esp-flash', 'keyed/xts-256.bin.br', 'keys/key-512.bin', 'en'],
  ['NVS', 'esp-nvs', 'keyed/encrypted.bin', 'keys/nvs-keys.bin', 'de'],
  ['ZIP, AES', 'zip', 'keyed/aes-256.zip', 'keys/password.txt', 'de'],
  ['RAR 5', 'rar5', 'keyed/long-password.rar', 'keys/long.txt', 'en'],
  ['GBL', 'gbl', 'positive/encrypted.gbl', 'keys/encryption.txt', 'de'],
  ['7z', 'sevenzip', 'keyed/encrypted-bcj2.7z', 'keys/umlauts.txt', 'en'],
  ['LUKS 1', 'luks', 'keyed/luks1.img.br', 'keys/passphrase', 'en'],
  ['LUKS 2, Argon2id', 'luks', 'keyed/argon2id.img.br', 'keys/passphrase', 'de'],
] as const

function file(format: string, name: string): string {
  const path = join(FORMATS, format, 'fixtures', name)
  if (!name.endsWith('.br')) return path
  const unpacked = join(folder, `${format}-${name.replaceAll('/', '-').slice(0, -'.br'.length)}`)
  writeFileSync(unpacked, brotliDecompressSync(readFileSync(path)))
  return unpacked
}

/** What of a file of keys is secret, each in all the ways in which it may be held: as it stands, and what its text means. */
function secretsIn(path: string): readonly Buffer[] {
  const content = readFileSync(path)
  // Names of keys are no secret.
  const text = content.toString('latin1').replace(/^[A-Z_]+: /gm, '')
  if (text.includes('-----BEGIN')) {
    const { d, p, q, dp, dq, qi } = createPrivateKey(content).export({ format: 'jwk' })
    return [d, p, q, dp, dq, qi].flatMap((part) => (part ? [Buffer.from(part, 'base64url')] : []))
  }
  const words = text.trim().split(/\s+/)
  return [
    Buffer.from(text, 'latin1'),
    ...words.filter((word) => /^[0-9a-f]{16,}$/i.test(word)).map((word) => Buffer.from(word, 'hex')),
  ]
}

/** Every piece of a secret, in the ways in which a report could show bytes. Pieces that are hardly more than zeros say nothing. */
function piecesOf(secret: Buffer): readonly string[] {
  const pieces = new Set<string>()
  const window = /^[\x20-\x7e\n]*$/.test(secret.toString('latin1')) ? WINDOW.words : WINDOW.bytes
  for (let at = 0; at + window <= secret.length; at++) {
    const piece = secret.subarray(at, at + window)
    if (new Set(piece).size < 4) continue
    pieces
      .add(piece.toString('hex'))
      .add(piece.toString('latin1'))
      .add([...piece].join(','))
    for (const shift of [0, 1, 2]) {
      // Of a piece that begins elsewhere in a group of three, only the characters between are its own.
      const shown = Buffer.concat([Buffer.alloc(shift), piece])
      const own = [Math.ceil((shift * 8) / 6), Math.floor((shown.length * 8) / 6)]
      for (const coding of ['base64', 'base64url'] as const) pieces.add(shown.toString(coding).slice(...own))
    }
  }
  return [...pieces]
}

/** What `unpack --json` tells: members with their digests, and damage. */
function toldOf(json: string) {
  const { entries, unpacked } = JSON.parse(json) as {
    entries: readonly { readonly path: string; readonly sha256: string | null }[]
    unpacked: { readonly damage: readonly { readonly message: string }[] }
  }
  return { members: entries.map(({ path, sha256 }) => `${path} ${sha256}`), damage: unpacked.damage }
}

const FORMS = ['json', 'html', 'sarif', 'junit', 'cyclonedx', 'oscal'] as const

describe('a key that decrypts an image', () => {
  it.each(KINDS)(
    'opens it and enters no report: %s',
    (_, format, imageName, keyName, language) => {
      const [image, key] = [file(format, imageName), file(format, keyName)]
      const into = mkdtempSync(join(folder, 'said-'))
      const said: [what: string, text: string][] = []
      const run = (...args: string[]): string => {
        const { code, out, err } = messlatte([...args, image, '--key', key])
        expect([0, 1], err).toContain(code)
        said.push([args[0] as string, out], [`${args[0]}, standard error`, err])
        return out
      }
      run('unpack')
      run('unpack', '--map')
      const opened = toldOf(run('unpack', '--json', '-o', join(into, 'out')))
      said.push(['names of what is written', readdirSync(join(into, 'out'), { recursive: true }).join('\n')])
      const target = (form: string) => join(into, `result.${form}`)
      run('check', '--lang', language, ...FORMS.flatMap((form) => [`--${form}`, target(form)]))
      for (const form of FORMS) said.push([form, readFileSync(target(form), 'latin1')])

      expect(opened.damage).toEqual([])
      expect(opened.members).not.toEqual(toldOf(messlatte(['unpack', '--json', image]).out).members)
      const pieces = secretsIn(key).flatMap(piecesOf)
      expect(pieces.length).toBeGreaterThan(10)
      for (const [what, text] of said)
        for (const piece of pieces) if (text.includes(piece)) expect.fail(`${what} shows ${piece}`)
    },
    300_000,
  )

  it('that cannot be read is refused without a word of what is in it', () => {
    const large = join(folder, 'large.key')
    writeFileSync(large, 'correct horse battery staple\n'.repeat(100_000))
    const image = file('swupdate', 'positive/encrypted.swu')
    for (const path of [large, folder, join(folder, 'none')]) {
      const { code, out, err } = messlatte(['check', image, '--key', path])
      expect(code).toBe(2)
      expect(err).toContain(path)
      expect(out + err).not.toContain('horse')
    }
  })
})
