import type { Service } from '@messlatte/model'
import { encodeText } from '@messlatte/unpack'
import type { Facts } from '../../contract.ts'
import { followBoots } from './graph.ts'
import type { BootService } from './service.ts'

const MOST_TEXT = 300

/** What the release starts, for people and for other tools. */
export function serviceTable(facts: Facts): readonly Service[] {
  return followBoots(facts)
    .flatMap(({ root, services }) => services.map((service) => rowOf(root, service)))
    .sort((a, b) => compare(a.root, b.root) || compare(a.name, b.name) || compare(a.command, b.command))
}

function rowOf(root: string, service: BootService): Service {
  const shown = (text: string) => encodeText(text.slice(0, MOST_TEXT))
  return {
    name: shown(service.name),
    title: shown(service.title),
    root,
    command: shown(service.words.join(' ')),
    when: service.conditions.length === 0 ? 'always' : 'condition',
    conditions: service.conditions.map(shown),
    chain: service.chain.map(shown),
    path: service.place?.path ?? root,
    offset: service.place?.offset ?? 0,
    length: service.place?.length ?? 0,
    sha256: service.place?.sha256 ?? null,
    user: service.user === undefined ? null : shown(service.user),
    listens: service.listens,
    authenticates: service.authenticates ?? null,
    reads: service.reads.map(shown),
    missing: service.missing,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
