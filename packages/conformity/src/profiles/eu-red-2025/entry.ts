import type { Condition, MappingLine, Pillar, Requirement, Text } from '@messlatte/model'
import { ask } from '../../text.ts'

export type Part = 1 | 2 | 3

const RADIO: Condition = { trait: 'radio-equipment' }
const ONLINE: Condition = { trait: 'internet-connected' }

/** What Article 3(3)(d), (e) and (f) each apply to, and with them the part of the standard. */
const APPLIES: Readonly<Record<Part, Condition>> = {
  1: { all: [RADIO, ONLINE] },
  2: {
    all: [
      RADIO,
      {
        any: [{ all: [ONLINE, { trait: 'personal-data-processed' }] }, { trait: 'childcare-toy-wearable' }],
      },
    ],
  },
  3: { all: [RADIO, ONLINE, { trait: 'transfers-value' }] },
}

interface Entry {
  readonly id: string
  readonly parts: readonly Part[]
  readonly title: Text
  readonly pillar?: Pillar
  readonly only?: Condition
  readonly note?: Text
  readonly lines?: readonly MappingLine[]
}

export function requirement({ id, parts, title, pillar, only, note, lines }: Entry): Requirement {
  const scopes = parts.map((part) => APPLIES[part])
  const [first, ...rest] = scopes
  const scope: Condition = rest.length === 0 ? first! : { any: scopes }
  return {
    id,
    where: `EN 18031${parts.map((part, at) => `${at === 0 ? '' : ', '}-${part}`).join('')}`,
    title,
    pillar: pillar ?? null,
    condition: only ? { all: [scope, only] } : scope,
    ...(note && { note }),
    source: 'en18031-2024',
    sourceStatus: 'published',
    lines: lines ?? [],
    missing: [
      ask(
        'maker',
        'documents',
        `The technical documentation for ${id} of EN 18031: to which assets, interfaces or mechanisms it applies, the way through its decision tree, and the results of the conceptual and functional assessments`,
        `Die technischen Unterlagen zu ${id} der EN 18031: auf welche Werte, Schnittstellen oder Mechanismen sie zutrifft, der Weg durch ihren Entscheidungsbaum und die Ergebnisse der konzeptionellen und funktionalen Bewertung`,
      ),
    ],
  }
}
