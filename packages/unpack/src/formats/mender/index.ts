import { createHash } from 'node:crypto'
import {
  type Bytes,
  forEachWindow,
  gzipStream,
  latin1,
  sliceBytes,
  xzStream,
  zstdStream,
} from '@messlatte/bytes'
import { type Batch, type ContainerFormat, FormatError, type Region, type Sink } from '../../contract.ts'
import { hashStretch, type Stored } from '../members.ts'
import { openTar, type PlannedMember, readTar, tarRegion } from '../tar/index.ts'
import { artifactMembers, isMender, type ManifestLine, manifestLines, payloadOf } from './parse.ts'
import { TarDigests } from './tar-digests.ts'

/** Either members to show, or a payload whose files are to be compared with the manifest. */
type MenderPlan =
  | { readonly members: readonly PlannedMember[] }
  | { readonly payload: Stored; readonly files: readonly ManifestLine[] }

/** How much a payload may grow when it is compared: the first so many bytes, and so many for each that is stored. */
const MOST_FREE = 256 * 1024 * 1024
const MOST_RATIO = 5000
const DIFFERS = 'its SHA-256 is not the one of the manifest'

export const mender: ContainerFormat<MenderPlan> = {
  kind: 'container',
  name: 'mender',
  title: 'Mender artifact',
  references: ['Mender artifact, Documentation/artifact-format-v3.md'],
  limits: [],
  magic: [{ bytes: 'ustar', at: 257 }],
  carve: true,

  recognise(bytes, at) {
    return isMender(bytes, at) ? tarRegion(bytes, at) : undefined
  },

  *open(bytes, region, problem): Generator<Batch<MenderPlan>> {
    for (const { plan, ...batch } of openTar(bytes, region, problem))
      yield { ...batch, plan: { members: plan } }
    yield* comparisons(bytes, region, problem)
  },

  read(bytes, region, plan, sink) {
    if ('members' in plan) readTar(bytes, region, plan.members, sink)
    else comparePayload(bytes, plan.payload, plan.files, sink.problem)
  },
}

/** Members are compared at once; of payloads the files within them are listed, which is work of its own. */
function* comparisons(
  bytes: Bytes,
  { start }: Region,
  problem: Sink['problem'],
): Generator<Batch<MenderPlan>> {
  const { byName: members, cut } = artifactMembers(bytes, start)
  const payloads = new Map<string, ManifestLine[]>()
  // A manifest may name one member again and again.
  const digests = new Map<string, string>()
  for (const line of manifestLines(bytes, members)) {
    const member = members.get(line.name)
    const payload = payloadOf(line.name, members)
    if (member) {
      const digest = digests.get(line.name) ?? digestOf(bytes, member)
      digests.set(line.name, digest)
      if (digest !== line.sha256) problem('checksum', DIFFERS, line.name)
    } else if (payload === undefined) {
      if (!cut) problem('structure', 'the manifest lists it, but it is not there', line.name)
    } else {
      const lines = payloads.get(payload)
      if (lines) lines.push(line)
      else payloads.set(payload, [line])
    }
  }
  for (const [name, files] of payloads) {
    const payload = members.get(name) as Stored
    yield { cost: payload.length, entries: 0, plan: { payload, files } }
  }
}

function digestOf(bytes: Bytes, { at, length }: Stored): string {
  return hashStretch(createHash('sha256'), bytes, at, length).digest('hex')
}

function comparePayload(
  bytes: Bytes,
  { at, length }: Stored,
  files: readonly ManifestLine[],
  problem: Sink['problem'],
): void {
  const digests = payloadDigests(sliceBytes(bytes, at, length))
  for (const { name, sha256 } of files) {
    const digest = digests.get(name.replace(/^data\/\d{4}\//, ''))
    if (digest === undefined) problem('structure', 'the manifest lists it, but it is not there', name)
    else if (digest !== sha256) problem('checksum', DIFFERS, name)
  }
}

/**
 * SHA-256 (hex) of the files in a payload or a header, decompressed, by their names.
 * @throws FormatError
 */
export function payloadDigests(payload: Bytes): ReadonlyMap<string, string> {
  const digests = new TarDigests()
  const most = Math.max(MOST_FREE, payload.size * MOST_RATIO)
  let total = 0
  decode(payload, (chunk) => {
    total += chunk.length
    if (total > most) throw new FormatError('unsupported', 'a payload that grows too much is not compared')
    digests.push(chunk)
  })
  return digests.digests
}

function decode(payload: Bytes, write: (chunk: Uint8Array) => void): void {
  const magic = latin1(payload.view(0, Math.min(6, payload.size)))
  if (magic.startsWith('\x1f\x8b')) gzipStream(payload, 0, write)
  else if (magic === '\xfd7zXZ\0') xzStream(payload, 0, write)
  else if (magic.startsWith('\x28\xb5\x2f\xfd')) zstdStream(payload, 0, write)
  else
    forEachWindow(payload, 0, payload.size, 256 * 1024, 0, (window) => {
      write(window)
      return true
    })
}
