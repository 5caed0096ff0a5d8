import { type Bytes, Reader, sha256 } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { BootcodeFact, SigFact } from './facts.ts'

/** Bytes: modulus and exponent. */
export const KEY = 264
const SIGNATURE = 256
const TRAILER = 12
const MAX_SIG = 4096
const MAX_BOOTCODE = 1024 * 1024
/** Keys below are the maker's own. */
const CUSTOMER = 16

export function lookAtRaspberryPi(artefact: Artefact, out: MapOut): void {
  const { name, bytes } = artefact
  if (name.endsWith('.sig')) {
    const sig = bytes.size <= MAX_SIG ? parseSig(artefact.text()) : undefined
    if (sig) out.fact('boot.rpi.sig', placeOf(artefact), sig)
  } else if (name === 'pubkey.bin') {
    if (bytes.size === KEY) out.fact('boot.rpi.key', placeOf(artefact), { key: hexAt(bytes, 0, KEY) })
  } else if (/^bootcode.{0,64}\.bin$|^bootcode$/.test(name)) {
    const bootcode = parseBootcode(bytes)
    if (bootcode) out.fact('boot.rpi.bootcode', placeOf(artefact), bootcode)
  } else {
    const isConfiguration = name === 'bootconf.txt'
    const signedBoot = isConfiguration && /^[ \t]{0,8}SIGNED_BOOT=1\b/m.test(artefact.text())
    out.fact('boot.rpi.file', placeOf(artefact), { signedBoot, isConfiguration })
  }
}

/** A line of a digest, then `key: value`. */
export function parseSig(text: string): SigFact | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const digest = /^[0-9a-fA-F]{64}$/.exec(lines[0] ?? '')?.[0]
  if (digest === undefined) return undefined
  const value = (key: string) =>
    lines
      .find((line) => line.startsWith(`${key}:`))
      ?.slice(key.length + 1)
      .trim()
  const signature = value('rsa2048')
  const timestamp = value('ts')
  return {
    digest: digest.toLowerCase(),
    signature:
      signature !== undefined && /^[0-9a-fA-F]{512}$/.test(signature) ? signature.toLowerCase() : undefined,
    timestamp: timestamp !== undefined && /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : undefined,
  }
}

/** Code, its length, the number of the key, a version, then a signature over all of that, and the key: little endian. */
export function parseBootcode(bytes: Bytes): BootcodeFact | undefined {
  const length = bytes.size - TRAILER - SIGNATURE - KEY
  if (length <= 0 || bytes.size > MAX_BOOTCODE) return undefined
  const reader = new Reader(bytes.view(length, TRAILER), 'little')
  const [stated, number, version] = [reader.u32(), reader.u32(), reader.u32()]
  if (stated !== length || number !== CUSTOMER || version > 32) return undefined
  return {
    version,
    digest: sha256(bytes.view(0, length + TRAILER)),
    signature: hexAt(bytes, length + TRAILER, SIGNATURE),
    key: hexAt(bytes, length + TRAILER + SIGNATURE, KEY),
  }
}

function hexAt(bytes: Bytes, at: number, length: number): string {
  return Buffer.from(bytes.view(at, length)).toString('hex')
}
