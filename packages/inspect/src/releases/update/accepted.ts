import type { ReleaseAnswer, ReleaseStatement, Text } from '@messlatte/model'
import { isRecord } from '../parts.ts'
import { orderOf } from '../versions.ts'
import type { Look, Side } from './look.ts'
import { type ClientSeen, type Counter, SCHEMES, type UpdateSeen } from './seen.ts'

/** One thing that decides whether a device takes an update. */
export interface Step {
  readonly answer: ReleaseAnswer
  readonly text: Text
}

/**
 * Whether a device with one release takes an update of the other one: its signature, its hardware, and, for a downgrade, its version.
 * Yes only where all of it says so; no where one thing does.
 */
export function accepted(
  host: Side,
  update: UpdateSeen,
  hosted: UpdateSeen | undefined,
  look: Look,
): ReleaseStatement {
  const downgrade = host === 'new'
  const steps = [
    damageStep(update),
    signatureStep(host, update, look),
    hardwareStep(host, update, hosted, look),
    ...(downgrade ? [orderStep(update, look)] : []),
  ].filter((step): step is Step => step !== undefined)
  const answer = steps.some((one) => one.answer === 'no')
    ? 'no'
    : steps.some((one) => one.answer === 'open')
      ? 'open'
      : 'yes'
  const decisive = steps.filter((one) => one.answer === answer)
  const clients = look.clients(host, update.scheme)
  const places = clients.map(({ path }) => path)
  return {
    question: downgrade ? 'downgrade' : 'accepted',
    subject: SCHEMES[update.scheme]?.title ?? update.scheme,
    answer,
    text: joined([HEADS[downgrade ? 'downgrade' : 'accepted'][answer], ...decisive.map(({ text }) => text)]),
    basis: joined([...steps.filter((one) => one.answer !== answer).map(({ text }) => text), BOUND]),
    old: [],
    new: [],
    places: downgrade ? { old: [update.path], new: places } : { old: places, new: [update.path] },
  }
}

const HEADS: Readonly<Record<'accepted' | 'downgrade', Readonly<Record<ReleaseAnswer, Text>>>> = {
  accepted: {
    yes: {
      en: 'As far as both files show it, the old release takes the new one.',
      de: 'Soweit es beide Dateien zeigen, nimmt die alte Firmware die neue an.',
    },
    no: {
      en: 'As far as both files show it, the old release refuses the new one.',
      de: 'Soweit es beide Dateien zeigen, weist die alte Firmware die neue ab.',
    },
    open: {
      en: 'Whether the old release takes the new one stays open.',
      de: 'Ob die alte Firmware die neue annimmt, bleibt offen.',
    },
  },
  downgrade: {
    yes: {
      en: 'As far as both files show it, the new release takes the old one back: nothing refuses a downgrade.',
      de: 'Soweit es beide Dateien zeigen, nimmt die neue Firmware die alte wieder an: Nichts weist eine Rückstufung ab.',
    },
    no: {
      en: 'As far as both files show it, the new release refuses the old one.',
      de: 'Soweit es beide Dateien zeigen, weist die neue Firmware die alte ab.',
    },
    open: {
      en: 'Whether the new release takes the old one back stays open.',
      de: 'Ob die neue Firmware die alte wieder annimmt, bleibt offen.',
    },
  },
}
const BOUND: Text = {
  en: 'Hooks, handlers and other programs may refuse or take more; a test on a unit shows it.',
  de: 'Hooks, Handler und andere Programme können mehr abweisen oder annehmen; ein Test an einem Gerät zeigt es.',
}

function damageStep({ damaged, signature }: UpdateSeen): Step | undefined {
  if (!damaged && signature !== 'fails') return undefined
  return {
    answer: 'no',
    text: {
      en: 'The update is not whole: a part is not what its digest or signature says.',
      de: 'Das Update ist nicht unversehrt: Ein Teil ist nicht, was sein Digest oder seine Signatur sagt.',
    },
  }
}

