import { Reader } from '@messlatte/bytes'
import { parsePe, parseUefiVariables, type UefiVariable } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { KeyListFact } from './facts.ts'
import { listOf, listOfFile, VOLUME_FILES } from './names.ts'
import { listed, parseSignatureLists, type SignatureLists } from './signature-list.ts'
import { readUpdate } from './update.ts'

/** Bytes; the lists of revoked images have some 30 KiB. */
const MOST = 1024 * 1024
const FILE = /\.(?:esl|auth)$/i
const VOLUME_FILE = new RegExp(`^(${Object.keys(VOLUME_FILES).join('|')})(?:/|$)`, 'i')
export const PATHS: readonly RegExp[] = [FILE, VOLUME_FILE]

/** edk2's switch: gEfiSecureBootEnableDisableGuid. */
const SWITCH = { guid: 'F0A30BC7-AF08-4556-99C4-001009C93A44', name: 'SecureBootEnable' } as const

/** Map: lists of keys in stores, firmware volumes, updates and files. */
export function lookForKeys(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'uefi-variables') {
    lookAtStore(artefact, out)
    return
  }
  if (artefact.format === 'pe') {
    lookAtShim(artefact, out)
    return
  }
  if (artefact.type !== 'file' || artefact.bytes.size > MOST || artefact.bytes.size === 0) return
  const content = artefact.bytes.view(0, artefact.bytes.size)
  const file = VOLUME_FILE.exec(artefact.inner)?.[1]
  if (file !== undefined && artefact.root.endsWith(':uefi-volume')) {
    const name = VOLUME_FILES[file.toUpperCase()]
    const lists = name && (parseSignatureLists(content) ?? single(content))
    if (name && lists) give(artefact, out, { name, kept: 'volume', ...lists })
    return
  }
  if (!FILE.test(artefact.name)) return
  const name = listOfFile(artefact.name)
  const update = readUpdate(content)
  if (update) {
    const { time, signature, candidates, dataAt } = update
    const encoded = Buffer.from(signature).toString('base64')
    out.fact('boot.uefi.update', placeOf(artefact), { time, signature: encoded, candidates })
    const lists = parseSignatureLists(content.subarray(dataAt))
    if (lists && name) give(artefact, out, { name, kept: 'update', ...lists }, dataAt)
    return
  }
  const lists = name && parseSignatureLists(content)
  if (name && lists) give(artefact, out, { name, kept: 'file', ...lists })
}

function give(artefact: Artefact, out: MapOut, fact: KeyListFact, from = 0, length?: number): void {
  out.fact('boot.uefi.keys', placeOf(artefact, from, length), fact)
}

/** A firmware file may hold a bare certificate. */
function single(content: Uint8Array): SignatureLists | undefined {
  const certificate = listed(content, '')
  return certificate && { certificates: [certificate], hashes: [], others: 0 }
}

/** What shim was built with: sizes of what it starts and of what it refuses, then their places. shim, cert.S. */
function lookAtShim(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const section = parsePe(bytes, 0)?.sections.find(({ name }) => name === '.vendor_cert')
  if (!section || section.length < TABLE || section.at + section.length > bytes.size) return
  const content = bytes.view(section.at, Math.min(section.length, MOST))
  const reader = new Reader(content, 'little')
  const [allowed, refused, allowedAt, refusedAt] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  for (const [name, at, length] of [
    ['db', allowedAt, allowed],
    ['dbx', refusedAt, refused],
  ] as const) {
    if (length === 0 || at + length > content.length) continue
    const part = content.subarray(at, at + length)
    const lists = parseSignatureLists(part) ?? single(part)
    if (lists) give(artefact, out, { name, kept: 'shim', ...lists }, section.at + at, length)
  }
}

const TABLE = 16

function lookAtStore(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const variables = valid(parseUefiVariables(bytes)?.variables ?? [])
  let hasPlatformKey = false
  let enabled: boolean | undefined
  for (const { guid, name, at, length } of variables) {
    if (length === 0 || length > MOST || at + length > bytes.size) continue
    const content = bytes.view(at, length)
    if (guid === SWITCH.guid && name === SWITCH.name) enabled = content[0] !== 0
    const list = listOf(guid, name)
    const lists = list && parseSignatureLists(content)
    if (!list || !lists) continue
    give(artefact, out, { ...list, ...lists }, at, length)
    if (list.name === 'PK' && list.kept === 'variable') hasPlatformKey = lists.certificates.length > 0
  }
  out.fact('boot.uefi.store', placeOf(artefact), { variables: variables.length, hasPlatformKey, enabled })
}

/** Those that the firmware sees: what was about to be written anew counts where nothing new is there. */
function valid(variables: readonly UefiVariable[]): readonly UefiVariable[] {
  const key = ({ guid, name }: UefiVariable) => `${guid}/${name}`
  const live = new Set(variables.filter(({ state }) => state === 'live').map(key))
  return variables.filter((one) => one.state === 'live' || (one.state === 'replaced' && !live.has(key(one))))
}
