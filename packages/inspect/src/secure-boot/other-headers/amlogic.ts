import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { BootHeader } from './header.ts'

/** Behind a nonce; on a card, behind its first sector as well. */
const STARTS = [16, 528] as const
const HEADER = 64
const MAX_TOTAL = 16 * 1024 * 1024
/** Bytes of a signature by its type: RSA of 1,024, 2,048 and 4,096 bits. */
const RSA: Readonly<Record<number, number>> = { 1: 128, 2: 256, 3: 512 }
const SHA256 = 32
const STEP = 256 * 1024

/** Hardkernel, U-Boot for ODROID-C2, plat/gxb/crypto/secureboot.c (`st_aml_block_header`); meson-tools, aml.h: little endian. */
export function readAmlogic(bytes: Bytes): BootHeader | undefined {
  for (const at of STARTS) {
    const header = at + HEADER <= bytes.size ? readAt(bytes, at) : undefined
    if (header) return header
  }
  return undefined
}

function readAt(bytes: Bytes, at: number): BootHeader | undefined {
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (latin1(reader.take(4)) !== '@AML') return undefined
  const total = reader.u32()
  const [size, rootKey, major, minor] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  reader.skip(4)
  const [type, offset, length, hashedFrom] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const [keyType, keyOffset, keyLength, hashed] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (size !== HEADER || offset !== HEADER || major !== 1 || minor > 1) return undefined
  if (type === 0 ? length < SHA256 : RSA[type] !== length) return undefined
  const proof = type === 0 ? SHA256 : length
  if (hashedFrom < offset + proof || hashedFrom + hashed > total || total > MAX_TOTAL) return undefined
  const digest = type === 0 ? digestAt(bytes, at, hashedFrom, hashed) : undefined
  return {
    name: { en: 'block header of Amlogic', de: 'Blockkopf von Amlogic' },
    at,
    length: HEADER,
    level: digest === 'mismatch' ? 'E0' : type === 0 ? 'E2' : 'E3',
    fields: {
      totalSize: total,
      version: `${major}.${minor}`,
      rootKeyIndex: rootKey,
      signatureType: type,
      signatureLength: length,
      hashedFrom,
      hashedLength: hashed,
      keyType,
      keyOffset,
      keyLength,
      digest: digest ?? null,
    },
    notVerified:
      type === 0
        ? digest
          ? []
          : ['SHA-256: its data are not all here']
        : ['RSA signature', 'digest of its key'],
    repeat: `xxd -s ${at} -l ${HEADER} FILE; the fields stand in aml.h of meson-tools, whose amlinfo tells them`,
  }
}

/** Over the header and what it names; undefined where that is not all here. */
function digestAt(bytes: Bytes, at: number, from: number, length: number): 'match' | 'mismatch' | undefined {
  if (at + from + length > bytes.size) return undefined
  const hash = createHash('sha256').update(bytes.view(at, HEADER))
  forEachWindow(bytes, at + from, at + from + length, STEP, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest().equals(bytes.view(at + HEADER, SHA256)) ? 'match' : 'mismatch'
}
