import type { MechanismChange, PartId, SavedMechanism, SavedPart, SavedResult, Text } from '@messlatte/model'
import { PARTS } from '../update/mechanism/parts.ts'

/**
 * What became of each part of each client, wherever in the release it lies: two slots that hold the same say it once. Parts are the
 * same when what they are is, whatever sentence and place tell it.
 */
export function compareMechanisms(old: SavedResult, added: SavedResult): readonly MechanismChange[] {
  const [before, after] = [byClient(old), byClient(added)]
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((client) => {
    const [a, b] = [before.get(client), after.get(client)]
    const title = (b ?? a)?.title ?? { en: client, de: client }
    return PARTS.flatMap(({ id: part }): readonly MechanismChange[] => {
      const [was, is] = [partsOf(a, part), partsOf(b, part)]
      const [went, fresh] = [without(was, is), without(is, was)]
      if (went.length + fresh.length === 0) return []
      return [
        {
          client,
          title,
          part,
          change: was.length === 0 ? 'added' : is.length === 0 ? 'removed' : 'changed',
          old: went.map(said),
          new: fresh.map(said),
          weaker: (b !== undefined || after.size === 0) && inFavour(was) && !inFavour(is),
        },
      ]
    })
  })
}

interface Client {
  readonly title: Text
  readonly parts: readonly SavedPart[]
}

function byClient({ mechanisms }: SavedResult): ReadonlyMap<string, Client> {
  const groups = Map.groupBy(mechanisms, ({ client }: SavedMechanism) => client)
  return new Map(
    [...groups].map(([client, all]) => [
      client,
      { title: all[0]?.title ?? { en: client, de: client }, parts: all.flatMap(({ parts }) => parts) },
    ]),
  )
}

/** Each once, by what it is. */
function partsOf(client: Client | undefined, id: PartId): readonly SavedPart[] {
  const parts = client?.parts.filter((one) => one.id === id) ?? []
  return [...new Map(parts.map((one) => [keyOf(one), one])).values()]
}

function without(parts: readonly SavedPart[], others: readonly SavedPart[]): readonly SavedPart[] {
  const keys = new Set(others.map(keyOf))
  return parts.filter((one) => !keys.has(keyOf(one)))
}

function keyOf({ polarity, details }: SavedPart): string {
  return JSON.stringify([polarity, details])
}

function said({ statement, polarity, path }: SavedPart) {
  return { statement, polarity, path }
}

function inFavour(parts: readonly SavedPart[]): boolean {
  return parts.some(({ polarity }) => polarity === 'for')
}
