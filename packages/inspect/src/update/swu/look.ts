import { createHash } from 'node:crypto'
import { type Bytes, BytesError } from '@messlatte/bytes'
import {
  describedFiles,
  FormatError,
  parseSettings,
  type Setting,
  type SettingGroup,
  walkCpio,
} from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { SwuFact, SwuMember, SwuPart } from './facts.ts'

const DESCRIPTION = 'sw-description'
const SIGNATURE = 'sw-description.sig'
const LISTS = ['images', 'files', 'scripts'] as const
const DIGESTS = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const MOST_MEMBERS = 2000
const MOST_DESCRIPTION = 1024 * 1024
const MOST_SIGNATURE = 64 * 1024
const MOST_GROUPS = 10_000
const MOST_TEXT = 200

/** Map: the members of an archive, what its description says of them, and the signature. */
export function lookAtSwu(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const { members, sums, cut } = membersOf(bytes)
  const content = contentOf(bytes, members, DESCRIPTION, MOST_DESCRIPTION)
  if (!content) return
  const isText = content.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
  const settings = isText ? settingsOf(content.toString()) : undefined
  out.pin(artefact)
  out.fact('update.swu', placeOf(artefact), {
    members,
    sums,
    cut,
    parts: settings ? partsOf(settings) : [],
    signature: contentOf(bytes, members, SIGNATURE, MOST_SIGNATURE)?.toString('base64'),
    digests: Object.fromEntries(
      DIGESTS.map((name) => [name, createHash(name).update(content).digest('hex')]),
    ),
    description: settings ? 'read' : isText ? 'unread' : 'encrypted',
    ...(settings ? stated(settings) : { version: undefined, hardware: [] }),
  })
}

function membersOf(bytes: Bytes): Pick<SwuFact, 'members' | 'sums' | 'cut'> {
  const members: SwuMember[] = []
  let sums = false
  const walk = walkCpio(bytes, 0)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return { members, sums, cut: step.value.why !== 'trailer' }
    if (members.length >= MOST_MEMBERS) return { members, sums, cut: true }
    const { name, contentAt: at, size: length, variant } = step.value
    sums ||= variant === 'crc'
    if (at + length > bytes.size) return { members, sums, cut: true }
    members.push({ name, at, length })
  }
}

function contentOf(
  bytes: Bytes,
  members: readonly SwuMember[],
  wanted: string,
  most: number,
): Buffer | undefined {
  const member = members.find(({ name }) => name === wanted)
  return member && member.length <= most ? Buffer.from(bytes.view(member.at, member.length)) : undefined
}

function settingsOf(text: string): SettingGroup | undefined {
  try {
    return parseSettings(text)
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}

/** Each file once for each list that names it; boards and selections nest as their authors like. */
function partsOf(root: SettingGroup): readonly SwuPart[] {
  const parts: SwuPart[] = []
  const listed = new Set<string>()
  for (const [name, value] of namedSettings(root)) {
    const list = LISTS.find((one) => one === name)
    if (list === undefined) continue
    for (const file of describedFiles({ members: new Map([[name, value]]) })) {
      parts.push({ ...file, list })
      listed.add(file.filename)
    }
  }
  const others = describedFiles(root).filter(({ filename }) => !listed.has(filename))
  return [...parts, ...others.map((file) => ({ ...file, list: 'other' }))].slice(0, MOST_MEMBERS)
}

function namedSettings(root: SettingGroup): readonly (readonly [string, Setting])[] {
  const found: (readonly [string, Setting])[] = []
  const waiting: SettingGroup[] = [root]
  for (let one = waiting.pop(); one && found.length < MOST_GROUPS; one = waiting.pop()) {
    for (const [name, value] of one.members) {
      found.push([name, value])
      if (isGroup(value)) waiting.push(value)
    }
  }
  return found
}

function isGroup(value: Setting): value is SettingGroup {
  return typeof value === 'object' && value !== null && 'members' in value
}

function stated(root: SettingGroup): Pick<SwuFact, 'version' | 'hardware'> {
  const all = namedSettings(root)
  const version = all.find(([name]) => name === 'version')?.[1]
  const hardware = all.flatMap(([name, value]) =>
    name === 'hardware-compatibility' && Array.isArray(value)
      ? value.flatMap((one: Setting) => (typeof one === 'string' ? [one.slice(0, MOST_TEXT)] : []))
      : [],
  )
  return {
    version:
      typeof version === 'string' || typeof version === 'number'
        ? String(version).slice(0, MOST_TEXT)
        : undefined,
    hardware: [...new Set(hardware)],
  }
}
