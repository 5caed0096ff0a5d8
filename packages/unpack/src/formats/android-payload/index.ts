import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Sink } from '../../contract.ts'
import { hashStretch, jsonText, type Stored, showText, wrapped } from '../members.ts'
import { applyOperations, costOf, sizeOf } from './apply.ts'
import { isFull, type Operation, type PartitionUpdate, parsePartition } from './manifest.ts'
import { MAGIC, type Payload, parsePayload } from './parse.ts'

const MANIFEST = 'manifest.json'

/** What the manifest says, or the message of a partition. */
type PayloadPlan =
  | { readonly text: string }
  | { readonly message: Stored; readonly blobsAt: number; readonly block: number }

export const androidPayload: ContainerFormat<PayloadPlan> = {
  kind: 'container',
  name: 'android-payload',
  title: 'Android and ChromeOS update (payload.bin, version 2)',
  references: [
    'AOSP, system/update_engine/update_metadata.proto',
    'AOSP, system/update_engine/README.md, Update Payload File Specification',
  ],
  limits: [
    'partitions of which operations need the old image are told, not put together',
    'version 1 (ChromeOS before 2016) is not read',
    'signatures are located, not verified',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const payload = parsePayload(bytes, at)
    return payload && { start: at, end: Math.min(payload.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const payload = parsePayload(bytes, start) as Payload
    if (payload.end > bytes.size)
      problem('truncated', `${payload.end - start} bytes are announced, ${bytes.size - start} are there`)
    const text = jsonText(told(payload))
    yield { cost: text.length, entries: 1, plan: { text } }
    yield* partitionBatches(payload, problem)
  },

  read(bytes, _region, plan, sink) {
    if ('text' in plan) return showText(MANIFEST, plan.text, sink)
    const { message, blobsAt, block } = plan
    const update = parsePartition(bytes.view(message.at, message.length))
    const { name, digest, operations } = update
    sink.file(wrapped(name), sizeOf(update, block), (out) => {
      const { differ, missing, broken } = applyOperations(bytes, blobsAt, block, operations, out)
      if (differ > 0) sink.problem('checksum', `the data of ${differ} operations differs`, name)
      if (missing > 0) sink.problem('truncated', `the data of ${missing} operations is not there`, name)
      if (broken > 0) sink.problem('structure', `${broken} operations cannot be done`, name)
      const sum = hashStretch(createHash('sha256'), memoryBytes(out), 0, out.length).digest()
      if (digest.length > 0 && !sum.equals(digest))
        sink.problem('checksum', 'the hash of the partition differs', name)
    })
  },
}

function* partitionBatches(
  { manifest: { block }, partitions, blobsAt, end }: Payload,
  problem: Sink['problem'],
): Generator<Batch<PayloadPlan>> {
  let data = 0
  for (const { update, message } of partitions) {
    const { name, operations } = update
    const needed = operations.filter(({ type }) => !isFull(type)).length
    if (needed > 0) {
      problem('unsupported', `${needed} of ${operations.length} operations need the old image`, name)
      continue
    }
    const size = sizeOf(update, block)
    const cost = costOf(update)
    data += cost.data
    // Without this, few bytes could ask for endless work.
    if (data > end - blobsAt || cost.blocks > Math.ceil(size / block)) {
      problem('structure', 'operations write blocks, or take data, more than once', name)
      continue
    }
    yield { cost: size, entries: 1, plan: { message, blobsAt, block } }
  }
}

/** The manifest without its operations. */
function told({ manifest, partitions, metadataSignatures, payloadSignatures }: Payload) {
  const { block, minorVersion, maxTimestamp, partial, securityPatchLevel, groups, apexes } = manifest
  return {
    blockSize: block,
    minorVersion,
    ...(maxTimestamp !== undefined && { maxTimestamp }),
    ...(securityPatchLevel !== undefined && { securityPatchLevel }),
    partial,
    signed: { metadata: metadataSignatures !== undefined, payload: payloadSignatures !== undefined },
    partitions: partitions.map(({ update }) => toldOf(update, block)),
    groups,
    apexes,
  }
}

function toldOf(update: PartitionUpdate, block: number) {
  const counts: Partial<Record<Operation['type'], number>> = {}
  for (const { type } of update.operations) counts[type] = (counts[type] ?? 0) + 1
  return {
    name: update.name,
    size: sizeOf(update, block),
    ...(update.digest.length > 0 && { sha256: Buffer.from(update.digest).toString('hex') }),
    ...(update.version && { version: update.version }),
    operations: counts,
  }
}
