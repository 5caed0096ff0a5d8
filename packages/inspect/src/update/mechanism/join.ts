import type { MechanismPart, UpdateMechanism } from '@messlatte/model'
import type { Fact } from '../../contract.ts'
import { prefixOf } from '../../services/boot/graph.ts'
import type { PartFact } from './facts.ts'
import { PARTS, partWords } from './parts.ts'

type Found = Fact<'update.part'>

const DEVICE = { id: 'device', title: { en: 'The device as a whole', de: 'Das Gerät als Ganzes' } } as const

const MOST_PARTS = 200

/** Parts of one client in one system belong together; what belongs to no client alone answers for all of them. */
export function joinParts(parts: readonly Found[]): readonly UpdateMechanism[] {
  const groups = Map.groupBy(
    parts,
    (part) => `${part.data.client ? ownSystem(part) : ''}\n${clientOf(part.data).id}`,
  )
  const shared = (groups.get(`\n${DEVICE.id}`) ?? []).filter(answers)
  return [...groups.values()].map((group) => {
    const [first] = group as [Found]
    const client = clientOf(first.data)
    const known = new Set([...group, ...shared].map(({ data }) => data.part.id))
    return {
      client: client.id,
      title: client.title,
      root: first.data.client ? ownSystem(first) : '',
      parts: ordered(group).slice(0, MOST_PARTS).map(lineOf),
      // Of the device as a whole nothing is asked: its parts are those of its clients.
      open: first.data.client
        ? PARTS.filter(({ id }) => !known.has(id)).map(({ id, question }) => ({ id, question }))
        : [],
    }
  })
}

/** Schedules once for each time: that a crontab starts something is told by the crontab, not by what it starts as well. */
export function withoutRepeats(parts: readonly Found[]): readonly Found[] {
  const seen = new Set<string>()
  return parts.filter(({ place, data }) => {
    const { part, client } = data
    if (part.id !== 'automatic' || part.interval === null) return true
    // What a schedule starts may be told twice, once by what it starts.
    const does = part.by === 'cron' || part.by === 'timer' ? '' : part.does
    const key = [systemOf(place), client?.id, part.by, does, part.interval].join('\n')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** A mere sign answers no question, and a watchdog does not tell what is started after it bit. */
function answers({ data: { part, confidence } }: Found): boolean {
  return confidence.grade !== 'low' && !(part.id === 'install' && part.method === 'watchdog')
}

function ownSystem({ place, data }: Found): string {
  return data.system ?? systemOf(place)
}

/** Nest path of the file system, or of the folder in it, that has directories of a system of its own. */
export function systemOf({ root, inner }: { readonly root: string; readonly inner: string }): string {
  const prefix = prefixOf(inner)
  return prefix === '' ? root : `${root}/${prefix.slice(0, -1)}`
}

function clientOf({ client }: PartFact) {
  return client ?? DEVICE
}

/** In the order of the parts, then as the facts come: by path and offset. What is said twice at one place stands once. */
function ordered(group: readonly Found[]): readonly Found[] {
  const once = new Map(group.map((one) => [keyOf(one), one]))
  return PARTS.flatMap(({ id }) => [...once.values()].filter(({ data }) => data.part.id === id))
}

function keyOf({ place, data }: Found): string {
  return JSON.stringify([place.path, place.offset, data.part, data.statement.en])
}

function lineOf({ place, data }: Found): MechanismPart {
  const { part, statement, polarity, confidence, how, line, evidence } = data
  return {
    ...part,
    statement,
    polarity,
    confidence,
    how,
    path: place.path,
    offset: place.offset,
    length: place.length,
    line: line ?? null,
    evidence: evidence ?? partWords(part.id).kind,
  }
}
