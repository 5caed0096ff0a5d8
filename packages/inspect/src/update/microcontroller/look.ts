import { parseOtaSelect } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { firmwareAddresses } from '../addresses.ts'
import { isFirmwareAlone, onDevice } from './device.ts'
import { givePart } from './give.ts'
import * as say from './say.ts'
import { lookAtSettings } from './settings.ts'
import { SIGN_LITERALS, type SignId, SYSTEMS, signOf } from './signs.ts'

const CERTIFICATE = '-----BEGIN CERTIFICATE-----'
export const LITERALS: readonly string[] = [...SIGN_LITERALS, ...SYSTEMS]
export const SETTINGS_FILE = /(?:^|\/)sdkconfig(?:\.[\w.-]{1,64})?$/
/** `NAMESPACE/KEY` below a store of ESP-IDF. */
export const STORED = /^[^/]{1,15}\/[^/]*(?:ota|fw|firm|upd|upg|url|uri)[^/]*$/i

const HEAD = 4096
const SECTOR = 4096
const MOST_STORED = 1024
const MOST_CERTIFICATES = 16
/** Names of files of firmware, where others lie beside them. */
const FOR_OTHERS = /(?:^|\/)firmware\/|\.(?:bin|hex|img|fw|ota|gbl|dfu|uf2|s19|srec|signed)$/i
const PAPER = /(?:^|\/)usr\/(?:share|include)\//

/** Map: texts of firmware of microcontrollers, stored addresses, and lines of build configurations. */
export function lookAtFirmware(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'esp-otadata') lookAtRecord(artefact, out)
  else if (artefact.root.endsWith(':esp-nvs')) lookAtStored(artefact, out)
  else if (SETTINGS_FILE.test(artefact.inner)) lookAtSettings(artefact, out)
  else if (artefact.format === 'esp-image' || isOtherFirmware(artefact)) lookAtTexts(artefact, out)
}

function lookAtTexts(artefact: Artefact, out: MapOut): void {
  const text = artefact.text()
  const signs = new Map<SignId, { readonly offset: number; readonly length: number }>()
  for (const literal of SIGN_LITERALS) {
    const id = signOf(literal)
    const offset = id === undefined || signs.has(id) ? -1 : text.indexOf(literal)
    if (id !== undefined && offset >= 0) signs.set(id, { offset, length: literal.length })
  }
  const addresses = firmwareAddresses(text)
  if (signs.size === 0 && addresses.length === 0 && artefact.format !== 'esp-image') return
  out.fact('update.firmware-texts', placeOf(artefact), {
    signs: [...signs].map(([id, at]) => ({ id, ...at })),
    addresses,
    certificates: placesOf(text, CERTIFICATE),
  })
}

function placesOf(text: string, word: string): readonly number[] {
  const places: number[] = []
  let at = text.indexOf(word)
  while (at >= 0 && places.length < MOST_CERTIFICATES) {
    places.push(at)
    at = text.indexOf(word, at + 1)
  }
  return places
}

/** Firmware of another kind: neither text nor a program of an operating system, nor a segment of what is read as a whole. */
function isOtherFirmware({ type, root, path, inner, bytes, format, hits }: Artefact): boolean {
  if ((type !== 'file' && type !== 'unknown') || hits.length === 0) return false
  if (root.endsWith(':esp-image') || PAPER.test(path)) return false
  if (!bytes.view(0, Math.min(HEAD, bytes.size)).includes(0)) return false
  const namesSystem = hits.some(({ literal }) => SYSTEMS.includes(literal))
  if (format === 'elf') return namesSystem
  // In file systems and archives, apps and libraries have the same texts.
  return type === 'unknown' || isFirmwareAlone(root) || FOR_OTHERS.test(inner)
}

function lookAtStored(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'file' || artefact.bytes.size > MOST_STORED) return
  for (const { url, scheme } of firmwareAddresses(artefact.text())) {
    givePart(
      out,
      onDevice(placeOf(artefact), []),
      { id: 'source', way: 'remote', protocol: scheme, address: url },
      {
        statement: say.storedAddress(artefact.inner, url),
        confidence: say.STORED,
        how: 'configuration',
        observation: { key: artefact.inner, repeat: 'nvs_tool.py FLASH (ESP-IDF, components/nvs_flash)' },
      },
    )
  }
}

/** What the record of the slots says about the first start of an update. */
function lookAtRecord(artefact: Artefact, out: MapOut): void {
  const states = [0, 1].flatMap((index) => parseOtaSelect(artefact.bytes, index * SECTOR)?.state ?? [])
  if (states.every((state) => state === 'undefined')) return
  givePart(
    out,
    onDevice(placeOf(artefact), []),
    { id: 'install', method: 'slots', names: [] },
    {
      statement: say.HAS_TO_CONFIRM,
      confidence: say.RECORDED,
      how: 'boot-loader',
      observation: {
        states,
        repeat: 'otatool.py -f FLASH read_otadata (ESP-IDF, components/app_update)',
      },
    },
  )
}
