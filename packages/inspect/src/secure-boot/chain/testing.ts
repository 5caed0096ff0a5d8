import type { Fact } from '../../contract.ts'
import type { LinkFact } from './facts.ts'

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
