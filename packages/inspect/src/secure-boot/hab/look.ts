import {
  type Bytes,
  type Certificate,
  elementAt,
  isSignedBy,
  type PublicKey,
  Reader,
  readCertificate,
  readPublicKey,
} from '@messlatte/bytes'
import { type HabImage, parseHab } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { gapsIn } from './coverage.ts'
import { AEAD, CMS, type HabCommand, readCommands, SRK_TABLE, WRAPPED, X509 } from './csf.ts'
import type { HabCommands, HabFact, HabRoot, HabStretch } from './facts.ts'
import { readRoot } from './srk.ts'
import { verifyStretches } from './verify.ts'

const CERTIFICATE = 0xd7
const SIGNATURE = 0xd8
const CSF_SLOT = 1
/** Each may cover all of the image: a bound on work. */
const MAX_SIGNATURES = 8

export function lookAtHab(artefact: Artefact, out: MapOut): void {
  const fact = readHab(artefact.bytes)
  if (fact) out.fact('boot.hab.image', placeOf(artefact), fact)
}

export function readHab(bytes: Bytes): HabFact | undefined {
  const image = parseHab(bytes, 0)
  if (!image) return undefined
  return {
    version: image.version,
    plugin: image.plugin,
    hasDcd: image.dcd !== undefined,
    whole: image.end <= bytes.size,
    csf: image.csf ? 'there' : image.csfAt === undefined ? 'none' : 'named',
    commands: image.csf && readAll(bytes, image, image.csf),
  }
}

function readAll(bytes: Bytes, image: HabImage, csf: HabStretch): HabCommands | undefined {
  const list = csf.to <= bytes.size ? readCommands(bytes, csf.from, csf.to) : undefined
  if (!list) return undefined
  let end = csf.to
  const structure = (at: number, tag: number): Uint8Array | undefined => {
    const found = headed(bytes, csf.from + at, tag)
    if (found) end = Math.max(end, csf.from + at + found.length)
    return found
  }
  const installed = installKeys(list, structure)
  const keyIn = (slot: number) => installed.keys.get(slot === CSF_SLOT && installed.fast ? 0 : slot)
  const authenticated = list.filter((one) => one.name === 'authenticate')
  const stretches = (blocks: (typeof authenticated)[number]['blocks']): readonly HabStretch[] =>
    blocks.map(({ start, length }) => ({ from: start - image.self, to: start - image.self + length }))
  const verified = authenticated
    .filter(({ protocol }) => protocol === CMS)
    .map(({ slot, at, blocks }, index) => {
      const covers = blocks.length === 0 ? [csf] : stretches(blocks)
      const key = index < MAX_SIGNATURES ? keyIn(slot) : undefined
      const result = verifyStretches(bytes, covers, structure(at, SIGNATURE)?.subarray(4), key)
      return { own: blocks.length === 0, covers, result }
    })
  const encrypted = authenticated
    .filter(({ protocol }) => protocol === AEAD)
    .flatMap(({ blocks }) => stretches(blocks))
  const data = verified.filter(({ own }) => !own)
  const covered = data.flatMap(({ covers }) => covers)
  // The key of an encrypted image follows the commands, wrapped by a unit.
  const csfEnd = encrypted.length > 0 || installed.wrapped ? undefined : end
  return {
    version: `4.${(bytes.view(csf.from + 3, 1)[0] as number) & 15}`,
    root: installed.root,
    fast: installed.fast,
    certificates: installed.certificates,
    commands: verified.find(({ own }) => own)?.result,
    data: data.map(({ result }) => result),
    covered,
    encrypted,
    gaps: gapsIn(bytes, image, [...covered, ...encrypted], csfEnd),
    unlocks: list.flatMap((one) => (one.name === 'unlock' ? [one.unlock] : [])),
  }
}

/** Keys by the slot that they are put in: each one is vouched for by another, the first by the fuses. */
function installKeys(
  list: readonly HabCommand[],
  structure: (at: number, tag: number) => Uint8Array | undefined,
) {
  const keys = new Map<number, PublicKey>()
  const certificates: HabCommands['certificates'][number][] = []
  let root: HabRoot | undefined
  let fast = true
  let wrapped = false
  for (const one of list) {
    if (one.name !== 'install-key') continue
    if (one.protocol === WRAPPED) wrapped = true
    const found = one.at === undefined ? undefined : structure(one.at, CERTIFICATE)
    if (one.protocol === SRK_TABLE && !root) {
      root = found && readRoot(found, one.source)
      const key = root?.spki && readPublicKey(Buffer.from(root.spki, 'base64'))
      if (key) keys.set(one.target, key)
    }
    if (one.protocol !== X509) continue
    if (one.target === CSF_SLOT) fast = false
    const certificate = found && certificateIn(found.subarray(4))
    if (!certificate?.key) continue
    const holds = isSignedBy(certificate.signed, keys.get(one.source))
    const spki = Buffer.from(certificate.spki).toString('base64')
    certificates.push({ slot: one.target, spki, holds })
    keys.set(one.target, certificate.key)
  }
  return { keys, certificates, root, fast, wrapped }
}

/** Signers fill certificates up to a multiple of four bytes. */
function certificateIn(content: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(elementAt(content).whole)
  } catch {
    return undefined
  }
}

function headed(bytes: Bytes, at: number, tag: number): Uint8Array | undefined {
  if (at + 4 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, 4), 'big')
  const [found, length] = [reader.u8(), reader.u16()]
  if (found !== tag || length < 4 || at + length > bytes.size) return undefined
  return bytes.view(at, length).slice()
}
