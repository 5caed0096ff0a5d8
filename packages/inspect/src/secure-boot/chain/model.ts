import type {
  BootChain,
  ChainAnchor,
  ChainPart,
  ChainQuestion,
  ChainStep,
  ChainVerdict,
  SignatureLevel,
  Text,
} from '@messlatte/model'
import { commandText } from './commands.ts'
import type { Anchor, Fingerprint, HardwareQuestion, Part } from './facts.ts'
import { isRunning, type Judged, reachesTheEnd } from './judge.ts'
import { HARDWARE_QUESTION_NAMES, SCHEME_NAMES, STAGE_NAMES } from './names.ts'
import { stageRank } from './nodes.ts'
import * as say from './say.ts'
import { algorithmName, strengthOf } from './strength.ts'

/** What documents about one unit say. */
export interface Hardware {
  /** It begins this chain: it demands signatures with a key of it. */
  readonly enforced: boolean
  /** Some unit demands nothing. */
  readonly off: boolean
  readonly answers: ReadonlyMap<HardwareQuestion['id'], Text>
}

export interface Path {
  readonly chain: BootChain
  readonly steps: readonly Judged[]
  /** What the whole is worth: the lowest of its signatures. */
  readonly level: SignatureLevel | undefined
  readonly anchored: boolean
}

const MOST_PARTS = 64

/** A way of starting, with its verdict, as reports show it. */
export function pathOf(judged: readonly Judged[], kind: BootChain['kind'], hardware: Hardware): Path {
  const verdict = verdictOf(judged, kind)
  const steps = judged.map((one) => stepOf(one, judged))
  const chain: BootChain = {
    kind,
    name: nameOf(judged),
    alike: [],
    verdict,
    summary: summaryOf(verdict, judged, kind, hardware),
    steps,
    hardware: kind === 'boot' ? questionsOf(judged, hardware) : [],
    root: hardware.off ? 'broken' : hardware.enforced ? 'verified' : 'open',
  }
  const levels = judged.flatMap(({ level }) => (level === undefined ? [] : [level]))
  const level = levels.toSorted()[0]
  return { chain, steps: judged, level, anchored: hardware.enforced }
}

function verdictOf(judged: readonly Judged[], kind: BootChain['kind']): ChainVerdict {
  const counted = kind === 'boot' ? judged.filter(isRunning) : judged
  const steps = counted.length > 0 ? counted : judged
  if (steps.some(({ state }) => state === 'refused')) return 'refused'
  const isSigned = ({ state, node }: Judged) =>
    state !== 'broken'
      ? node.kind !== 'holder'
      : node.link !== undefined && node.link.data.signature !== undefined
  if (steps.some(({ state }) => state === 'broken')) return steps.some(isSigned) ? 'broken' : 'absent'
  const links = steps.filter(({ node }) => node.kind !== 'holder')
  if (links.length === 0 || links.some(({ state }) => state === 'open')) return 'open'
  return kind === 'update' || reachesTheEnd(judged) ? 'whole' : 'open'
}

function summaryOf(
  verdict: ChainVerdict,
  judged: readonly Judged[],
  kind: BootChain['kind'],
  hardware: Hardware,
): Text {
  const about = (state: Judged['state']) =>
    judged.find((one) => one.state === state && (one.node.kind !== 'holder' || state !== 'open'))
  const sentence = (one: Judged | undefined, frame: (text: Text) => Text): Text => {
    if (!one) return frame(say.ENDS_EARLY)
    const title = titleOf(one.node.parts)
    return frame({ en: `${title.en}. ${one.reason.en}`, de: `${title.de}. ${one.reason.de}` })
  }
  switch (verdict) {
    case 'whole':
      return kind === 'update' ? say.UPDATE : say.whole(lastOf(judged), hardware.enforced)
    case 'absent':
      return say.ABSENT
    case 'refused':
      return say.ALL_REFUSED
    case 'broken':
      return sentence(about('broken'), say.broken)
    case 'open':
      return about('open') ? sentence(about('open'), say.open) : say.ENDS_EARLY
  }
}

function lastOf(judged: readonly Judged[]): Text {
  const stages = judged.filter(isRunning).flatMap(({ node }) => node.parts.map(({ stage }) => stage))
  const last = stages.toSorted((a, b) => stageRank(b) - stageRank(a))[0]
  return STAGE_NAMES[last ?? 'kernel']
}

/** By what tells it from the others: the holder of the last signed step, and its name. */
function nameOf(judged: readonly Judged[]): string {
  const { node } = (judged.findLast((one) => one.node.link && isRunning(one)) ?? judged.at(-1)) as Judged
  const holder = node.link?.data.holder ?? node.place.path
  const name = node.link?.data.name ?? ''
  const more = node.link?.data.isDefault ? ' *' : ''
  return name === '' ? holder : `${holder} · ${name}${more}`
}

