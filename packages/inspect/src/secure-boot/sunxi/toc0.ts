import { createHash } from 'node:crypto'
import {
  type Bytes,
  forEachWindow,
  Reader,
  readPublicKey,
  rsaSpki,
  sha256,
  verifiesPkcs1,
} from '@messlatte/bytes'
import { parseSunxiToc0, sunxiSum, type Toc0Item } from '@messlatte/unpack'
import type { Toc0Fact } from './facts.ts'

/** Bytes of an RSA signature and modulus of 2048 bits, and of a key field, which is twice as long. */
const RSA = 256
const FIELD = 512
const KEY_HEADER = 24
const MAX_ITEM = 64 * 1024
const STEP = 256 * 1024

/** A key: SubjectPublicKeyInfo, modulus and exponent, big endian. */
interface Toc0Key {
  readonly spki: Buffer
  readonly modulus: Uint8Array
  readonly exponent: Uint8Array
}

export function readToc0(bytes: Bytes): Toc0Fact | undefined {
  const toc = parseSunxiToc0(bytes, 0)
  if (!toc) return undefined
  const item = (name: string) => toc.items.find((one) => one.name === name)
  const content = (one: Toc0Item | undefined) =>
    one && one.length <= MAX_ITEM && one.at + one.length <= bytes.size
      ? bytes.view(one.at, one.length)
      : undefined
  const [certificate, keyItem] = [content(item('certificate')), content(item('key'))]
  const read = certificate && readCertificate(certificate)
  const root = keyItem && readKeyItem(keyItem, read?.key)
  const top = root ?? read
  const firmware = item('firmware')
  return {
    whole: toc.length <= bytes.size,
    checksumHolds: toc.length <= bytes.size && sunxiSum(bytes, 0, toc.length, toc.checksum) === toc.checksum,
    key: read?.key?.spki.toString('base64'),
    rootKey: root?.key?.spki.toString('base64'),
    digests: top?.key ? digestsOf(top.key) : [],
    rootVouches: keyItem && root?.vouches === true,
    signature: read && { value: read.signature.toString('base64'), digest: read.digest },
    firmware: firmwareResult(bytes, firmware, read?.firmware),
    items: toc.items.map(({ name }) => name),
  }
}

/**
 * The certificate, as the ROM reads it: at fixed places, and signed over as many bytes as its inner sequence has, from the
 * tag of that on, so that the last four are left out. U-Boot, tools/sunxi_toc0.c.
 */
function readCertificate(content: Uint8Array) {
  if (content.length < 8 + RSA || content[0] !== 0x30 || content[4] !== 0x30 || content[5] !== 0x82)
    return undefined
  const length = new Reader(content, 'big', 6).u16()
  const inner = content.subarray(4, 8 + length)
  const keyAt = Buffer.from(inner).indexOf(Buffer.from([0x02, 0x82, 0x01, 0x00]))
  if (8 + length > content.length - RSA || keyAt < 0 || inner.length < keyAt + 4 + RSA + 2) return undefined
  const exponentAt = keyAt + 4 + RSA
  const size = inner[exponentAt + 1] ?? 0
  const modulus = inner.slice(keyAt + 4, exponentAt)
  const exponent = inner.slice(exponentAt + 2, exponentAt + 2 + size)
  return {
    key: keyOf(modulus, exponent),
    signature: Buffer.from(content.subarray(content.length - RSA)),
    digest: sha256(content.subarray(4, 4 + length)),
    // The digest of the firmware is the last thing of the inner sequence.
    firmware: Buffer.from(inner.subarray(inner.length - 32)).toString('hex'),
  }
}

/** A root key, the certificate's key, and a signature of the one over the other. */
function readKeyItem(content: Uint8Array, certificateKey: Toc0Key | undefined) {
  if (content.length < KEY_HEADER + 2 * FIELD + 32 + RSA) return undefined
  const reader = new Reader(content, 'little', 4)
  const [n0, e0, n1, e1, size] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ] as const
  if (n0 + e0 > FIELD || n1 + e1 > FIELD || size !== RSA) return undefined
  const at = KEY_HEADER
  const root = keyOf(content.slice(at, at + n0), content.slice(at + n0, at + n0 + e0))
  const next = keyOf(
    content.slice(at + FIELD, at + FIELD + n1),
    content.slice(at + FIELD + n1, at + FIELD + n1 + e1),
  )
  const signedEnd = at + 2 * FIELD + 32
  const signature = content.slice(signedEnd, signedEnd + RSA)
  const key = root && readPublicKey(root.spki)
  const digest = createHash('sha256').update(content.subarray(0, signedEnd)).digest()
  const holds = key?.type === 'rsa' && verifiesPkcs1(key.key, signature, digest)
  const same = next !== undefined && certificateKey !== undefined && next.spki.equals(certificateKey.spki)
  return { key: root, vouches: holds && same }
}

function keyOf(modulus: Uint8Array, exponent: Uint8Array): Toc0Key | undefined {
  const spki = rsaSpki(modulus, exponent)
  return spki && { spki, modulus, exponent }
}

function digestsOf({ modulus, exponent }: Toc0Key): readonly string[] {
  const both = Buffer.concat([modulus, exponent])
  const field = Buffer.alloc(FIELD)
  both.copy(field)
  return [sha256(modulus), sha256(both), sha256(field)]
}

function firmwareResult(
  bytes: Bytes,
  item: Toc0Item | undefined,
  stated: string | undefined,
): Toc0Fact['firmware'] {
  if (!item || stated === undefined || item.at + item.length > bytes.size) return 'not-here'
  const hash = createHash('sha256')
  forEachWindow(bytes, item.at, item.at + item.length, STEP, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex') === stated ? 'match' : 'mismatch'
}
