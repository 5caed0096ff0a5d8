import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, mappedBytes, rsaSpki, sha256 } from '@messlatte/bytes'
import { IDB_HASHED, parseRockchipIdb, parseRockchipIdbV1, rockchipSpread } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { RockchipFact } from './facts.ts'

const STEP = 256 * 1024

export function lookAtRockchip(artefact: Artefact, out: MapOut): void {
  const fact = readIdb(artefact.bytes)
  if (fact) out.fact('boot.rockchip.idb', placeOf(artefact), fact)
  const older = parseRockchipIdbV1(artefact.bytes, 0)
  if (!older) return
  const { hidden, tag, spread, second } = older
  // Where it begins in the file, also when only every other block of it counts.
  const first = spread ? { ...older.first, at: 2 * older.first.at } : older.first
  out.fact('boot.rockchip.older-idb', placeOf(artefact), { hidden, tag, first, images: second ? 2 : 1 })
}

export function readIdb(bytes: Bytes): RockchipFact | undefined {
  const idb = parseRockchipIdb(bytes, 0)
  if (!idb) return undefined
  const { hash, signed, bits, proof } = idb
  const digest = digestOf(bytes, hash, 0, IDB_HASHED)
  const spki = signed ? rsaSpki(idb.modulus, idb.exponent) : undefined
  return {
    hash,
    signed,
    bits,
    spki: spki?.toString('base64'),
    keyDigest: sha256(idb.keyArea),
    signature: Buffer.from(proof).toString('base64'),
    digest: digest.toString('hex'),
    digestHolds: !signed && digest.equals(proof),
    images: idb.images.map(({ at, length, digest: stated }) => {
      const image = { at, length }
      if ((at + length) * (idb.spread ? 2 : 1) > bytes.size) return { ...image, result: 'cut-off' }
      const whole = idb.spread ? mappedBytes(bytes, length, rockchipSpread(image, 0, bytes.size)) : bytes
      const found = digestOf(whole, hash, idb.spread ? 0 : at, length)
      return { ...image, result: found.equals(stated) ? 'match' : 'mismatch' }
    }),
  }
}

function digestOf(bytes: Bytes, name: string, at: number, length: number): Buffer {
  const hash = createHash(name)
  forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest()
}
