import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { giveAnchors, IN_KEY_FILE, keysAt } from '../mechanism/anchor.ts'
import { systemOf } from '../mechanism/join.ts'
import { clientOf, giveAgent, giveConfiguredParts, givePackageCheck } from './parts.ts'
import {
  clientFound,
  keyringFound,
  plainTransport,
  signatureDisabled,
  signatureRequired,
  slotsFound,
  tlsUnchecked,
} from './say.ts'
import { verificationOf } from './verification.ts'

type ClientFact = Fact<'update.client'>

/** What is configured and installed of one client in one system. */
interface Installed {
  readonly files: readonly ClientFact[]
  readonly programs: readonly Fact<'update.program'>[]
}

export function concludeClients(facts: Facts, out: ReduceOut): void {
  const groups = new Map<string, Installed>()
  const groupOf = ({ place, data }: ClientFact | Fact<'update.program'>) =>
    `${systemOf(place)}\n${data.client}`
  const files = Map.groupBy(facts.of('update.client'), groupOf)
  const programs = Map.groupBy(facts.of('update.program'), groupOf)
  for (const key of [...files.keys(), ...programs.keys()])
    groups.set(key, { files: files.get(key) ?? [], programs: programs.get(key) ?? [] })
  for (const group of groups.values()) concludeClient(group, facts, out)
}

function concludeClient({ files, programs }: Installed, facts: Facts, out: ReduceOut): void {
  const program = programs[0]?.place
  const [first] = files
  const place = first?.place ?? program
  const id = (first ?? programs[0])?.data.client
  // OSTree is a library of many programs: only a configured remote makes it a way to update the system.
  if (!place || id === undefined || (id === 'ostree' && !first)) return
  giveAgent(id, place, first !== undefined, program, facts, out)
  const deciding = files.filter((one) => one.data.verification !== 'unknown')
  for (const file of files) {
    const decides = deciding.length > 0 ? deciding.includes(file) : file === first
    const stated = stateFile(file, files, program, decides, facts, out)
    if (decides) givePackageCheck(file, stated, out)
    giveConfiguredParts(file, stated, out)
  }
}

/** Whether plain HTTP counts: where it is not known whether signatures are verified, it decides nothing. */
export function isPlainSource(
  url: string,
  client: ClientFact['data']['client'],
  verification: Stated['verification'],
): boolean {
  return /^http:/i.test(url) && client !== 'cwmp' && verification !== 'unknown'
}

/** What the evidence on one file came to. */
export interface Stated {
  readonly verification: ClientFact['data']['verification']
  /** Whether it was stated that signatures are required. */
  readonly required: boolean
  readonly program: Place | undefined
}

function stateFile(
  file: ClientFact,
  all: readonly ClientFact[],
  program: Place | undefined,
  decides: boolean,
  facts: Facts,
  out: ReduceOut,
): Stated {
  const { place, data } = file
  const installed = program !== undefined
  out.evidence(clientFound(file, installed))
  const verification = verificationOf(file, all)
  const verified = verification === 'always' || verification === 'required'
  // Keys that lie where a client looks verify nothing while it is told not to.
  const keys = verified && decides ? keysOf(file, facts) : []
  const told = new Map(keys.map((key) => [`${key.place.path} ${key.place.offset}`, key]))
  for (const key of told.values()) out.evidence(keyringFound(key, file))
  giveAnchors(keys, clientOf(data.client), facts, out, {
    ...IN_KEY_FILE,
    evidence: 'update.keyring',
    system: systemOf(place),
  })
  // fwupd updates parts of a device: that it verifies says nothing about the rest.
  const required = verified && data.verification !== 'unknown' && data.client !== 'fwupd' && keys.length > 0
  if (required) out.evidence(signatureRequired(file, installed))
  if (verification === 'off' && (data.verification === 'off' || data.client === 'opkg'))
    out.evidence(signatureDisabled(file))
  if (hasSpare(data.slots)) out.evidence(slotsFound(file))
  for (const source of data.sources) {
    if (isPlainSource(source.url, data.client, verification))
      out.evidence(plainTransport(place, { ...source, scheme: 'http' }, verified, false))
  }
  if (data.tlsUnchecked)
    out.evidence(tlsUnchecked(place, { client: data.client, repeat: `cat ${place.inner}` }, verified))
  return { verification, required, program }
}

/** Folders in which clients look for keys that no configuration names. */
const KEY_FOLDERS: Readonly<Partial<Record<ClientFact['data']['client'], readonly string[]>>> = {
  opkg: ['/etc/opkg/keys'],
  sysupgrade: ['/etc/opkg/keys'],
  apk: ['/etc/apk/keys'],
  apt: ['/etc/apt/trusted.gpg', '/etc/apt/trusted.gpg.d'],
  fwupd: ['/etc/pki/fwupd', '/etc/pki/fwupd-metadata'],
}

function keysOf({ place, data }: ClientFact, facts: Facts): readonly Fact<'key.public'>[] {
  const named = data.keys.map(({ path }) => `/${path}`)
  const folders = named.length > 0 ? [] : (KEY_FOLDERS[data.client] ?? [])
  const inside = facts.of('key.public').filter((key) => key.place.root.startsWith(`${place.path}@`))
  return [...[...named, ...folders].flatMap((path) => keysAt(facts, place, path)), ...inside]
}

/** Two slots of one class, as in `rootfs.0` and `rootfs.1`. */
function hasSpare(slots: readonly string[]): boolean {
  const classes = slots.map((slot) => slot.split('.')[0])
  return classes.some((name, index) => classes.indexOf(name) !== index)
}
