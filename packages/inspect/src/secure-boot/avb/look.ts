import { createHash } from 'node:crypto'
import { latin1 } from '@messlatte/bytes'
import {
  type AvbDescriptor,
  parseAvbFooter,
  parseVbmeta,
  type Vbmeta,
  vbmetaOfPartition,
} from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { partitionName, partitionOf } from '../partitions/partition.ts'
import { lookForAnchors } from './anchors.ts'
import type { DescriptorFact, VbmetaFact } from './facts.ts'
import { keyFact } from './key.ts'

export const MAGIC = 'AVB0'
const FOOTER = 64
/** Bytes of a header: less cannot tell that it was one. */
const HEADER = 256

/** Map: vbmeta structures wherever they lie, and partitions, whose bytes are kept for what a vbmeta says of them. */
export function lookAtAvb(artefact: Artefact, out: MapOut): void {
  const partition = partitionOf(artefact)
  if (partition) {
    out.pin(artefact)
    out.fact('boot.partition', placeOfAll(artefact), partition)
    lookForLostVbmeta(artefact, out)
  }
  if (artefact.format === 'avb-vbmeta') lookAtVbmeta(artefact, out)
  else if (artefact.hits.length > 0) lookForAnchors(artefact, out)
  if (isUnreadable(artefact))
    out.fact('boot.avb.vbmeta', placeOfAll(artefact), { state: 'broken', ...named(artefact) })
}

/** A place without a digest: that of a whole partition would cost a pass over it. */
function placeOfAll({ path, root, inner, bytes }: Artefact) {
  return { path, root, inner, offset: 0, length: bytes.size, sha256: '' }
}

function lookAtVbmeta(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  if (latin1(bytes.view(0, Math.min(MAGIC.length, bytes.size))) !== MAGIC) return
  const vbmeta = parseVbmeta(bytes)
  const place = placeOf(artefact, 0, Math.min(vbmeta?.end ?? bytes.size, bytes.size))
  const fact = vbmeta && factOf(vbmeta, artefact)
  out.fact('boot.avb.vbmeta', place, fact ?? { state: 'broken', ...named(artefact) })
}

/** A footer that leads to nothing that can be read: the structure itself is not recognised then. */
function lookForLostVbmeta(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  if (bytes.size < FOOTER || !parseAvbFooter(bytes, bytes.size - FOOTER) || vbmetaOfPartition(bytes)) return
  out.fact('boot.avb.vbmeta', placeOfAll(artefact), { state: 'broken', ...named(artefact) })
}

/** A file that begins with the magic, and that no format takes for a vbmeta. */
function isUnreadable({ hits, type, format, bytes }: Artefact): boolean {
  if (type !== 'file' || format !== undefined || bytes.size < HEADER) return false
  return hits.some(({ offset }) => offset === 0) && parseVbmeta(bytes) === undefined
}

function named({ root, name, type }: Artefact) {
  const file = type === 'region' || type === 'unknown' ? (root.split('/').at(-1) as string) : name
  return { partition: partitionName(file).name }
}

function factOf(vbmeta: Vbmeta, artefact: Artefact): VbmetaFact {
  const { type, root, name, path } = artefact
  const file = type === 'region' ? root : name
  const { name: partition, slot } = partitionName(file)
  const { algorithm, algorithmNumber, signed, hash, publicKey, descriptors } = vbmeta
  const digest =
    algorithm && signed.reduce((sum, part) => sum.update(part), createHash(algorithm.hash)).digest('hex')
  return {
    state: 'read',
    partition: printable(partition),
    slot,
    appended: type === 'region' && !path.includes('@0x0:avb-vbmeta'),
    algorithm: algorithm
      ? { state: 'known', name: algorithm.name, hash: algorithm.hash, bits: algorithm.signature * 8 }
      : algorithmNumber === 0
        ? { state: 'none' }
        : { state: 'unknown', number: algorithmNumber },
    hashHolds: digest === undefined ? undefined : digest === hex(hash),
    digest,
    signature: Buffer.from(vbmeta.signature).toString('base64'),
    key: publicKey.length > 0 ? keyFact(publicKey) : undefined,
    rollbackIndex: vbmeta.rollbackIndex.toString(),
    rollbackIndexLocation: vbmeta.rollbackIndexLocation,
    flags: vbmeta.flags,
    release: printable(vbmeta.release),
    descriptors: descriptors.map(descriptorFact),
    descriptorsHold: vbmeta.descriptorsHold,
  }
}

/** Characters of a property that are told. */
const MOST_VALUE = 128

function descriptorFact(one: AvbDescriptor): DescriptorFact {
  switch (one.type) {
    case 'hash':
      return {
        type: 'hash',
        partition: printable(one.partition),
        size: one.imageSize,
        algorithm: printable(one.algorithm),
        salt: hex(one.salt),
        digest: hex(one.digest),
      }
    case 'hashtree':
      return {
        type: 'hashtree',
        partition: printable(one.partition),
        size: one.imageSize,
        treeAt: one.treeAt,
        treeSize: one.treeSize,
        dataBlock: one.dataBlock,
        hashBlock: one.hashBlock,
        version: one.verityVersion,
        algorithm: printable(one.algorithm),
        salt: hex(one.salt),
        digest: hex(one.rootDigest),
      }
    case 'chain-partition':
      return {
        type: 'chain',
        partition: printable(one.partition),
        rollbackIndexLocation: one.rollbackIndexLocation,
        key: one.publicKey.length > 0 ? keyFact(one.publicKey) : undefined,
      }
    case 'property':
      return {
        type: 'property',
        key: printable(one.key).slice(0, MOST_VALUE),
        value: printable(latin1(one.value.subarray(0, MOST_VALUE))),
      }
    case 'kernel-cmdline':
      return { type: 'command-line', length: one.text.length }
    case 'unknown':
      return { type: 'unknown', tag: one.tag.toString() }
  }
}

function printable(text: string): string {
  return text.replace(/[^ -~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