function titleOf(parts: readonly Part[]): Text {
  const stages = [...new Set(parts.map(({ stage }) => stage))].toSorted((a, b) => stageRank(a) - stageRank(b))
  const join = (language: keyof Text) =>
    capital(stages.map((stage) => STAGE_NAMES[stage][language]).join(', '))
  return { en: join('en'), de: join('de') }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function stepOf({ node, state, reason }: Judged, all: readonly Judged[]): ChainStep {
  const link = node.link?.data
  const after = all.findIndex((one) => one.node === node.parent)
  return {
    title: titleOf(node.parts),
    name: link?.name ?? '',
    after: after < 0 ? null : after,
    state,
    reason,
    parts: node.parts.slice(0, MOST_PARTS).map(partOf),
    gaps: (link?.gaps ?? []).slice(0, MOST_PARTS).map((gap) => ({ ...partOf(gap), why: gap.why })),
    scheme: link ? SCHEME_NAMES[link.scheme] : null,
    level: link?.level ?? null,
    algorithm: (link && algorithmName(link.signature, link.hash)) ?? null,
    strength: (link && strengthOf(link.signature, link.hash)) ?? null,
    anchors: (link?.anchors ?? []).flatMap(anchorsOf),
    demand: link ? say.DEMANDS[link.demand.by] : say.DEMANDS[node.kind === 'holder' ? 'hardware' : 'nobody'],
    rollback: (link?.rollback ?? []).map(({ name, value, signed }) => ({
      name,
      value: value ?? null,
      signed,
    })),
    repeat: link?.repeat ?? null,
    evidence: link
      ? { kind: link.evidence, path: node.place.path, offset: node.place.offset, length: node.place.length }
      : null,
  }
}

function partOf({ path, name, stage, encrypted }: Part): ChainPart {
  return { path, name, stage, title: STAGE_NAMES[stage], encrypted: encrypted === true }
}

const FORMS: Readonly<Record<Fingerprint['form'], string>> = {
  'spki-sha256': 'SHA-256, SubjectPublicKeyInfo',
  'pkcs1-sha256': 'SHA-256, RSAPublicKey',
  raw: 'raw',
  'certificate-sha256': 'SHA-256, X.509',
  'esp-key-digest': 'SHA-256, ESP key block',
  'hab-srk': 'SHA-256, HAB SRK',
  'hab-srk-table': 'SHA-256, HAB SRK table',
  'nxp-rkth': 'NXP RKTH',
  'rotpk-sha256': 'SHA-256, ROTPK',
  'stm32-pkh': 'SHA-256, STM32 PKH',
  'rpi-key-sha256': 'SHA-256, Raspberry Pi',
  'rockchip-key-sha256': 'SHA-256, Rockchip',
  'avb-key-sha256': 'SHA-256, AVB',
  'content-hash': 'hash',
}

function anchorsOf({ fingerprints, name, lies, everybody, leaked }: Anchor): readonly ChainAnchor[] {
  const [first] = fingerprints
  if (!first) return []
  return [
    {
      form: FORMS[first.form],
      fingerprint: first.value,
      name,
      lies: placeText(lies),
      everybody: everybody !== undefined || leaked === true,
    },
  ]
}

function placeText(lies: Anchor['lies']): Text {
  switch (lies.in) {
    case 'release':
      return say.liesAt(lies.place.path)
    case 'trusted':
      return say.trustedBy(lies.name)
    case 'travelling':
    case 'hardware':
    case 'unknown':
      return say.LIES[lies.in]
  }
}

/** What nobody but the hardware can answer, each once; where no scheme asks, the first question of all. */
function questionsOf(judged: readonly Judged[], { answers }: Hardware): readonly ChainQuestion[] {
  const asked = judged.flatMap(({ node }) => node.link?.data.open ?? [])
  const signed = judged.some(
    ({ node, state }) => node.kind === 'holder' || state === 'verified' || state === 'open',
  )
  const all: readonly HardwareQuestion[] =
    asked.length > 0 || !signed
      ? asked
      : [
          { id: 'secure-boot-enabled', command: say.GENERIC_COMMAND },
          { id: 'key-digest', command: say.GENERIC_COMMAND },
          { id: 'debug-locked', command: say.GENERIC_COMMAND },
        ]
  const distinct = new Map(all.map((one) => [one.id, one]))
  return [...distinct.values()].map(({ id, command }) => ({
    id,
    question: HARDWARE_QUESTION_NAMES[id],
    command: commandText(command),
    answer: answers.get(id) ?? null,
  }))
}
