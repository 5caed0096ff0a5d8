import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest } from '../signatures/digests.ts'
import {
  armoredBlocks,
  clearSigned,
  type OpenpgpSignature,
  openpgpHolds,
  readOpenpgpKeys,
  readOpenpgpSignatures,
} from './index.ts'

function file(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
}

const MESSAGE = file('message')
const KINDS = ['rsa2048', 'ed25519', 'nistp256', 'nistp384', 'brainpoolP256r1', 'curve25519-6', 'rsa-6']

/** By the first of the keys that the signature names. */
function holds(ring: Uint8Array, signature: OpenpgpSignature, message: Uint8Array): boolean | undefined {
  const key = readOpenpgpKeys(ring).find(({ id }) => signature.issuers.includes(id))?.key
  const { before, after, digest: name } = signature
  return key && name && openpgpHolds(signature, key, digest(name, before, message, after))
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

describe('OpenPGP', () => {
  it.each(KINDS)('verifies detached signatures: %s', (kind) => {
    const [signature, ...more] = readOpenpgpSignatures(file(`${kind}.sig`))
    if (!signature) throw new Error('no signature')
    expect(more).toEqual([])
    expect(signature.version).toBe(kind.endsWith('-6') ? 6 : 4)
    expect(signature.type).toBe(0)
    expect(signature.created).toBeGreaterThan(1_700_000_000)
    const ring = file(`${kind}.gpg`)
    expect(holds(ring, signature, MESSAGE)).toBe(true)
    expect(holds(ring, signature, flipped(MESSAGE, 3))).toBe(false)
    expect(holds(ring, { ...signature, after: flipped(signature.after, 1) }, MESSAGE)).toBe(false)
    const other = file(kind === 'rsa2048' ? 'ed25519.gpg' : 'rsa2048.gpg')
    expect(holds(other, signature, MESSAGE)).toBeUndefined()
  })

  it.each(KINDS.filter((kind) => !kind.endsWith('-6')))('verifies clear-signed texts: %s', (kind) => {
    const found = clearSigned(file(`${kind}.asc`))
    const [signature] = readOpenpgpSignatures(found?.signatures ?? new Uint8Array(0))
    if (!found || !signature) throw new Error('no signature')
    expect(found.text).toContain('\n- dashed\n')
    expect(found.more).toBe(false)
    const ring = file(`${kind}.gpg`)
    expect(signature.type).toBe(1)
    expect(holds(ring, signature, found.message)).toBe(true)
    expect(holds(ring, signature, flipped(found.message, 0))).toBe(false)
  })

  it('tells what stands around a signed text', () => {
    const text = file('rsa2048.asc')
    expect(clearSigned(Buffer.concat([Buffer.from('more\n'), text]))?.more).toBe(true)
    expect(clearSigned(Buffer.concat([text, Buffer.from('more\n')]))?.more).toBe(true)
    expect(clearSigned(MESSAGE)).toBeUndefined()
  })

  it('reads armour, and binary as it is', () => {
    const binary = file('rsa2048.gpg')
    expect(armoredBlocks(binary, 'PUBLIC KEY BLOCK')).toEqual([binary])
    const text = `-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: a\n\n${binary.toString('base64')}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n`
    expect(armoredBlocks(Buffer.from(text), 'PUBLIC KEY BLOCK')).toEqual([binary])
    expect(armoredBlocks(Buffer.from(text), 'SIGNATURE')).toEqual([])
  })

  it('gives an answer for any bytes', () => {
    for (const kind of KINDS)
      for (const name of [`${kind}.gpg`, `${kind}.sig`]) {
        const whole = file(name)
        fc.assert(
          fc.property(
            fc.nat(whole.length - 1),
            fc.uint8Array({ minLength: 1, maxLength: 16 }),
            (at, bytes) => {
              const changed = Buffer.from(whole)
              changed.set(bytes.subarray(0, whole.length - at), at)
              readOpenpgpKeys(changed)
              readOpenpgpSignatures(changed.subarray(0, whole.length - (at % 4)))
            },
          ),
          { numRuns: 50 },
        )
      }
  })
})
