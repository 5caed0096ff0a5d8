import { DerError, latin1, pemBlocks, readCertificate, sizeAt } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { moduleSignature } from './signature.ts'

/** How the body of a certificate begins: version 3, then the tag of its serial number. RFC 5280, section 4.1. */
const CERTIFICATE = '\xa0\x03\x02\x01\x02\x02'
/** Bytes of the two headers before it, where both lengths take two bytes. */
const CERTIFICATE_LEAD = 8
export const LITERALS: readonly string[] = [CERTIFICATE]

const MODULE = /\.ko$/
/** A module that is compressed by itself: nothing but its archive tells what the content is called. */
const COMPRESSED = /\/([^/]+\.ko)\.(?:xz|gz|zst|lzma|lz4|bz2)@0x0:[a-z0-9]+\/[^/]+$/
const FILE = /\.(?:x509|pem|crt|cer|der)$/i
/** Authorities of the web sign no modules. */
const AUTHORITIES = /(?:^|\/)(?:etc\/ssl\/certs|ca-certificates|etc\/pki)\//
/** What a stream without a name holds. */
const CONTENT = /^content$/
export const PATHS: readonly RegExp[] = [MODULE, CONTENT, FILE]

const RELOCATABLE = 1
const MOST_FILE = 32 * 1024
/** Places that are tried: real ones stand where they begin. */
const MOST_TRIES = 1000
const MOST_CERTIFICATES = 64

/** What a kernel may be in before it can be searched. */
const WITHIN_KERNEL = new Set([
  'kernel',
  'gzip',
  'lz4',
  'xz',
  'lzma',
  'zstd',
  'bzip2',
  'lzop',
  'elf',
  'unknown',
])

/** Map: modules, and certificates in kernels and files. */
export function lookAtModules(artefact: Artefact, out: MapOut): void {
  if (isModule(artefact)) {
    const signature = moduleSignature(artefact.bytes)
    const fact = { system: systemOf(artefact), name: nameOf(artefact), signature }
    out.fact('boot.linux.module', placeOf(artefact), fact)
    return
  }
  if (isWithinKernel(artefact.path)) lookAtKernel(artefact, out)
  else if (artefact.type === 'file' && FILE.test(artefact.inner)) lookAtFile(artefact, out)
}

/** An ELF file that is to be linked, and called a module. */
function isModule({ bytes, type, inner, path }: Artefact): boolean {
  if (type !== 'file' || bytes.size < 64 || !(MODULE.test(inner) || COMPRESSED.test(path))) return false
  const header = bytes.view(0, 18)
  const kind = header[5] === 2 ? header[17] : header[16]
  return latin1(header.subarray(0, 4)) === '\x7fELF' && kind === RELOCATABLE
}

function systemOf({ path, root }: Artefact): string {
  const at = path.search(/\/?lib\/modules\//)
  return at > 0 ? path.slice(0, at) : root
}

function nameOf({ path, name }: Artefact): string {
  return COMPRESSED.exec(path)?.[1] ?? name
}

function isWithinKernel(path: string): boolean {
  const at = path.indexOf(':kernel/')
  if (at < 0 || path.endsWith(':kernel/certificates')) return false
  const formats = [...path.slice(at).matchAll(/:([a-z][a-z0-9-]*)(?=[/@]|$)/g)].map(
    (match) => match[1] as string,
  )
  return formats.every((format) => WITHIN_KERNEL.has(format))
}

/** Certificates that were compiled in: of the builder, of a distribution, of a maker. */
function lookAtKernel(artefact: Artefact, out: MapOut): void {
  const { bytes, hits } = artefact
  let found = 0
  for (const { literal, offset } of hits.slice(0, MOST_TRIES)) {
    const at = offset - CERTIFICATE_LEAD
    if (literal !== CERTIFICATE || at < 0 || found >= MOST_CERTIFICATES) continue
    const size = sizeAt(bytes.view(at, CERTIFICATE_LEAD))
    if (size === undefined || size > MOST_FILE || at + size > bytes.size) continue
    if (give(artefact, bytes.view(at, size), at, 'kernel', out)) found++
  }
}

function lookAtFile(artefact: Artefact, out: MapOut): void {
  const { bytes, inner } = artefact
  if (bytes.size > MOST_FILE || bytes.size < 100 || AUTHORITIES.test(inner)) return
  for (const der of pemBlocks(bytes.view(0, bytes.size), 'CERTIFICATE').slice(0, MOST_CERTIFICATES))
    give(artefact, der, 0, 'file', out)
}

function give(
  artefact: Artefact,
  der: Uint8Array,
  at: number,
  kept: 'kernel' | 'file',
  out: MapOut,
): boolean {
  try {
    const { sha256 } = readCertificate(der)
    const place = kept === 'kernel' ? placeOf(artefact, at, der.length) : placeOf(artefact)
    out.fact('boot.linux.certificate', place, { der: Buffer.from(der).toString('base64'), sha256, kept })
    return true
  } catch (error) {
    if (error instanceof DerError) return false
    throw error
  }
}
