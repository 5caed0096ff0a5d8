import { readdirSync, readFileSync } from 'node:fs'
import type { BootChain } from '@messlatte/model'
import type { EvidenceDraft, Fact, FactKind, Place } from '../../contract.ts'
import { factsView } from '../../engine/reduce.ts'
import { concludeChains } from './conclude.ts'
import type { Anchor, Demand, HardwareQuestion, LinkFact, Rollback, Stage } from './facts.ts'

type Link = Fact<'chain.link'>

export function linksOf(facts: readonly Fact[]): readonly Link[] {
  return facts.filter((fact): fact is Link => fact.kind === 'chain.link')
}

/** `scheme level: what it covers < where its keys lie; who demands it`, of each link. */
export function linksInShort(facts: readonly Fact[]): readonly string[] {
  return linksOf(facts).map(({ data }) => {
    const covers = data.covers.map(({ stage, name }) => `${stage}(${name})`).join(' ')
    const anchors = [...new Set(data.anchors.map(anchorInShort))].join(', ')
    return `${data.scheme} ${data.level}: ${covers} < ${anchors || 'no key'}; ${data.demand.by}`
  })
}

function anchorInShort({ lies, everybody, leaked }: LinkFact['anchors'][number]): string {
  const where = lies.in === 'release' ? lies.place.path : lies.in
  return `${where}${everybody === undefined ? '' : ' everybody'}${leaked ? ' leaked' : ''}`
}

/** What contradicts itself in a link; every scheme's tests expect none. */
export function linkFaults({ data, place }: Link): readonly string[] {
  const faults: string[] = []
  const { covers, level, signature, anchors, demand, open, repeat, gaps } = data
  if (covers.length === 0) faults.push('covers nothing')
  if (repeat === '') faults.push('has no command')
  const signed = level === 'E3' || level === 'E4' || level === 'E5' || level === 'E6'
  // A signature can hold what it covers by a checksum alone: then it says so of each part.
  if ((level === 'E0' || level === 'E1' || level === 'E2') && signature && gaps.length === 0)
    faults.push('is signed below E3, and nothing is open')
  if ((level === 'E4' || level === 'E5' || level === 'E6') && anchors.length === 0)
    faults.push('verifies with no key')
  const lies = new Set(anchors.map((anchor) => anchor.lies.in))
  if (level === 'E6' && !lies.has('trusted')) faults.push('is E6 and nobody trusts its key')
  if (signed && level !== 'E6' && lies.has('trusted')) faults.push('is trusted and not E6')
  if (level === 'E5' && !lies.has('release')) faults.push('is E5 and its key lies nowhere')
  if (demand.by === 'hardware' && open.length === 0)
    faults.push('waits for hardware that nobody is asked about')
  for (const part of [...covers, ...gaps]) {
    if (part.path === '' || part.name === '') faults.push('has a part without path or name')
    if ((part.offset === undefined) !== (part.length === undefined))
      faults.push(`has half a range of ${part.path}`)
  }
  for (const { fingerprints } of anchors) {
    if (fingerprints.length === 0) faults.push('has an anchor that nothing tells apart')
    for (const { value } of fingerprints)
      if (!/^[0-9a-f]+$/.test(value)) faults.push(`has a fingerprint ${value}`)
  }
  if (place.path === '' || data.holder === '') faults.push('lies nowhere')
  return faults
}

/** A fact of a fixture; `fixtures/README.md` says what stands in it. */
export interface ShortFact {
  readonly fact: FactKind
  readonly path: string
  readonly root?: string
  readonly stage?: Stage
  readonly writable?: boolean
  readonly scheme?: LinkFact['scheme']
  readonly covers?: Readonly<Record<string, Stage>>
  readonly gaps?: Readonly<Record<string, Stage>>
  readonly level?: LinkFact['level']
  readonly signature?: LinkFact['signature']
  readonly hash?: LinkFact['hash']
  readonly anchors?: readonly ShortAnchor[]
  readonly demand?: string
  readonly name?: string
  readonly isDefault?: boolean
  readonly encrypted?: boolean
  readonly rollback?: readonly Rollback[]
  readonly open?: readonly HardwareQuestion['id'][]
}

interface ShortAnchor {
  readonly key?: string
  readonly hash?: string
  readonly lies: string
  readonly everybody?: string
  readonly leaked?: boolean
}

export function factsIn(name: string): readonly Fact[] {
  const text = readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')
  return (JSON.parse(text) as readonly ShortFact[]).map(factOf)
}

