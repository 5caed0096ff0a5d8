import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, sha256 } from '@messlatte/bytes'
import { parseStm32 } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { Stm32Fact } from './facts.ts'

const STEP = 256 * 1024

export function lookAtStm32(artefact: Artefact, out: MapOut): void {
  const fact = readStm32(artefact.bytes)
  if (fact) out.fact('boot.stm32.image', placeOf(artefact), fact)
}

export function readStm32(bytes: Bytes): Stm32Fact | undefined {
  const image = parseStm32(bytes, 0)
  if (!image) return undefined
  const { payload, key, table, signature } = image
  const whole = payload.to <= bytes.size
  const hash = createHash('sha256')
  let sum = 0
  if (whole) {
    for (const { from, to } of image.signed) add(bytes, from, to, (window) => hash.update(window))
    add(bytes, payload.from, payload.to, (window) => {
      for (const byte of window) sum = (sum + byte) >>> 0
    })
  }
  return {
    header: `${image.major}.${image.minor}`,
    authenticated: image.authenticated,
    encrypted: image.encrypted,
    hasSignature: signature.some((byte) => byte !== 0),
    whole,
    checksumHolds: whole && sum === image.checksum,
    version: image.version,
    signature: hex(signature.subarray(0, 64)),
    digest: hash.digest('hex'),
    algorithm: key?.algorithm,
    point: key && hex(key.point),
    table: table && {
      index: table.index,
      hashes: table.hashes.map(hex),
      sha256: sha256(Buffer.concat(table.hashes)),
    },
    payload,
  }
}

function add(bytes: Bytes, from: number, to: number, use: (window: Uint8Array) => void): void {
  forEachWindow(bytes, from, to, STEP, 0, (window) => {
    use(window)
    return true
  })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
