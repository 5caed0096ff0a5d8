import { latin1 } from '@messlatte/bytes'
import { fdtValue, parseFdt } from '@messlatte/unpack'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { isLibrary, isNotInUse } from '../../credentials/clear/paths.ts'
import { readSettings } from '../../credentials/clear/settings/index.ts'
import { printable } from '../../credentials/printable.ts'
import { placeOf, provisions } from '../../drafts.ts'
import { macOf, type PublicValue } from '../values/identity.ts'
import './facts.ts'

const MOST_TEXT = 1024 * 1024
const MOST_FINDS = 64

const FILES =
  /(?:^|\/)(?:environment\.txt|[^/]*nvram[^/]*|[^/]*(?:factory|board|product|device|unit|config|settings?|manufactur)[^/]*\.(?:conf|cfg|ini|json|dat|txt|env|prop)|(?:RT|MT|rt|mt)\d{4}\w*\.dat|hostapd[^/]*\.conf|(?:mac|mac_?addr(?:ess)?|serial(?:_?(?:no|number|num))?|ssid)(?:\.txt)?)$|(?:^|\/)etc\/config\/(?:wireless|network|system)$/i
/** Files of a factory partition that hold one value each. */
const ONE_VALUE = /^(?:mac|mac_?addr(?:ess)?|serial(?:_?(?:no|number|num))?|ssid)(?:\.txt)?$/i
const NVS = /^[^/]+\/[^/]*(?:mac|serial|ssid|^sn$)[^/]*$/i
const MARKS = [
  'ethaddr=',
  'macaddr=',
  'hwaddr=',
  'serial#=',
  'serialno=',
  'serial_number=',
  'SerialNumber=',
  'ssid=',
  'SSID1=',
]

const MAC_NAME =
  /(?:^|[^a-z])(?:mac|macaddr(?:ess)?|mac_?addr(?:ess)?|hwaddr|bssid)\d?$|ethaddr$|eth\d?addr$|(?:et|wl|lan|wan|wlan)\d?_?(?:macaddr|hwaddr|mac)$|Mac(?:Addr(?:ess)?)?$/i