export function factOf(short: ShortFact): Fact {
  const place = placeAt(short.path, short.root)
  switch (short.fact) {
    case 'chain.region': {
      const { stage = 'data', writable = false } = short
      return {
        kind: 'chain.region',
        place,
        data: { stage, writable, format: short.path.split(':').at(-1) ?? '' },
      }
    }
    case 'chain.first-program':
      return { kind: 'chain.first-program', place, data: { name: 'init' } }
    case 'chain.link':
      return { kind: 'chain.link', place, data: linkOf(short) }
    default:
      return { kind: short.fact, place, data: {} } as Fact
  }
}

export function placeAt(path: string, root = ''): Place {
  return { path, root, inner: '', offset: 0, length: 1, sha256: '00'.repeat(32) }
}

function linkOf(short: ShortFact): LinkFact {
  const {
    path,
    scheme = 'u-boot-fit',
    level = 'E0',
    name = '',
    covers = {},
    gaps = {},
    encrypted,
    anchors = [],
  } = short
  const partOf = ([inner, stage]: readonly [string, Stage]) => ({
    path: inner === '' ? path : `${path}/${inner}`,
    stage,
    name: inner === '' ? path : inner,
    ...(encrypted ? { encrypted } : {}),
  })
  return {
    scheme,
    evidence: `boot.${scheme}.signature`,
    name,
    ...(short.isDefault === undefined ? {} : { isDefault: short.isDefault }),
    holder: path,
    covers: Object.entries(covers).map(partOf),
    gaps: Object.entries(gaps).map((gap) => ({ ...partOf(gap), why: { en: 'left out', de: 'ausgelassen' } })),
    level,
    ...(short.signature ? { signature: short.signature } : {}),
    ...(short.hash ? { hash: short.hash } : {}),
    anchors: anchors.map(anchorOf),
    demand: demandIn(short.demand ?? 'unknown'),
    rollback: short.rollback ?? [],
    open: (short.open ?? []).map((id) => ({ id, command: 'espefuse summary --format json' })),
    repeat: 'verify',
  }
}

function anchorOf({ key, hash, lies, everybody, leaked }: ShortAnchor): Anchor {
  return {
    fingerprints: [
      hash === undefined ? { form: 'spki-sha256', value: key ?? '' } : { form: 'content-hash', value: hash },
    ],
    name: '',
    lies: liesIn(lies),
    ...(everybody === undefined ? {} : { everybody }),
    ...(leaked ? { leaked } : {}),
  }
}

function liesIn(text: string): Anchor['lies'] {
  switch (text) {
    case 'trusted':
      return { in: 'trusted', name: 'release.pem' }
    case 'travelling':
    case 'hardware':
    case 'unknown':
      return { in: text }
    default:
      return { in: 'release', place: placeAt(text) }
  }
}

function demandIn(text: string): Demand {
  if (text === 'hardware' || text === 'unknown') return { by: text }
  const [, nobody] = /^nobody:(.*)/.exec(text) ?? []
  return nobody === undefined
    ? { by: 'release', place: placeAt(text) }
    : { by: 'nobody', place: placeAt(nobody) }
}

export interface ChainRun {
  readonly chains: readonly BootChain[]
  readonly evidence: readonly EvidenceDraft[]
}

/** What the check concludes from facts. */
export function concluded(facts: readonly Fact[]): ChainRun {
  const chains: BootChain[] = []
  const evidence: EvidenceDraft[] = []
  concludeChains(factsView(facts), {
    evidence: (draft) => void evidence.push(draft),
    fact: (kind, _place, data) => void (kind === 'chain.path' && chains.push(data as BootChain)),
    ask: () => {},
  })
  return { chains, evidence }
}

/** `verdict: stage state(scheme level) < step, …` of each chain. */
export function chainsInShort(chains: readonly BootChain[]): readonly string[] {
  return chains.map(({ verdict, steps }) => {
    const each = steps.map(({ title, state, scheme, level, after }) => {
      const what = [scheme, level].filter((one) => one !== null).join(' ')
      return `${title.en} ${state}${what === '' ? '' : ` (${what})`}${after === null ? '' : ` < ${after}`}`
    })
    return `${verdict}: ${each.join('; ')}`
  })
}

export function fixtureNames(kind: 'positive' | 'negative' | 'near-miss'): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${kind}/${name.replace('.json', '')}`)
    .sort()
}
