import { createHash } from 'node:crypto'
import { type Bytes, BytesError, forEachWindow, Reader } from '@messlatte/bytes'
import { FormatError, type Payload, parsePayload, payloadSignatures } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { SignedStretch } from './facts.ts'

const WINDOW = 256 * 1024
const MOST_PARTITIONS = 200
const MOST_SIGNATURES = 8
const MOST_TEXT = 100
const FOOTER = 6
/** Of the end of central directory, up to the comment. */
const ARCHIVE_END = 22

type Stretch = Payload['signedMetadata']

/** Map: updates for A/B devices, and archives for recovery systems. */
export function lookAtPayload(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'zip') lookAtArchive(artefact, out)
  else lookAtUpdate(artefact, out)
}

function lookAtUpdate(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const payload = parsePayload(bytes, 0)
  if (!payload) return
  const {
    manifest,
    metadataSignatures,
    payloadSignatures: signatures,
    signedMetadata,
    signedPayload,
    partitions,
  } = payload
  const operations = partitions.flatMap(({ update }) => update.operations)
  out.fact('update.payload', placeOf(artefact), {
    metadata: metadataSignatures && stretchOf(bytes, metadataSignatures, [signedMetadata]),
    payload: signatures && stretchOf(bytes, signatures, signedPayload),
    partitions: partitions.slice(0, MOST_PARTITIONS).map(({ update: { name, version, size } }) => ({
      name: printable(name),
      version: printable(version),
      size: size ?? null,
    })),
    maxTimestamp: manifest.maxTimestamp,
    securityPatchLevel:
      manifest.securityPatchLevel === undefined ? undefined : printable(manifest.securityPatchLevel),
    isDelta: manifest.minorVersion !== 0,
    differing: signatures ? 0 : differingOperations(bytes, payload),
    withoutDigest: operations.filter(({ dataLength, digest }) => dataLength > 0 && digest.length === 0)
      .length,
  })
}

function differingOperations(bytes: Bytes, { blobsAt, partitions }: Payload): number {
  return partitions
    .flatMap(({ update }) => update.operations)
    .filter(({ dataAt, dataLength, digest }) => {
      const at = blobsAt + dataAt
      if (dataLength === 0 || digest.length === 0 || at + dataLength > bytes.size) return false
      return digestOf(bytes, [{ at, length: dataLength }]) !== Buffer.from(digest).toString('hex')
    }).length
}

function printable(text: string): string {
  return text.slice(0, MOST_TEXT).replace(/[^\x20-\x7e]/g, '?')
}

function stretchOf(bytes: Bytes, message: Stretch, signed: readonly Stretch[]): SignedStretch {
  const isThere = [message, ...signed].every(({ at, length }) => at + length <= bytes.size)
  return {
    signatures: isThere ? signaturesIn(bytes.view(message.at, message.length)) : [],
    digest: isThere ? digestOf(bytes, signed) : undefined,
  }
}

function signaturesIn(message: Uint8Array): readonly string[] {
  try {
    return payloadSignatures(message)
      .slice(0, MOST_SIGNATURES)
      .map((one) => Buffer.from(one).toString('base64'))
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return []
    throw error
  }
}

function digestOf(bytes: Bytes, stretches: readonly Stretch[]): string {
  const hash = createHash('sha256')
  for (const { at, length } of stretches)
    forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
      hash.update(window)
      return true
    })
  return hash.digest('hex')
}

/** AOSP, recovery's verifier: the last six bytes tell where the signature begins, and how long the comment is. */
function lookAtArchive(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  if (bytes.size < ARCHIVE_END + FOOTER) return
  const footer = new Reader(bytes.view(bytes.size - FOOTER, FOOTER), 'little')
  const [start, mark, comment] = [footer.u16(), footer.u16(), footer.u16()]
  if (mark !== 0xffff || start <= FOOTER || start > comment || comment + ARCHIVE_END > bytes.size) return
  out.pin(artefact)
  out.fact('update.payload.archive', placeOf(artefact), {
    signature: Buffer.from(bytes.view(bytes.size - start, start - FOOTER)).toString('base64'),
    signed: bytes.size - comment - 2,
  })
}