function signatureStep(host: Side, update: UpdateSeen, look: Look): Step {
  const clients = look.clients(host, update.scheme)
  const required = clients.some(({ verification }) => verification === 'required')
  const verifiers = look.verifiedBy(host, update)
  const named = verifiers.find(({ configured }) => configured)
  const problems = look.problems(host, update)
  if (named && required && problems.length > 0)
    return { answer: 'open', text: say.problems(named.path, problems) }
  if (named && required) return { answer: 'yes', text: say.verifies(named.path) }
  if (clients.some(({ verification }) => verification === 'off'))
    return { answer: 'yes', text: say.NOT_VERIFYING }
  if (update.signature === 'unsigned')
    return required ? { answer: 'no', text: say.UNSIGNED_REFUSED } : { answer: 'open', text: say.UNSIGNED }
  const [other] = verifiers
  if (other) return { answer: 'open', text: say.verifiesElsewhere(other.path) }
  if (clients.length === 0) return { answer: 'open', text: say.NO_CLIENT }
  if (!required || !clients.some((client) => look.hasKeys(client)))
    return { answer: 'open', text: say.NO_KEY }
  return look.tried(host, update)
    ? { answer: 'no', text: say.OTHER_KEY }
    : { answer: 'open', text: say.NOT_TRIED }
}

function hardwareStep(
  host: Side,
  update: UpdateSeen,
  hosted: UpdateSeen | undefined,
  look: Look,
): Step | undefined {
  if ((SCHEMES[update.scheme]?.hardware ?? []).length === 0) return undefined
  const stated = look.clients(host, update.scheme).flatMap(({ hardware }) => hardware)
  const known = stated.length > 0 ? stated : (hosted?.hardware ?? [])
  if (known.length === 0 || update.hardware.length === 0) return { answer: 'open', text: say.HARDWARE_OPEN }
  const common = known.filter((one) => update.hardware.includes(one))
  if (common.length === 0) return { answer: 'no', text: say.otherHardware(known, update.hardware) }
  // What names the device itself decides; lists of two files only tell which devices both are for.
  if (common.length < new Set(known).size) return { answer: 'open', text: say.someHardware(common) }
  return { answer: 'yes', text: say.sameHardware(common) }
}

/** Clients that compare no versions unless they are told to, and the setting that tells them. */
const LEAST_VERSION: Readonly<Record<string, string | undefined>> = {
  rauc: 'minBundleVersion',
  swupdate: 'noDowngrading',
}
const NEVER_COMPARES: readonly string[] = ['mender', 'sysupgrade']

function orderStep(update: UpdateSeen, look: Look): Step {
  const clients = look.clients('new', update.scheme)
  const [client] = clients
  if (!client) return { answer: 'open', text: say.ORDER_OPEN }
  for (const one of clients) {
    const least = leastOf(one)
    if (least !== undefined) return againstLeast(least, update.counters)
  }
  if (client.client === 'rauc' || NEVER_COMPARES.includes(client.client))
    return { answer: 'yes', text: say.NOT_COMPARED }
  return { answer: 'open', text: say.ORDER_OPEN }
}

function leastOf({ client, details }: ClientSeen): string | undefined {
  const setting = LEAST_VERSION[client]
  const value = setting !== undefined && isRecord(details) ? details[setting] : undefined
  return typeof value === 'string' ? value : undefined
}

function againstLeast(least: string, counters: readonly Counter[]): Step {
  const version = counters.find(({ name }) => name === 'version')?.value
  const order = version === undefined ? undefined : orderOf(least, String(version))
  if (order === 'down') return { answer: 'no', text: say.below(least) }
  if (order === undefined) return { answer: 'open', text: say.leastUnclear(least) }
  return { answer: 'yes', text: say.notBelow(least) }
}

function joined(texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => en).join(' '), de: texts.map(({ de }) => de).join(' ') }
}

