import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import {
  announced,
  asProgram,
  distinctPaths,
  hashStretch,
  isZero,
  type StoredMember,
  storedAsIs,
  wrapped,
} from '../members.ts'
import { HEADER, MAGIC, parseRockchipTrust, type RockchipTrust } from './parse.ts'

export const rockchipTrust: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rockchip-trust',
  title: 'Rockchip image of the secure world (trust.img of 64-bit chips: BL31, BL32)',
  references: ['Rockchip (github.com/rockchip-linux/rkbin), tools/trust_merger and RKTRUST'],
  limits: [
    'signatures are shown, not verified',
    'hashes other than SHA-256 are not compared',
    'contents keep the zeros that they are filled up with',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseRockchipTrust(bytes, at)
    if (!image) return undefined
    const end = Math.max(at + HEADER, ...image.parts.map((part) => part.at + part.length))
    return { start: at, end: Math.min(end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { parts, signatureAt, signatureBytes } = parseRockchipTrust(bytes, start) as RockchipTrust
  if (!isZero(bytes, signatureAt, signatureAt + signatureBytes))
    yield { meta: wrapped('signature'), content: { at: signatureAt, length: signatureBytes } }
  const distinct = distinctPaths()
  for (const { name, at, length, hash } of parts) {
    const path = distinct(name.toLowerCase(), at - start)
    const whole = at + length <= bytes.size
    if (whole && hash && !hashStretch(createHash('sha256'), bytes, at, length).digest().equals(hash))
      problem('checksum', 'its hash differs', path)
    yield asProgram(announced(bytes, path, { at, length }, problem))
  }
}
