import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { CurveName, PublicKey } from '@messlatte/bytes'

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

function makeKey(kind: KeyKind): KeyObject {
  switch (kind.type) {
    case 'rsa':
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
