import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** Sectors count in this unit, however large those are that are encrypted as one. */
export const SECTOR = 512

/** Decrypts, in place, whole sectors; `first` counts units of 512 bytes. */
export type SectorCipher = (data: Uint8Array, first: number) => void

/** Where dm-crypt takes the vector of a sector from. */
type Vectors = (sector: number) => Uint8Array

/**
 * What decrypts with a cipher as dm-crypt names it: AES in XTS or CBC mode with plain, plain64 or ESSIV vectors. Undefined
 * for what is none of these. Linux kernel, Documentation/admin-guide/device-mapper/dm-crypt.rst.
 */
export function sectorCipher(name: string, key: Uint8Array, sectorSize: number): SectorCipher | undefined {
  const [, mode, vector, hash] = /^aes-(xts|cbc)-(plain|plain64|essiv)(?::([\w-]+))?$/.exec(name) ?? []
  const vectors = vectorsOf(vector, hash, key)
  const bits = (mode === 'xts' ? key.length / 2 : key.length) * 8
  if (!vectors || ![128, 192, 256].includes(bits) || (mode === 'xts' && bits === 192)) return undefined
  const cipher = `aes-${bits}-${mode}`
  return (data, first) => {
    for (let at = 0; at + sectorSize <= data.length; at += sectorSize) {
      const sector = data.subarray(at, at + sectorSize)
      const decipher = createDecipheriv(cipher, key, vectors(first + at / SECTOR)).setAutoPadding(false)
      sector.set(decipher.update(sector))
    }
  }
}

function vectorsOf(kind: string | undefined, hash: string | undefined, key: Uint8Array): Vectors | undefined {
  switch (kind) {
    case 'plain':
      return hash === undefined ? (sector) => numbered(sector % 2 ** 32) : undefined
    case 'plain64':
      return hash === undefined ? numbered : undefined
    case 'essiv':
      return hash === 'sha256' ? encryptedNumbers(createHash('sha256').update(key).digest()) : undefined
    default:
      return undefined
  }
}

function numbered(sector: number): Buffer {
  const vector = Buffer.alloc(16)
  vector.writeBigUInt64LE(BigInt(sector))
  return vector
}

function encryptedNumbers(salt: Uint8Array): Vectors {
  const cipher = createCipheriv('aes-256-ecb', salt, null).setAutoPadding(false)
  return (sector) => cipher.update(numbered(sector))
}
