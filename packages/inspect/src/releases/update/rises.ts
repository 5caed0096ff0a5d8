import type { ReleaseStatement, SavedResult, Text } from '@messlatte/model'
import { keyOf, stagesOf, stepsOf } from '../parts.ts'
import { pairBy } from '../paths.ts'
import { type Order, orderOf } from '../versions.ts'
import { type Counter, SCHEMES, type UpdateSeen } from './seen.ts'

type Rising = Pick<ReleaseStatement, 'places' | 'subject'>

/** Whether versions and counters of what starts rise strictly. */
export function bootCounters(old: SavedResult, added: SavedResult): readonly ReleaseStatement[] {
  const boot = (result: SavedResult) =>
    stepsOf(result).filter(({ kind, step }) => kind === 'boot' && step.rollback.length > 0)
  return pairBy(boot(old), boot(added), keyOf).both.flatMap((pair) => {
    const [a, b] = [pair.old.step, pair.new.step]
    const places = { old: a.path === null ? [] : [a.path], new: b.path === null ? [] : [b.path] }
    const known = (step: typeof a) =>
      step.rollback.flatMap(({ name, value, signed }) => (value === null ? [] : [{ name, value, signed }]))
    return countersOf({ subject: `${b.scheme}: ${stagesOf(b).join(', ')}`, places }, known(a), known(b))
  })
}

/** Whether versions and counters of update files rise strictly. */
export function updateCounters(old: UpdateSeen, added: UpdateSeen): readonly ReleaseStatement[] {
  const places = { old: [old.path], new: [added.path] }
  const subject = SCHEMES[added.scheme]?.title ?? added.scheme
  const all = countersOf({ subject, places }, old.counters, added.counters)
  if (all.length > 0) return all
  return [
    {
      question: 'rises',
      subject,
      answer: 'open',
      text: {
        en: 'The two files do not show a version of the update that could be compared.',
        de: 'Die beiden Dateien zeigen keine Version des Updates, die sich vergleichen ließe.',
      },
      basis: { en: 'Nothing was compared.', de: 'Es wurde nichts verglichen.' },
      old: old.counters.map(shown),
      new: added.counters.map(shown),
      places,
    },
  ]
}

function countersOf(
  base: Rising,
  old: readonly Counter[],
  added: readonly Counter[],
): readonly ReleaseStatement[] {
  return pairBy(old, added, ({ name }) => name).both.map((pair) => {
    const order = orderOf(String(pair.old.value), String(pair.new.value))
    return {
      question: 'rises' as const,
      subject: `${base.subject}, ${pair.new.name}`,
      answer: order === undefined ? ('open' as const) : order === 'up' ? ('yes' as const) : ('no' as const),
      text: order === undefined ? NO_ORDER : ORDERS[order],
      basis: pair.old.signed && pair.new.signed ? SIGNED : NOT_SIGNED,
      old: [shown(pair.old)],
      new: [shown(pair.new)],
      places: base.places,
    }
  })
}

function shown({ name, value }: Counter): string {
  return `${name} ${value}`
}

const ORDERS: Readonly<Record<Order, Text>> = {
  up: { en: 'It rises.', de: 'Sie steigt.' },
  equal: {
    en: 'It is the same: a device that compares it cannot tell the two apart.',
    de: 'Sie ist gleich: Ein Gerät, das sie vergleicht, kann die beiden nicht unterscheiden.',
  },
  down: {
    en: 'It falls: a device that compares it refuses the new release.',
    de: 'Sie fällt: Ein Gerät, das sie vergleicht, weist die neue Firmware ab.',
  },
}
const NO_ORDER: Text = {
  en: 'The two are written in different ways; which one is newer, they do not tell.',
  de: 'Die beiden sind verschieden geschrieben; welche neuer ist, sagen sie nicht.',
}
const SIGNED: Text = {
  en: 'Both stand in what is signed. Whether a device compares them, these values do not show.',
  de: 'Beide stehen in dem, was signiert ist. Ob ein Gerät sie vergleicht, zeigen diese Werte nicht.',
}
const NOT_SIGNED: Text = {
  en: 'At least one of them is not under a signature: whoever makes an update can write another one.',
  de: 'Mindestens eine steht nicht unter einer Signatur: Wer ein Update baut, kann eine andere hineinschreiben.',
}
