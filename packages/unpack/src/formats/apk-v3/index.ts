import { type Bytes, BytesError } from '@messlatte/bytes'
import { type Batch, type ContainerFormat, FormatError, type Region, type Sink } from '../../contract.ts'
import {
  inBatches,
  jsonText,
  type StoredMember,
  showStored,
  showText,
  whatIsThere,
  wrapped,
} from '../members.ts'
import { hashMatches } from './digests.ts'
import { type ApkV3, contentsOf, parseApkV3 } from './parse.ts'
import { indexInfo, packageInfo } from './schema.ts'

/** Either what stands in the tree of objects, or files. */
interface ApkPlan {
  readonly description?: true
  readonly members: readonly (StoredMember & { readonly hash?: string | undefined })[]
}

/** Scripts by their slots, from 1 on. */
const SCRIPTS = [
  'trigger',
  'pre-install',
  'post-install',
  'pre-deinstall',
  'post-deinstall',
  'pre-upgrade',
  'post-upgrade',
]

export const apkV3: ContainerFormat<ApkPlan> = {
  kind: 'container',
  name: 'apk-v3',
  title: 'apk package or index of Alpine and OpenWrt (version 3, ADB)',
  references: ['apk-v3(5)', 'apk-tools, src/adb.h, src/apk_adb.h'],
  limits: [
    'owners are stored as names: root is 0, all others are 65534',
    'databases of installed packages are not read',
  ],
  magic: [
    { bytes: 'ADB.pckg', at: 0 },
    { bytes: 'ADB.indx', at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const found = parseApkV3(bytes, at)
    if (!found) return undefined
    const walk = contentsOf(bytes, at, found)
    for (let step = walk.next(); ; step = walk.next()) {
      if (step.done) return { start: at, end: step.value.end }
    }
  },

  *open(bytes, region, problem): Generator<Batch<ApkPlan>> {
    const found = parseApkV3(bytes, region.start) as ApkV3
    yield { cost: 0, entries: 1, plan: { description: true, members: [] } }
    const members = membersOf(bytes, region, found, problem)
    for (const { plan, ...batch } of inBatches(members, (member) => member.content?.length ?? 0))
      yield { ...batch, plan: { members: plan } }
  },

  read(bytes, region, { description, members }, sink) {
    if (description) showDescription(parseApkV3(bytes, region.start) as ApkV3, sink)
    for (const member of members) {
      const { meta, content, hash } = member
      if (content && hash !== undefined && !hashMatches(bytes, content, hash))
        sink.problem('checksum', 'its hash differs', meta.path)
      showStored(member, sink)
    }
  },
}

function* membersOf(
  bytes: Bytes,
  { start }: Region,
  found: ApkV3,
  problem: Sink['problem'],
): Generator<ApkPlan['members'][number]> {
  for (const [index, content] of found.signatures.entries())
    yield { meta: wrapped(`signature-${index}`), content }
  const walk = contentsOf(bytes, start, found)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) {
      const { why, message, end } = step.value
      if (why === 'truncated') problem('truncated', 'the package is cut off')
      if (why === 'structure') problem('structure', message ?? `no data of the next file at ${end}`)
      return
    }
    const { path, content } = step.value
    const { meta, hash } = path
    if (content && content.at + content.length > bytes.size) {
      problem('truncated', 'the package ends within this content', meta.path)
      yield { meta, content: whatIsThere(bytes, content.at) }
    } else yield content ? { meta, content, hash } : { meta }
  }
}

function showDescription({ schema, adb, cut }: ApkV3, sink: Sink): void {
  if (cut) return
  try {
    showText(`${schema}.json`, jsonText(schema === 'package' ? packageInfo(adb) : indexInfo(adb)), sink)
    if (schema === 'index') return
    const scripts = adb.slots(adb.root())[3] ?? 0
    for (const [slot, value] of adb.slots(scripts).entries()) {
      const name = SCRIPTS[slot - 1]
      const script = adb.blob(value)
      if (name === undefined || !script) continue
      sink.file(wrapped(`scripts/${name}`), script.length, (out) => out.set(script))
    }
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof BytesError)) throw error
    sink.problem('structure', error.message, `${schema}.json`)
  }
}
