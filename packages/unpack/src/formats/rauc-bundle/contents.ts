import { createDecipheriv } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { openEnvelope, signedContent } from './cms.ts'
import { BLOCK, type BundleManifest, dataBlocksOf, parseBundleManifest, type RaucBundle } from './parse.ts'

/** What can be told of a bundle with what is in it and with the keys that are there. */
export interface BundleContents {
  /** The signed structure that was within an envelope. */
  readonly opened: Uint8Array | undefined
  /** The signed manifest, as it is stored. */
  readonly manifest: Uint8Array | undefined
  readonly settings: BundleManifest | undefined
  /** Bytes of the payload without its hash tree; undefined where that cannot be told. */
  readonly dataLength: number | undefined
  readonly isEncrypted: boolean
  /** AES-256. */
  readonly key: Uint8Array | undefined
}

export function contentsOf(bytes: Bytes, bundle: RaucBundle, keys: readonly KeyMaterial[]): BundleContents {
  const { payload, signature } = bundle
  const cms = bytes.view(signature.at, signature.length)
  const opened = bundle.enveloped ? firstOf(keys, (key) => openEnvelope(cms, key.bytes)) : undefined
  const manifest = signedContent(opened ?? cms)
  const settings = manifest && parseBundleManifest(manifest)
  const isEncrypted = bundle.squashfs === undefined
  const key = isEncrypted
    ? (settings?.cryptKey ?? firstOf(keys, (one) => rawKey(bytes, bundle, one.bytes)))
    : undefined
  const told = settings?.veritySize === undefined ? undefined : payload.length - settings.veritySize
  const isTold = told !== undefined && told > 0 && told % BLOCK === 0
  const counted = isEncrypted ? dataBlocksOf(payload.length / BLOCK) : undefined
  const otherwise = counted === undefined ? bundle.squashfs : counted * BLOCK
  return { opened, manifest, settings, dataLength: isTold ? told : otherwise, isEncrypted, key }
}

function firstOf<Result>(
  keys: readonly KeyMaterial[],
  attempt: (key: KeyMaterial) => Result | undefined,
): Result | undefined {
  for (const key of keys) {
    const result = attempt(key)
    if (result !== undefined) return result
  }
  return undefined
}

/** The key of the payload itself, raw or in hex; it fits when a SquashFS comes out. */
function rawKey(bytes: Bytes, bundle: RaucBundle, material: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(material).toString('latin1').trim()
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : material
  if (key.length !== 32) return undefined
  const first = decryptSector(bytes.view(bundle.payload.at, BLOCK), key, 0)
  return first.toString('latin1', 0, 4) === 'hsqs' ? key : undefined
}

/** dm-crypt's aes-cbc-plain64 with sectors of 4096 bytes, counted in units of 512. */
export function decryptPayload(bytes: Bytes, at: number, key: Uint8Array, out: Uint8Array): void {
  for (let done = 0; done < out.length; done += BLOCK)
    out.set(decryptSector(bytes.view(at + done, BLOCK), key, done / 512), done)
}

function decryptSector(sector: Uint8Array, key: Uint8Array, index: number): Buffer {
  const vector = Buffer.alloc(16)
  vector.writeBigUInt64LE(BigInt(index))
  return createDecipheriv('aes-256-cbc', key, vector).setAutoPadding(false).update(sector)
}
