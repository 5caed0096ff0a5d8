import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { CurveName, PublicKey } from '@messlatte/bytes'
import { NotMade, text } from '../contract.ts'

/** What a key has to be like, so that nothing but its number is another one. */
export type KeyKind =
  | { readonly type: 'rsa'; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: CurveName }
  | { readonly type: 'ed25519' }

/** Private keys that are made at run time and written nowhere: one for each role and kind. */
export interface ThrowAwayKeys {
  keyFor(role: string, kind: KeyKind): KeyObject
}

export function throwAwayKeys(): ThrowAwayKeys {
  const made = new Map<string, KeyObject>()
  return {
    keyFor(role, kind) {
      const name = JSON.stringify([
        role,
        kind.type,
        kind.type === 'rsa' ? kind.bits : kind.type === 'ec' ? kind.curve : '',
      ])
      const key = made.get(name) ?? makeKey(kind)
      made.set(name, key)
      return key
    },
  }
}

/** Bits. A size comes from the file: larger ones would take minutes. */
const LEAST_RSA = 1024
const MOST_RSA = 8192
const SIZE = text(
  'RSA keys are made here with 1,024 to 8,192 bits.',
  'RSA-Schlüssel werden hier mit 1.024 bis 8.192 Bit erzeugt.',
)

function makeKey(kind: KeyKind): KeyObject {
  switch (kind.type) {
    case 'rsa':
      if (kind.bits < LEAST_RSA || kind.bits > MOST_RSA || kind.bits % 8 !== 0) throw new NotMade(SIZE)
      return generateKeyPairSync('rsa', { modulusLength: kind.bits, publicExponent: 65537 }).privateKey
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: kind.curve }).privateKey
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey
  }
}

export function kindOf(key: PublicKey): KeyKind {
  switch (key.type) {
    case 'rsa':
      return { type: 'rsa', bits: key.bits }
    case 'ec':
      return { type: 'ec', curve: key.curve }
    case 'ed25519':
      return { type: 'ed25519' }
  }
}
