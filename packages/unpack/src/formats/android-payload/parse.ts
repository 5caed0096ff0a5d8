import { type Bytes, BytesError, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Stored } from '../members.ts'
import { fieldsOf } from '../protobuf.ts'
import { type Manifest, type PartitionUpdate, parseManifest, parsePartition } from './manifest.ts'

export const MAGIC = 'CrAU'
const HEADER = 24
/** Of whole devices they have some megabytes. */
const MOST_MANIFEST = 16 * 1024 * 1024
const MOST_SIGNATURES = 64 * 1024

/** An update of major version 2; its header is big endian. Stretches are of the source. */
export interface Payload {
  readonly manifest: Manifest
  readonly partitions: readonly { readonly update: PartitionUpdate; readonly message: Stored }[]
  readonly blobsAt: number
  readonly end: number
  /** A Signatures message over `signedMetadata`, and one over `signedPayload`: see `payloadSignatures`. */
  readonly metadataSignatures?: Stored
  readonly payloadSignatures?: Stored
  readonly signedMetadata: Stored
  /** Stretches that are signed one behind the other. */
  readonly signedPayload: readonly Stored[]
}

/** The update that begins at `at`, or undefined for what is none, or ends within its manifest. */
export function parsePayload(bytes: Bytes, at: number): Payload | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(4) !== MAGIC || reader.size64() !== 2) return undefined
  const [length, signatures] = [reader.size64(), reader.u32()]
  if (length === 0 || !(length <= MOST_MANIFEST) || signatures > MOST_SIGNATURES) return undefined
  if (at + HEADER + length > bytes.size) return undefined
  try {
    return withManifest(bytes.view(at + HEADER, length), at, signatures)
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof BytesError)) throw error
    return undefined
  }
}

function withManifest(message: Uint8Array, at: number, signatures: number): Payload | undefined {
  const manifest = parseManifest(message)
  const { block, signatures: told } = manifest
  if (block < 512 || block > 65_536 || !Number.isInteger(Math.log2(block))) return undefined
  if (manifest.partitions.length === 0) return undefined
  const partitions = manifest.partitions.map((one) => ({
    update: parsePartition(message.subarray(one.at, one.at + one.length)),
    message: { at: at + HEADER + one.at, length: one.length },
  }))
  const signedMetadata = { at, length: HEADER + message.length }
  const signaturesAt = at + signedMetadata.length
  const blobsAt = signaturesAt + signatures
  let blobs = told ? told.at + told.length : 0
  for (const { update } of partitions)
    for (const { dataAt, dataLength } of update.operations) blobs = Math.max(blobs, dataAt + dataLength)
  if (!Number.isSafeInteger(blobsAt + blobs)) return undefined
  return {
    manifest,
    partitions,
    blobsAt,
    end: blobsAt + blobs,
    signedMetadata,
    signedPayload: [signedMetadata, { at: blobsAt, length: told?.at ?? blobs }],
    ...(signatures > 0 && { metadataSignatures: { at: signaturesAt, length: signatures } }),
    ...(told && told.length > 0 && { payloadSignatures: { at: blobsAt + told.at, length: told.length } }),
  }
}

/** The signatures in a Signatures message, without padding; more than one where keys are changed. @throws FormatError, BytesError */
export function payloadSignatures(message: Uint8Array): readonly Uint8Array[] {
  const signatures: Uint8Array[] = []
  for (const field of fieldsOf(message)) {
    if (field.type !== 'bytes' || field.number !== 1) continue
    let data: Uint8Array = new Uint8Array(0)
    let length: number | undefined
    for (const inner of fieldsOf(field.bytes)) {
      if (inner.type === 'bytes' && inner.number === 2) data = inner.bytes
      else if (inner.type === 'number' && inner.number === 3) length = inner.value
    }
    signatures.push(data.subarray(0, length ?? data.length))
  }
  return signatures
}