const SERIAL_NAME =
  /(?:^|[^a-z])(?:serial(?:#|_?no|_?number|_?num)?|sn|device_?serial|serialno)$|SerialNumber$/i
const SSID_NAME = /(?:^|[^a-z])e?ssid\d?$|SSID\d?$/

/**
 * Looks for what is public about a unit: addresses, serial number, SSID. It states no evidence and is no part of `check`; only a comparison
 * of units asks for it.
 */
export const unitIdentityCheck: Check = {
  id: 'units.identity',
  version: 1,
  title: { en: 'What is public about a unit', de: 'Was über ein Gerät öffentlich ist' },
  provisions: provisions(['5.1-2']),
  cases: [],
  input: ['units'],
  canShow: {
    en: 'MAC addresses, serial numbers and SSIDs that a unit’s memory holds.',
    de: 'MAC-Adressen, Seriennummern und SSIDs, die der Speicher eines Geräts enthält.',
  },
  cannotShow: {
    en: 'What is on the label of the unit.',
    de: 'Was auf dem Typenschild des Geräts steht.',
  },
  states: [],
  wants: { paths: [FILES, NVS], formats: ['fdt'], literals: true },
  literals: MARKS,
  gives: ['unit.identity'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, root, bytes, format, type } = artefact
  if (bytes.size === 0 || isNotInUse(artefact) || isLibrary(inner)) return
  if (format === 'fdt') lookAtTree(artefact, out)
  else if (root.endsWith(':esp-nvs')) lookAtNvs(artefact, out)
  else if (format === undefined && FILES.test(inner) && bytes.size <= MOST_TEXT) lookAtText(artefact, out)
  else if (artefact.hits.length > 0 && type !== 'file') lookAtMarks(artefact, out)
}

function give(artefact: Artefact, out: MapOut, name: string, raw: string): boolean {
  const found = publicOf(name, raw.trim())
  if (!found) return false
  out.fact('unit.identity', placeOf(artefact), found)
  return true
}

function publicOf(key: string, value: string): PublicValue | undefined {
  const name = printable(key)
  const mac = MAC_NAME.test(key) ? macOf(value) : undefined
  if (mac !== undefined) return { kind: 'mac', name, value: mac }
  if (SERIAL_NAME.test(key) && /^[0-9A-Za-z][\w./() -]{2,31}$/.test(value))
    return { kind: 'serial', name, value }
  if (SSID_NAME.test(key) && /^[ -~]{1,32}$/.test(value)) return { kind: 'ssid', name, value }
  return undefined
}

function lookAtText(artefact: Artefact, out: MapOut): void {
  const text = artefact.text().replaceAll('\0', '\n')
  if (
    ONE_VALUE.test(artefact.name) &&
    /^[^\n=:{]{3,64}\n?$|^(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\n?$/.test(text)
  ) {
    give(artefact, out, artefact.name.replace(/\.txt$/, ''), text)
    return
  }
  let finds = 0
  // A boot loader's names have signs in them that are comments elsewhere: `serial#`.
  const settings = artefact.root.endsWith(':uboot-env')
    ? variablesIn(text)
    : readSettings(artefact.inner, text)
  for (const { key, value } of settings) if (finds < MOST_FINDS && give(artefact, out, key, value)) finds++
}

function variablesIn(text: string): readonly { readonly key: string; readonly value: string }[] {
  return text.split('\n', 4096).flatMap((line) => {
    const at = line.indexOf('=')
    return at > 0 ? [{ key: line.slice(0, at), value: line.slice(at + 1, at + 129) }] : []
  })
}

function lookAtNvs(artefact: Artefact, out: MapOut): void {
  const key = /^[^/]+\/([^/@]+)(?:@0x[0-9a-f]+)?$/.exec(artefact.inner)?.[1]
  if (key === undefined || artefact.bytes.size > 128) return
  const bytes = artefact.bytes.view(0, artefact.bytes.size)
  if (bytes.length === 6) give(artefact, out, key, Buffer.from(bytes).toString('hex'))
  else give(artefact, out, key, artefact.text().replace(/\0[\s\S]*$/, ''))
}

const TREE_MACS = ['local-mac-address', 'mac-address']
const MOST_NODES = 2000

/** A tree that a boot loader filled in: addresses of six bytes, and the serial number in its root. */
function lookAtTree(artefact: Artefact, out: MapOut): void {
  const tree = parseFdt(artefact.bytes, 0)
  const pending = [tree.root]
  let [nodes, finds] = [0, 0]
  for (let node = pending.pop(); node && nodes < MOST_NODES && finds < MOST_FINDS; node = pending.pop()) {
    nodes++
    pending.push(...node.children)
    for (const property of node.properties) {
      if (TREE_MACS.includes(property.name) && property.length === 6) {
        const address = Buffer.from(fdtValue(tree, property)).toString('hex')
        if (give(artefact, out, `${node.name} mac`, address)) finds++
      }
      if (node.depth === 0 && property.name === 'serial-number' && property.length < 64)
        give(artefact, out, 'serial', latin1(fdtValue(tree, property)).replace(/\0.*$/s, ''))
    }
  }
}

/** A partition without a file system: settings with NULs or ends of lines between them. */
function lookAtMarks(artefact: Artefact, out: MapOut): void {
  let finds = 0
  for (const { literal, offset } of artefact.hits) {
    if (finds >= MOST_FINDS) return
    const from = Math.max(0, offset - 32)
    const length = Math.min(artefact.bytes.size, offset + literal.length + 64) - from
    const around = Buffer.from(artefact.bytes.view(from, length)).toString('latin1')
    const name = /[\w.#]*$/.exec(around.slice(0, offset - from + literal.length - 1))?.[0] ?? ''
    const value = /^[^\0\n\r]{1,64}/.exec(around.slice(offset - from + literal.length))?.[0] ?? ''
    if (give(artefact, out, name, value)) finds++
  }
}
