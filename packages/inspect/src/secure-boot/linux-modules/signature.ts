import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import { readPkcs7 } from '../pkcs7/read.ts'
import type { ModuleSignature } from './facts.ts'

/** Linux kernel, include/linux/module_signature.h: it ends the file. */
const MARK = '~Module signature appended~\n'
/** Before it: algorithm, hash, kind, lengths of signer and key id, three zeros, length (big endian). */
const TRAILER = 12
const PKCS7 = 2
/** Bytes; a signature without certificates has 0.4 to 0.8 KiB. */
const MOST_SIGNATURE = 16 * 1024
const WINDOW = 256 * 1024

/** What is at the end of a module. */
export function moduleSignature(bytes: Bytes): ModuleSignature {
  const { size } = bytes
  if (size < MARK.length || latin1(bytes.view(size - MARK.length, MARK.length)) !== MARK)
    return { state: 'none' }
  const trailerAt = size - MARK.length - TRAILER
  if (trailerAt < 0) return { state: 'broken' }
  const reader = new Reader(bytes.view(trailerAt, TRAILER), 'big')
  const [, , kind, signer, keyId] = [reader.u8(), reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  reader.skip(3)
  const length = reader.u32()
  const offset = trailerAt - length
  if (offset <= 0 || length === 0 || length > MOST_SIGNATURE) return { state: 'broken' }
  if (kind !== PKCS7) return { state: 'old' }
  if (signer !== 0 || keyId !== 0) return { state: 'broken' }
  const der = bytes.view(offset, length)
  const signed = readPkcs7(der)
  if (!signed || signed.signers.length === 0) return { state: 'broken' }
  const names = new Set(signed.signers.flatMap(({ digest, scheme }) => [digest, schemeDigest(scheme)]))
  const digests = Object.fromEntries(
    [...names].flatMap((name) => (name === undefined ? [] : [[name, digestUpTo(bytes, offset, name)]])),
  )
  return { state: 'pkcs7', offset, length, der: Buffer.from(der).toString('base64'), digests }
}

function schemeDigest(scheme: object | undefined): string | undefined {
  return scheme && 'digest' in scheme ? String(scheme.digest) : undefined
}

function digestUpTo(bytes: Bytes, end: number, algorithm: string): string {
  const hash = createHash(algorithm)
  forEachWindow(bytes, 0, end, WINDOW, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}
