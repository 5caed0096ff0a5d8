import { encodeText } from '@messlatte/unpack'
import type { EvidenceDraft, Fact, Facts, Observation, ReduceOut } from '../../contract.ts'
import { secret } from '../../drafts.ts'
import { followBoots } from '../../services/boot/graph.ts'
import type { BootService } from '../../services/boot/service.ts'
import { printable } from '../printable.ts'
import './facts.ts'
import { generatorOf } from './generated.ts'
import * as say from './say.ts'
import { touched } from './subjects.ts'

type Clear = Fact<'credential.clear'>

/** What is needed to conclude: what the system starts, and the scripts of the image. */
export const CLEAR_NEEDS = ['boot.file', 'boot.link', 'boot.path'] as const

const MOST_PLACES = 50

/** Reduce: one statement for each value of a file, with who reads it, and whether something replaces it. */
export function concludeClear(check: string, facts: Facts, out: ReduceOut): void {
  const own = facts.of('credential.clear').filter(({ data }) => data.check === check)
  if (own.length === 0) return
  const [examples, real] = [own.filter(isExample), own.filter((one) => !isExample(one))]
  const same = Map.groupBy(real, ({ place, data }) =>
    JSON.stringify([place.path, data.kind, data.subject, data.user ?? null, data.value, data.state]),
  )
  for (const all of same.values()) out.evidence(evidenceOf(all as [Clear, ...Clear[]], facts))
  for (const all of Map.groupBy(examples, ({ place }) => place.root).values())
    out.evidence(examplesOf(all as [Clear, ...Clear[]]))
}

function isExample({ data }: Clear): boolean {
  return data.state === 'example'
}

/** One statement for all published examples of a root. */
function examplesOf(all: readonly [Clear, ...Clear[]]): EvidenceDraft {
  const [{ place, data }] = all
  return {
    kind: data.kind,
    polarity: 'neutral',
    ...touched(data.subject),
    place,
    title: say.EXAMPLES,
    observation: {
      count: all.length,
      places: all.slice(0, MOST_PLACES).map((one) => ({ setting: one.data.setting, path: one.place.path })),
    },
    confidence: { grade: 'high', reason: say.EXAMPLE },
  }
}

function evidenceOf(all: readonly [Clear, ...Clear[]], facts: Facts): EvidenceDraft {
  const [first] = all
  const fact = unlinked(first, facts)
    ? ({ ...first.data, grade: 'low', weakness: 'not-enabled' } as const)
    : first.data
  const service = readerOf(first, facts)
  const generator = generatorOf(facts, first)
  const observation = { ...observed(all), ...(service ? { readBy: describe(service) } : {}) }
  const common = { kind: fact.kind, ...touched(fact.subject), place: first.place }
  if (generator) {
    const script = { path: generator.place.path, line: generator.line, command: encodeText(generator.text) }
    return {
      ...common,
      polarity: 'neutral',
      title: say.generatedTitle(fact),
      observation: { ...observation, replacedBy: script },
      confidence: { grade: 'medium', reason: say.GENERATED },
    }
  }
  const known = fact.readers.length > 0 && fact.weakness === undefined
  const confidence = {
    grade: service && fact.grade === 'medium' && fact.weakness === undefined ? 'high' : fact.grade,
    reason: say.reason(fact, known ? service !== undefined : undefined),
  } as const
  return {
    ...common,
    polarity: 'against',
    title: say.title(fact),
    observation,
    confidence,
    overturnedBy: say.overturned(fact),
  }
}

function observed(all: readonly [Clear, ...Clear[]]): { readonly [key: string]: Observation } {
  const [{ place, data }] = all
  const { subject, user, value, form, state, more } = data
  const settings = [...new Set(all.map((one) => printable(one.data.setting)))]
  return {
    subject,
    settings: settings.slice(0, MOST_PLACES),
    ...(user === undefined ? {} : { user: printable(user) }),
    ...(state === 'none' ? {} : { value: secret(form, value) }),
    state,
    ...(more ?? {}),
    repeat: `tail -c +${place.offset + 1} FILE | head -c ${place.length}`,
  }
}

/** In a folder of what is available: some other folder has to link to it. */
function unlinked({ place }: Clear, facts: Facts): boolean {
  const name = /(?:^|\/)[\w.]+-available\/([^/]+)$/.exec(place.inner)?.[1]
  if (name === undefined) return false
  return !facts
    .of('boot.link')
    .some((link) => link.place.root === place.root && link.data.target.endsWith(`-available/${name}`))
}

function readerOf({ place, data }: Clear, facts: Facts): BootService | undefined {
  if (data.readers.length === 0) return undefined
  for (const { root, services } of followBoots(facts)) {
    if (root !== place.root) continue
    const found = services.find(({ name, missing }) => !missing && data.readers.includes(name))
    if (found) return found
  }
  return undefined
}

function describe({ words, listens, conditions, chain }: BootService): Observation {
  return {
    command: encodeText(words.join(' ')),
    ports: listens.map(({ protocol, port }) => `${port}/${protocol}`),
    conditions: conditions.map((condition) => encodeText(condition)),
    startedBy: chain.map((path) => encodeText(path)),
  }
}
