import type { ReleaseAnswer, ReleaseStatement, Text } from '@messlatte/model'
import { raucOrder, swupdateOrder } from './client-versions.ts'
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
    update.scheme === 'boot-image' ? bootStep(host, update.path, look) : signatureStep(host, update, look),
    hardwareStep(host, update, hosted, look),
    ...limitSteps(host, update, look),
    ...(downgrade ? [orderStep(update, look)] : []),
  ].filter((step): step is Step => step !== undefined)
  const clients = look.clients(host, update.scheme).map(({ path }) => path)
  return statement(host, SCHEMES[update.scheme]?.title ?? update.scheme, steps, update.path, clients)
}

/** Whether the boot loader of one release starts a FIT of the other one. */
export function fitAccepted(host: Side, path: string, look: Look): readonly ReleaseStatement[] {
  const seen = look.boot(host, path)
  if (seen.result === 'no-loader') return []
  const order = host === 'new' ? [{ answer: 'open', text: say.ORDER_OPEN } as const] : []
  const loaders = 'loaders' in seen ? seen.loaders : []
  return [statement(host, 'U-Boot FIT', [bootStep(host, path, look), ...order], path, loaders)]
}

function statement(
  host: Side,
  subject: string,
  steps: readonly Step[],
  path: string,
  takers: readonly string[],
): ReleaseStatement {
  const question = host === 'new' ? 'downgrade' : 'accepted'
  const answer = steps.some((one) => one.answer === 'no')
    ? 'no'
    : steps.some((one) => one.answer === 'open')
      ? 'open'
      : 'yes'
  const decisive = steps.filter((one) => one.answer === answer)
  return {
    question,
    subject,
    answer,
    text: joined([HEADS[question][answer], ...decisive.map(({ text }) => text)]),
    basis: joined([...steps.filter((one) => one.answer !== answer).map(({ text }) => text), BOUND]),
    old: [],
    new: [],
    places: host === 'new' ? { old: [path], new: takers } : { old: takers, new: [path] },
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
  if (!required || !clients.some((client) => look.hasKeys(host, update.scheme, client)))
    return { answer: 'open', text: say.NO_KEY }
  return look.tried(host, update)
    ? { answer: 'no', text: say.OTHER_KEY }
    : { answer: 'open', text: say.NOT_TRIED }
}

/** Boot loaders verify what they start with keys of their own. */
export function bootStep(host: Side, path: string, look: Look): Step {
  const seen = look.boot(host, path)
  switch (seen.result) {
    case 'starts':
      return { answer: 'yes', text: say.starts(seen.loaders) }
    case 'refuses':
      return { answer: 'no', text: say.refuses(seen.loaders) }
    case 'other-key':
      return { answer: 'open', text: say.otherKey(seen.loaders) }
    case 'not-tried':
      return { answer: 'open', text: say.NOT_TRIED }
    case 'no-loader':
      return { answer: 'open', text: say.NO_LOADER }
  }
}

function hardwareStep(
  host: Side,
  update: UpdateSeen,
  hosted: UpdateSeen | undefined,
  look: Look,
): Step | undefined {
  if ((SCHEMES[update.scheme]?.hardware ?? []).length === 0) return undefined
  // What names no hardware is started on any: MCUboot compares identifiers only where an image has them.
  if (update.scheme === 'boot-image' && update.hardware.length === 0) return undefined
  const stated = look.clients(host, update.scheme).flatMap(({ hardware }) => hardware)
  const known = stated.length > 0 ? stated : (hosted?.hardware ?? [])
  if (known.length === 0 || update.hardware.length === 0) return { answer: 'open', text: say.HARDWARE_OPEN }
  const common = known.filter((one) => update.hardware.includes(one))
  if (common.length === 0) return { answer: 'no', text: say.otherHardware(known, update.hardware) }
  // What names the device itself decides; lists of two files only tell which devices both are for.
  if (common.length < new Set(known).size) return { answer: 'open', text: say.someHardware(common) }
  return { answer: 'yes', text: say.sameHardware(common) }
}

const NEVER_COMPARES: readonly string[] = ['mender', 'sysupgrade']

/** Whether limits of versions that a client is configured with refuse an update: also one that is newer. */
function limitSteps(host: Side, update: UpdateSeen, look: Look): readonly Step[] {
  const version = update.counters.find(({ name }) => name === 'version')?.value
  return look
    .clients(host, update.scheme)
    .flatMap((client) => limitsOf(client, version))
    .slice(0, 8)
}

type Limit = 'least' | 'most' | 'other-than'

/** RAUC, documentation, Reference, `min-bundle-version`; SWUpdate, core/parser.c, behind the description is read. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {
  rauc: { minBundleVersion: 'least' },
  swupdate: { noDowngrading: 'least', maxVersion: 'most', noReinstalling: 'other-than' },
}

function limitsOf({ client, details }: ClientSeen, version: Counter['value'] | undefined): readonly Step[] {
  return Object.entries(LIMITS[client] ?? {}).flatMap(([setting, limit]): readonly Step[] => {
    const value = details[setting]
    if (typeof value !== 'string' || value === '') return []
    return [details.updateTypes === undefined ? against(client, limit, value, version) : TYPED]
  })
}

function against(client: string, limit: Limit, value: string, version: Counter['value'] | undefined): Step {
  // RAUC refuses a bundle without a version then; what SWUpdate does with none is not known here.
  if (version === undefined)
    return client === 'rauc'
      ? { answer: 'no', text: say.noVersion(value) }
      : { answer: 'open', text: say.unclear(value) }
  const own = String(version)
  if (limit === 'other-than')
    return own === value
      ? { answer: 'no', text: say.same(value) }
      : { answer: 'yes', text: say.notSame(value) }
  const order = client === 'rauc' ? raucOrder(own, value) : swupdateOrder(own, value)
  if (order === 'refused') return { answer: 'no', text: say.unreadable(own, value) }
  if (order === undefined) return { answer: 'open', text: say.unclear(value) }
  if (limit === 'most')
    return order > 0 ? { answer: 'no', text: say.above(value) } : { answer: 'yes', text: say.notAbove(value) }
  return order < 0 ? { answer: 'no', text: say.below(value) } : { answer: 'yes', text: say.notBelow(value) }
}

/** Of a downgrade, where no limit says anything. */
function orderStep(update: UpdateSeen, look: Look): Step {
  const clients = look.clients('new', update.scheme)
  const [client] = clients
  if (!client) return { answer: 'open', text: say.ORDER_OPEN }
  const hasLeast = clients.some(({ client: name, details }) =>
    Object.entries(LIMITS[name] ?? {}).some(
      ([setting, limit]) => limit === 'least' && details[setting] !== undefined,
    ),
  )
  if (hasLeast) return { answer: 'yes', text: say.LIMITED }
  if (client.client === 'rauc' || NEVER_COMPARES.includes(client.client))
    return { answer: 'yes', text: say.NOT_COMPARED }
  return { answer: 'open', text: say.ORDER_OPEN }
}

const TYPED: Step = {
  answer: 'open',
  text: {
    en: 'The client has limits of versions for types of updates of their own, which were not told apart.',
    de: 'Das Programm hat eigene Versionsgrenzen für Arten von Updates, die nicht unterschieden wurden.',
  },
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
  LIMITED: {
    en: 'The client compares versions with the least one that it is configured with.',
    de: 'Das Programm vergleicht Versionen mit der kleinsten aus seiner Konfiguration.',
  },
  below: (least: string): Text => ({
    en: `Its version is below ${least}, the least one that the client is configured to take.`,
    de: `Seine Version liegt unter ${least}, der kleinsten, die das Programm laut Konfiguration annimmt.`,
  }),
  notBelow: (least: string): Text => ({
    en: `Its version is not below ${least}, the least one that the client is configured to take.`,
    de: `Seine Version liegt nicht unter ${least}, der kleinsten, die das Programm laut Konfiguration annimmt.`,
  }),
  above: (most: string): Text => ({
    en: `Its version is above ${most}, the highest one that the client is configured to take.`,
    de: `Seine Version liegt über ${most}, der höchsten, die das Programm laut Konfiguration annimmt.`,
  }),
  notAbove: (most: string): Text => ({
    en: `Its version is not above ${most}, the highest one that the client is configured to take.`,
    de: `Seine Version liegt nicht über ${most}, der höchsten, die das Programm laut Konfiguration annimmt.`,
  }),
  same: (version: string): Text => ({
    en: `Its version is ${version}, which the client is configured not to install again.`,
    de: `Seine Version ist ${version}, die das Programm laut Konfiguration nicht erneut installiert.`,
  }),
  notSame: (version: string): Text => ({
    en: `Its version is another one than ${version}, which the client does not install again.`,
    de: `Seine Version ist eine andere als ${version}, die das Programm nicht erneut installiert.`,
  }),
  noVersion: (least: string): Text => ({
    en: `It says no version, and the client, which takes none below ${least}, refuses it for that.`,
    de: `Es nennt keine Version, und das Programm, das keine unter ${least} annimmt, weist es deshalb ab.`,
  }),
  unreadable: (own: string, least: string): Text => ({
    en: `Its version, ${own}, or the limit, ${least}, is none that the client can compare: it refuses the update for that.`,
    de: `Seine Version, ${own}, oder die Grenze, ${least}, ist keine, die das Programm vergleichen kann: Es weist das Update deshalb ab.`,
  }),
  unclear: (limit: string): Text => ({
    en: `The client compares its version with ${limit}; what comes of it cannot be told.`,
    de: `Das Programm vergleicht seine Version mit ${limit}; was dabei herauskommt, ist nicht zu sagen.`,
  }),
  starts: (loaders: readonly string[]): Text => ({
    en: `Its signature verifies with a key of the boot loader there (${listed(loaders)}).`,
    de: `Seine Signatur lässt sich mit einem Schlüssel des Bootloaders dort prüfen (${listed(loaders)}).`,
  }),
  refuses: (loaders: readonly string[]): Text => ({
    en: `No key of the boot loader there (${listed(loaders)}) verifies it, and that one starts nothing else.`,
    de: `Kein Schlüssel des Bootloaders dort (${listed(loaders)}) prüft es, und der startet nichts anderes.`,
  }),
  otherKey: (loaders: readonly string[]): Text => ({
    en: `It is not signed with the key of the boot loader there (${listed(loaders)}); whether the fuses hold another one, only a unit tells.`,
    de: `Es ist nicht mit dem Schlüssel des Bootloaders dort signiert (${listed(loaders)}); ob die Fuses einen anderen enthalten, sagt nur ein Gerät.`,
  }),
  NO_LOADER: {
    en: 'The release that would start it shows no boot loader with keys for it.',
    de: 'Die Firmware, die es starten müsste, zeigt keinen Bootloader mit Schlüsseln dafür.',
  },
} as const

function listed(values: readonly string[]): string {
  const some = [...new Set(values)].slice(0, 6)
  return values.length > 6 ? `${some.join(', ')}, …` : some.join(', ')
}
