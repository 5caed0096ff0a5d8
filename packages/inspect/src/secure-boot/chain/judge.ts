import type { ChainState, SignatureLevel, Text } from '@messlatte/model'
import type { Anchor, LinkFact, Part, Stage } from './facts.ts'
import { firstStage, type Node } from './nodes.ts'
import * as say from './say.ts'
import { strengthOf } from './strength.ts'

export interface Judged {
  readonly node: Node
  readonly state: ChainState
  readonly reason: Text
  /** What it counts for in the whole; undefined where nothing is signed. */
  readonly level: SignatureLevel | undefined
}

/** What documents about one unit say of keys: by fingerprint. */
export interface UnitKeys {
  readonly burnt: ReadonlySet<string>
  readonly revoked: ReadonlySet<string>
}

/** Stages that run, or decide what runs: uncovered, they are a break. */
const RUNS: ReadonlySet<Stage> = new Set([
  'bootloader-first',
  'trusted-firmware',
  'trusted-os',
  'bootloader',
  'device-tree',
  'kernel',
  'initramfs',
  'root-file-system',
  'application',
  // What an update installs without anything that verifies it.
  'update',
])

const SYSTEMS: ReadonlySet<Stage> = new Set(['initramfs', 'root-file-system'])

/** @param path all that starts with it */
export function judge(node: Node, path: readonly Node[], keys: UnitKeys): Judged {
  if (node.link) return { node, ...judgeLink(node, node.link.data, keys) }
  const open = (reason: Text): Judged => ({ node, state: 'open', reason, level: undefined })
  if (node.kind === 'holder') return open(firstStage(node) === 'bootloader' ? say.HOLDER : say.SYSTEM_HOLDER)
  // A file system that was handed in alone: what starts it, and verifies it or not, is somewhere else.
  if (path.every((one) => one.kind === 'bare' && SYSTEMS.has(firstStage(one)))) return open(say.ALONE)
  return { node, state: 'broken', reason: bareReason(node), level: undefined }
}

function bareReason({ parts, writable }: Node): Text {
  const [part] = parts
  if (part?.stage === 'configuration') return say.HASH_UNVERIFIED
  return part?.stage === 'root-file-system' ? say.rootUnverified(writable) : say.NOT_COVERED
}

type Outcome = Omit<Judged, 'node'>

function judgeLink(node: Node, link: LinkFact, keys: UnitKeys): Outcome {
  const { level, demand, anchors, covers } = link
  const fingerprints = anchors.flatMap((anchor) => anchor.fingerprints.map(({ value }) => value))
  const broken = (reason: Text): Outcome => ({ state: 'broken', reason, level })
  switch (level) {
    case 'EX':
      return broken(say.FAILS)
    case 'E0':
    case 'E1':
      return unsigned(link)
    case 'E2':
      return anchors.some(isHash) ? hashed(node, link) : unsigned(link)
    case 'E3':
      return { state: 'open', reason: covers.some(isEncrypted) ? say.ENCRYPTED : say.NOT_VERIFIED, level }
    case 'E4':
    case 'E5':
    case 'E6': {
      const worthless = anchors.find(({ everybody, leaked }) => everybody !== undefined || leaked)
      if (worthless) return broken(worthless.leaked ? say.LEAKED : say.EVERYBODY)
      if (fingerprints.some((one) => keys.revoked.has(one))) return broken(say.REVOKED)
      if (strengthOf(link.signature, link.hash)?.grade === 'insecure') return broken(say.INSECURE)
      if (demand.by === 'nobody') return broken(say.NOT_DEMANDED)
      const gap = link.gaps.find(({ stage }) => RUNS.has(stage))
      if (gap) return broken(gap.why)
      // What vouches for this one is vouched for by it: nothing stands behind the two.
      if (level === 'E5' && !node.parent) return { state: 'open', reason: say.CIRCLE, level }
      if (level !== 'E4') return { state: 'verified', reason: say.VERIFIED[level], level }
      return fingerprints.some((one) => keys.burnt.has(one))
        ? { state: 'verified', reason: say.BURNT, level: 'E6' }
        : { state: 'open', reason: say.TRAVELS, level }
    }
  }
}

function isHash({ fingerprints }: Anchor): boolean {
  return fingerprints.some(({ form }) => form === 'content-hash')
}

function isEncrypted({ encrypted }: Part): boolean {
  return encrypted === true
}

/** Nothing signs it: whether that is a break depends on who starts it. */
function unsigned({ level, demand, gaps, signature }: LinkFact): Outcome {
  const [gap] = gaps
  if (signature && gap) return { state: 'broken', reason: gap.why, level }
  switch (demand.by) {
    case 'hardware':
      return { state: 'open', reason: say.HARDWARE_DIGEST, level }
    case 'release':
      return { state: 'refused', reason: say.REFUSED, level }
    case 'nobody':
    case 'unknown':
      return { state: 'broken', reason: say.UNSIGNED, level }
  }
}

function isUnsigned({ level, anchors }: LinkFact): boolean {
  return level === 'E0' || level === 'E1' || (level === 'E2' && !anchors.some(isHash))
}

/** A hash is worth what the place is worth in which it stands. */
function hashed({ parent }: Node, { anchors, demand, level }: LinkFact): Outcome {
  if (demand.by === 'nobody') return { state: 'broken', reason: say.NOT_DEMANDED, level }
  if (anchors.some(({ lies }) => lies.in === 'trusted'))
    return { state: 'verified', reason: say.VERIFIED.E6, level: 'E6' }
  const before = parent?.link?.data
  const isOpen = before ? isUnsigned(before) && before.demand.by !== 'hardware' : parent?.kind !== 'holder'
  if (parent && !isOpen) return { state: 'verified', reason: say.HASH_BEFORE, level: undefined }
  if (anchors.some(({ lies }) => lies.in === 'hardware'))
    return { state: 'open', reason: say.HARDWARE_DIGEST, level }
  return { state: 'broken', reason: say.HASH_UNVERIFIED, level }
}

/** Where a way ends that is verified throughout: with what a device is for, or before. */
export function reachesTheEnd(steps: readonly Judged[]): boolean {
  return steps.some(({ node }) =>
    node.parts.some(({ stage }) => stage === 'root-file-system' || stage === 'application'),
  )
}

export function isRunning({ node }: Judged): boolean {
  return RUNS.has(firstStage(node)) || firstStage(node) === 'configuration'
}
