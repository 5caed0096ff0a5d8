import { createHash } from 'node:crypto'
import { type Bytes, BytesError } from '@messlatte/bytes'
import {
  type Batch,
  type ContainerFormat,
  FormatError,
  type KeyMaterial,
  type Region,
  type Sink,
} from '../../contract.ts'
import { type CpioMember, cpioMembers, cpioRegion, readCpioMember } from '../cpio/index.ts'
import { parseCpioHeader } from '../cpio/parse.ts'
import { hashStretch, inBatches, type Stored } from '../members.ts'
import { decryptContent, fittingKey } from './decrypt.ts'
import { type DescribedFile, describedFiles, parseSettings } from './description.ts'
import { DESCRIPTION, isSwu } from './parse.ts'

/** A member with what the description says of it. */
interface SwuMember {
  readonly member: CpioMember
  readonly encrypted: boolean
  readonly ivt?: string | undefined
  readonly sha256: readonly string[]
}

const MOST_DESCRIPTION = 4 * 1024 * 1024

export const swupdate: ContainerFormat<readonly SwuMember[]> = {
  kind: 'container',
  name: 'swupdate',
  title: 'SWUpdate image (.swu)',
  references: [
    'SWUpdate documentation, "SWUpdate: syntax and tags with the default parser"',
    'SWUpdate documentation, "Symmetrically Encrypted Update Images"',
    'libconfig manual, "Configuration File Grammar"',
  ],
  limits: [
    'descriptions that are encrypted for a certificate (CMS) are not decrypted',
    'descriptions of external parsers (Lua) are not compared',
  ],
  magic: ['070701', '070702', '070707'].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    return isSwu(bytes, at) ? cpioRegion(bytes, at) : undefined
  },

  open: (bytes, region, problem, keys): Iterable<Batch<readonly SwuMember[]>> =>
    inBatches(membersOf(bytes, region, problem, keys), ({ member }) => member.content?.length ?? 0),

  read(bytes, _region, plan, sink) {
    for (const one of plan) {
      compare(bytes, one, sink.problem)
      if (one.encrypted && one.member.content) showEncrypted(bytes, one, one.member.content, sink)
      else readCpioMember(bytes, one.member, sink)
    }
  },
}

function* membersOf(
  bytes: Bytes,
  region: Region,
  problem: Sink['problem'],
  keys: readonly KeyMaterial[],
): Generator<SwuMember> {
  const description = descriptionOf(bytes, region.start, keys)
  const files = filesOf(description?.text, problem)
  const missing = new Set(files.keys())
  let cut: { readonly path: string | undefined } | undefined
  const tell: Sink['problem'] = (code, message, path) => {
    if (code === 'truncated') cut = { path }
    problem(code, message, path)
  }
  for (const member of cpioMembers(bytes, region, tell)) {
    const { path } = member.meta
    const described = files.get(path) ?? []
    missing.delete(path)
    if (cut?.path === path) {
      yield { member, encrypted: false, sha256: [] }
      continue
    }
    const encrypted =
      path === DESCRIPTION ? description?.encrypted === true : described.some((file) => file.encrypted)
    const ivt = described.find((file) => file.ivt !== undefined)?.ivt
    yield { member, encrypted, ivt, sha256: described.flatMap((file) => file.sha256 ?? []) }
  }
  if (!cut)
    for (const name of missing) problem('structure', 'sw-description lists it, but it is not there', name)
}

/** The description, in the clear where that can be had. */
function descriptionOf(
  bytes: Bytes,
  at: number,
  keys: readonly KeyMaterial[],
): { readonly text: string | undefined; readonly encrypted: boolean } | undefined {
  const header = parseCpioHeader(bytes, at)
  if (!header || header.size > MOST_DESCRIPTION || header.contentAt + header.size > bytes.size)
    return undefined
  const content = { at: header.contentAt, length: header.size }
  const stored = Buffer.from(bytes.view(content.at, content.length))
  if (isText(stored)) return { text: stored.toString(), encrypted: false }
  const key = fittingKey(bytes, content, undefined, keys)
  if (!key) return { text: undefined, encrypted: true }
  const plain = Buffer.alloc(key.size)
  decryptContent(bytes, content, key, plain)
  return { text: isText(plain) ? plain.toString() : undefined, encrypted: true }
}

function isText(content: Uint8Array): boolean {
  return content.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
}

/** By their names: boards and variants may share a file. */
function filesOf(
  text: string | undefined,
  problem: Sink['problem'],
): ReadonlyMap<string, readonly DescribedFile[]> {
  const files = new Map<string, DescribedFile[]>()
  if (text === undefined) return files
  try {
    for (const file of describedFiles(parseSettings(text))) {
      const known = files.get(file.filename)
      if (known) known.push(file)
      else files.set(file.filename, [file])
    }
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof BytesError)) throw error
    problem('structure', error.message, DESCRIPTION)
  }
  return files
}

/** Digests are those of the members as they are stored, encrypted or not. */
function compare(bytes: Bytes, { member, sha256 }: SwuMember, problem: Sink['problem']): void {
  const { content, meta } = member
  if (!content || sha256.length === 0) return
  const digest = hashStretch(createHash('sha256'), bytes, content.at, content.length).digest('hex')
  if (sha256.some((one) => one !== digest))
    problem('checksum', 'its SHA-256 is not the one of sw-description', meta.path)
}

function showEncrypted(bytes: Bytes, { member, ivt }: SwuMember, content: Stored, sink: Sink): void {
  const key = fittingKey(bytes, content, ivt, sink.keys)
  if (key) {
    sink.file(member.meta, key.size, (out) => decryptContent(bytes, content, key, out))
    return
  }
  sink.problem('unsupported', 'it is encrypted, and no key fits', member.meta.path)
  readCpioMember(bytes, member, sink)
}