const say = {
  verifies: (path: string): Text => ({
    en: `Its signature verifies with ${path}, the key that the client there is configured with.`,
    de: `Seine Signatur lässt sich mit ${path} prüfen, dem Schlüssel, mit dem das Programm dort konfiguriert ist.`,
  }),
  verifiesElsewhere: (path: string): Text => ({
    en: `Its signature verifies with ${path}; that updates are verified with this key is not shown.`,
    de: `Seine Signatur lässt sich mit ${path} prüfen; dass Updates mit diesem Schlüssel geprüft werden, ist nicht gezeigt.`,
  }),
  problems: (path: string, codes: readonly string[]): Text => ({
    en: `Its signature verifies with ${path}, and clients refuse its certificate unless they are told otherwise: ${codes.join(', ')}.`,
    de: `Seine Signatur lässt sich mit ${path} prüfen, doch weisen Programme sein Zertifikat ab, wenn sie nicht anders eingestellt sind: ${codes.join(', ')}.`,
  }),
  NOT_VERIFYING: {
    en: 'The client is configured not to verify signatures: it takes anybody’s.',
    de: 'Das Programm ist so konfiguriert, dass es Signaturen nicht prüft: Es nimmt die von jedem.',
  },
  UNSIGNED_REFUSED: {
    en: 'It is not signed, and the client takes only what is.',
    de: 'Es ist nicht signiert, und das Programm nimmt nur Signiertes.',
  },
  UNSIGNED: {
    en: 'It is not signed; whether a signature is demanded is not shown.',
    de: 'Es ist nicht signiert; ob eine Signatur verlangt wird, ist nicht gezeigt.',
  },
  NO_CLIENT: {
    en: 'The release that would take it shows no client for this format, and no key that verifies it.',
    de: 'Die Firmware, die es annehmen müsste, zeigt kein Programm für dieses Format und keinen Schlüssel, mit dem es sich prüfen lässt.',
  },
  NO_KEY: {
    en: 'The key that the client verifies with was not found in its release.',
    de: 'Der Schlüssel, mit dem das Programm prüft, wurde in seiner Firmware nicht gefunden.',
  },
  NOT_TRIED: {
    en: 'Its signature was not tried with the keys of the other release: with saved results that cannot be done. Hand in the files.',
    de: 'Seine Signatur wurde nicht mit den Schlüsseln der anderen Firmware geprüft: Mit gespeicherten Ergebnissen geht das nicht. Legen Sie die Dateien vor.',
  },
  OTHER_KEY: {
    en: 'Its signature verifies with none of the keys that the client is configured with.',
    de: 'Seine Signatur lässt sich mit keinem der Schlüssel prüfen, mit denen das Programm konfiguriert ist.',
  },
  HARDWARE_OPEN: {
    en: 'For which hardware it is, the two files do not show together.',
    de: 'Für welche Hardware es ist, zeigen die beiden Dateien zusammen nicht.',
  },
  sameHardware: (common: readonly string[]): Text => ({
    en: `It is for the same hardware (${listed(common)}).`,
    de: `Es ist für dieselbe Hardware (${listed(common)}).`,
  }),
  someHardware: (common: readonly string[]): Text => ({
    en: `It is for some of the same hardware only (${listed(common)}).`,
    de: `Es ist nur für einen Teil derselben Hardware (${listed(common)}).`,
  }),
  otherHardware: (known: readonly string[], update: readonly string[]): Text => ({
    en: `It is for other hardware: ${listed(update)}, not ${listed(known)}.`,
    de: `Es ist für andere Hardware: ${listed(update)}, nicht ${listed(known)}.`,
  }),
  NOT_COMPARED: {
    en: 'The client compares no versions unless it is told to, and its configuration does not tell it.',
    de: 'Das Programm vergleicht keine Versionen, wenn es nicht dazu angehalten ist, und seine Konfiguration hält es nicht dazu an.',
  },
  ORDER_OPEN: {
    en: 'Whether versions or counters are compared before it is installed is not shown.',
    de: 'Ob vor dem Installieren Versionen oder Zähler verglichen werden, ist nicht gezeigt.',
  },
  below: (least: string): Text => ({
    en: `Its version is below ${least}, the least one that the client is configured to take.`,
    de: `Seine Version liegt unter ${least}, der kleinsten, die das Programm laut Konfiguration annimmt.`,
  }),
  notBelow: (least: string): Text => ({
    en: `Its version is not below ${least}, the least one that the client is configured to take.`,
    de: `Seine Version liegt nicht unter ${least}, der kleinsten, die das Programm laut Konfiguration annimmt.`,
  }),
  leastUnclear: (least: string): Text => ({
    en: `The client is configured to take no version below ${least}; whether its own is, cannot be told.`,
    de: `Das Programm nimmt laut Konfiguration keine Version unter ${least}; ob seine darunter liegt, ist nicht zu sagen.`,
  }),
} as const

function listed(values: readonly string[]): string {
  const some = [...new Set(values)].slice(0, 6)
  return values.length > 6 ? `${some.join(', ')}, …` : some.join(', ')
}
