import { DerError, looksSigned, pemBlocks, readCertificate } from '@messlatte/bytes'
import { encodeText, gptIdentities } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { RootHashFact } from './facts.ts'
import { lookAtImages } from './fit.ts'
import { MAGIC, readSuperblock, SUPERBLOCK } from './superblock.ts'
import { type FoundTable, tablesIn, tablesOfTab } from './table.ts'

export const SCRIPT = 'veritysetup'
export const SIGNATURE_PARTITION = '"rootHash"'
/** Names of files that hold a root hash, a signature of one, or a certificate that verifies it. */
const ROOT_HASH = /(?:^|\/)[^/]*root-?_?hash(?:\.(?:txt|hash|hex))?$/i
const SIGNATURE = /\.p7[sb]$/i
const KEYRING = /^(?:etc|usr\/lib|run)\/verity\.d\/[^/]+$/
const CERTIFICATE = /^[^/]+\.(?:crt|cer|pem|der)$/i
const TAB = /^etc\/veritytab$/
export const PATHS: readonly RegExp[] = [ROOT_HASH, SIGNATURE, KEYRING, CERTIFICATE, TAB]
export const DMSETUP = 'dmsetup'
export const FORMATS: readonly string[] = ['fit', 'gpt']

/** Bytes of such files, and superblocks and hashes of one file. */
const MOST_BYTES = 64 * 1024
const MOST_FOUND = 16
/** Partitions of a disk. */
const MOST_PARTS = 128
/** SHA-1 is shorter, but so are many other numbers. */
const HASH = /(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})(?![0-9a-f])/gi

/** Map: superblocks, root hashes, their signatures, and certificates. */
export function lookAtVerity(artefact: Artefact, out: MapOut): void {
  const { hits, inner, type, bytes, format } = artefact
  if (type === 'region' && format === 'fit') lookAtImages(artefact, out)
  else if (type === 'region' && format === 'gpt') lookAtPartitions(artefact, out)
  else lookForSuperblocks(artefact, out)
  if (type !== 'file' && type !== 'unknown') return
  const has = (literal: string) => hits.some((hit) => hit.literal === literal)
  if (has(SIGNATURE_PARTITION)) lookAtSignaturePartition(artefact, out)
  if (bytes.size === 0 || bytes.size > MOST_BYTES) return
  if (has(SCRIPT) || has(DMSETUP)) giveTables(artefact, out, tablesIn(artefact.text()))
  if (TAB.test(inner)) giveTables(artefact, out, tablesOfTab(artefact.text()))
  if (has(SCRIPT)) giveHashes(artefact, out, 'script')
  else if (ROOT_HASH.test(inner)) giveHashes(artefact, out, 'file')
  if (SIGNATURE.test(inner)) lookAtSignature(artefact, out)
  if (KEYRING.test(inner) || CERTIFICATE.test(inner)) lookAtCertificates(artefact, out)
}

function lookForSuperblocks({ bytes, hits, path, root, inner, type }: Artefact, out: MapOut): void {
  // A stretch that no format claims is a part of what holds it.
  const part = type === 'unknown' ? /@0x([0-9a-f]+):unknown$/.exec(path) : null
  const [holder, start] = part ? [root, Number.parseInt(part[1] as string, 16)] : [path, 0]
  const places = hits.filter(({ literal }) => literal === MAGIC).slice(0, MOST_FOUND)
  for (const { offset } of places) {
    if (offset + SUPERBLOCK > bytes.size) continue
    const found = readSuperblock(bytes.view(offset, SUPERBLOCK))
    if (!found) continue
    const place = { path, root, inner, offset, length: SUPERBLOCK, sha256: '' }
    out.fact('boot.verity.superblock', place, { ...found, holder, at: start + offset })
  }
}

/** What the table of a disk says of its partitions: some are called by the halves of a root hash. */
function lookAtPartitions(artefact: Artefact, out: MapOut): void {
  const plain = (guid: string) => guid.replaceAll('-', '').toLowerCase()
  const parts = gptIdentities(artefact.bytes, 0)
    .slice(0, MOST_PARTS)
    .map(({ name, type, uuid }) => ({ name: encodeText(name), type: plain(type), uuid: plain(uuid) }))
  const { path, root, inner, bytes } = artefact
  const place = { path, root, inner, offset: 0, length: bytes.size, sha256: '' }
  if (parts.length > 0) out.fact('boot.verity.gpt', place, { parts })
}

function giveTables(artefact: Artefact, out: MapOut, tables: readonly FoundTable[]): void {
  for (const { offset, ...table } of tables) {
    const place = placeOf(artefact, offset, table.root.length)
    out.fact('boot.verity.table', place, table)
    out.fact('boot.verity.root-hash', place, { how: 'table', value: table.root })
  }
}

function giveHashes(artefact: Artefact, out: MapOut, how: RootHashFact['how']): void {
  const found = new Set<string>()
  for (const match of artefact.text().matchAll(HASH)) {
    const value = match[0].toLowerCase()
    if (found.has(value) || found.size >= MOST_FOUND) continue
    found.add(value)
    out.fact('boot.verity.root-hash', placeOf(artefact, match.index, value.length), { how, value })
  }
}

function lookAtSignature(artefact: Artefact, out: MapOut): void {
  const whole = artefact.bytes.view(0, artefact.bytes.size)
  const cms = pemBlocks(whole, 'PKCS7')[0] ?? pemBlocks(whole, 'CMS')[0]
  if (cms && looksSigned(cms))
    out.fact('boot.verity.signed-root', placeOf(artefact), { cms: Buffer.from(cms).toString('base64') })
}

/** JSON of a partition for signatures: Discoverable Partitions Specification, "Verity". */
function lookAtSignaturePartition(artefact: Artefact, out: MapOut): void {
  const text = artefact.text().slice(0, MOST_BYTES)
  if (!/^\s*\{/.test(text)) return
  const root = /"rootHash"\s*:\s*"([0-9a-f]{64,128})"/i.exec(text)
  const signature = /"signature"\s*:\s*"([A-Za-z0-9+/=]{1,60000})"/.exec(text)
  if (!root || !signature) return
  const place = placeOf(artefact, root.index, root[0].length)
  const value = (root[1] as string).toLowerCase()
  out.fact('boot.verity.root-hash', place, { how: 'signature-partition', value })
  if (looksSigned(Buffer.from(signature[1] as string, 'base64')))
    out.fact('boot.verity.signed-root', place, { cms: signature[1] as string })
}

function lookAtCertificates(artefact: Artefact, out: MapOut): void {
  const blocks = pemBlocks(artefact.bytes.view(0, artefact.bytes.size), 'CERTIFICATE')
  for (const der of blocks.slice(0, MOST_FOUND)) {
    try {
      readCertificate(der)
    } catch (error) {
      if (error instanceof DerError) continue
      throw error
    }
    const keyring = KEYRING.test(artefact.inner)
    out.fact('boot.verity.certificate', placeOf(artefact), {
      der: Buffer.from(der).toString('base64'),
      keyring,
    })
  }
}
