import type { ReleaseStatement } from '@messlatte/model'
import { pairBy } from '../paths.ts'
import { accepted, fitAccepted } from './accepted.ts'
import { fitsOf } from './boot.ts'
import { type Compared, lookFor } from './look.ts'
import { bootCounters, updateCounters } from './rises.ts'
import { SCHEMES, type UpdateSeen, updatesOf } from './seen.ts'
import { bootSigners, updateSigner } from './signer.ts'

/** Update files of one release that are compared. */
const MOST_UPDATES = 32

/** What both releases show about the step from one to the other. */
export function compareUpdates(old: Compared, added: Compared): readonly ReleaseStatement[] {
  const look = lookFor(old, added)
  const updates = (one: Compared) => updatesOf(one.result).slice(0, MOST_UPDATES)
  const { both, went, added: fresh } = pairUpdates(updates(old), updates(added))
  const started = [
    ...fitsOf(added).flatMap((path) => fitAccepted('old', path, look)),
    ...fitsOf(old).flatMap((path) => fitAccepted('new', path, look)),
  ].slice(0, MOST_UPDATES)
  return [
    ...bootSigners(old.result, added.result),
    ...bootCounters(old.result, added.result),
    ...both.flatMap((pair) => [
      // Of what starts, its own chain tells keys and counters.
      ...(pair.new.scheme === 'boot-image'
        ? []
        : [updateSigner(pair.old, pair.new, look), ...updateCounters(pair.old, pair.new)]),
      ...hardware(pair.old, pair.new),
      accepted('old', pair.new, pair.old, look),
      accepted('new', pair.old, pair.new, look),
    ]),
    ...fresh.map((one) => accepted('old', one, undefined, look)),
    ...went.map((one) => accepted('new', one, undefined, look)),
    ...started,
    ...(both.length + fresh.length + started.length === 0 ? [NO_UPDATE] : []),
  ]
}

/** Of one scheme: first those for the same hardware, then in their order. */
function pairUpdates(old: readonly UpdateSeen[], added: readonly UpdateSeen[]) {
  const same = pairBy(old, added, ({ scheme, hardware: own }) => `${scheme}\0${own.join('\0')}`)
  const rest = pairBy(same.went, same.added, ({ scheme }) => scheme)
  return { both: [...same.both, ...rest.both], went: rest.went, added: rest.added }
}

function hardware(old: UpdateSeen, added: UpdateSeen): readonly ReleaseStatement[] {
  if (old.hardware.length === 0 || added.hardware.length === 0) return []
  const lost = old.hardware.filter((one) => !added.hardware.includes(one))
  const base = {
    question: 'hardware',
    subject: SCHEMES[added.scheme]?.title ?? added.scheme,
    old: old.hardware,
    new: added.hardware,
    places: { old: [old.path], new: [added.path] },
    basis: {
      en: 'Both descriptions state it; which hardware a unit has, they do not show.',
      de: 'Beide Beschreibungen nennen sie; welche Hardware ein Gerät hat, zeigen sie nicht.',
    },
  } as const
  if (lost.length === 0)
    return [
      {
        ...base,
        answer: 'yes',
        text: {
          en: 'The new one is for all hardware that the old one is for.',
          de: 'Die neue ist für alle Hardware, für die die alte ist.',
        },
      },
    ]
  return [
    {
      ...base,
      answer: 'no',
      text: {
        en: `The new one is not for hardware that the old one is for: ${lost.slice(0, 6).join(', ')}.`,
        de: `Die neue ist nicht für Hardware, für die die alte ist: ${lost.slice(0, 6).join(', ')}.`,
      },
    },
  ]
}

const NO_UPDATE: ReleaseStatement = {
  question: 'accepted',
  subject: '',
  answer: 'open',
  text: {
    en: 'The new release holds no update file that was recognised, so whether the old one would take it is not shown. Hand in the update file.',
    de: 'Die neue Firmware enthält keine Update-Datei, die erkannt wurde; ob die alte sie annähme, ist damit nicht gezeigt. Legen Sie die Update-Datei vor.',
  },
  basis: {
    en: 'Nothing was verified.',
    de: 'Es wurde nichts geprüft.',
  },
  old: [],
  new: [],
  places: { old: [], new: [] },
}
