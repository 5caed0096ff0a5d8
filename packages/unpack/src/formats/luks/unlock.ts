import { createHash, timingSafeEqual } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { passphrasesOf } from '../passphrases.ts'
import { deriveKey, digestLength, NotDerived } from './derive.ts'
import { SECTOR, sectorCipher } from './sectors.ts'
import type { KeySlots, Slot } from './slots.ts'

/** Pairs of a passphrase and a slot that are tried; each may take seconds. */
const MOST_TRIES = 32

export interface Unlocked {
  /** The key of the volume, where one of the passphrases fits. */
  readonly key: Uint8Array | undefined
  /** Why slots were not tried, each once. */
  readonly untried: readonly string[]
}

/** The key of a volume, which a passphrase or the content of a key file gives. */
export function unlock(
  bytes: Bytes,
  start: number,
  { slots, digest }: KeySlots,
  keys: readonly KeyMaterial[],
): Unlocked {
  const untried = new Set<string>()
  let tries = 0
  for (const passphrase of keys.flatMap(passphrasesOf)) {
    for (const slot of slots) {
      if (++tries > MOST_TRIES)
        return { key: undefined, untried: [...untried, `more than ${MOST_TRIES} tries`] }
      try {
        const key = keyIn(bytes, start, slot, passphrase)
        const told = deriveKey(key, digest.derivation, digest.value.length)
        if (told.length > 0 && timingSafeEqual(told, digest.value)) return { key, untried: [] }
      } catch (error) {
        if (!(error instanceof NotDerived)) throw error
        untried.add(error.message)
      }
    }
  }
  return { key: undefined, untried: [...untried] }
}

/** LUKS1 On-Disk Format Specification 1.2.3, section 2.4: the stripes are decrypted, and run together. */
function keyIn(bytes: Bytes, start: number, slot: Slot, passphrase: Uint8Array): Buffer {
  const { derivation, keyLength, volumeKeyLength, cipher, at, stripes, hash } = slot
  const material = Buffer.alloc(Math.ceil((volumeKeyLength * stripes) / SECTOR) * SECTOR)
  copyStretch(bytes, start + at, material)
  const decrypt = sectorCipher(cipher, deriveKey(passphrase, derivation, keyLength), SECTOR)
  if (!decrypt) throw new NotDerived(`its slots are encrypted with ${cipher}`)
  decrypt(material, 0)
  return merged(material, volumeKeyLength, stripes, hash)
}

/** LUKS1 On-Disk Format Specification 1.2.3, section 2.4, AFmerge. */
function merged(material: Buffer, length: number, stripes: number, hash: string): Buffer {
  const key = Buffer.alloc(length)
  for (let stripe = 0; stripe < stripes; stripe++) {
    for (let i = 0; i < length; i++) key[i] = (key[i] as number) ^ (material[stripe * length + i] as number)
    if (stripe < stripes - 1) diffuse(key, hash)
  }
  return key
}

/** Each piece as long as a digest becomes the digest of its number and itself. */
function diffuse(key: Buffer, hash: string): void {
  const step = digestLength(hash)
  const number = Buffer.alloc(4)
  for (let at = 0; at < key.length; at += step) {
    number.writeUInt32BE(at / step)
    const piece = key.subarray(at, at + step)
    createHash(hash).update(number).update(piece).digest().copy(piece, 0, 0, piece.length)
  }
}
