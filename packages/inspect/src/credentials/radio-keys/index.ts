import { X509Certificate } from 'node:crypto'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import type { ClearFact } from '../clear/facts.ts'
import { isBinary } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { sequenceAt } from '../private-keys/der.ts'

const ID = 'credentials.radio-keys'

interface RadioKey {
  readonly name: string
  readonly bytes: string
}

function bytesOf(hex: string): string {
  return Buffer.from(hex, 'hex').toString('latin1')
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

// Zigbee Specification, default global trust center link key. The master key of Light Link became public in 2015.
const LINK_KEY = 'ZigBeeAlliance09'
const TOUCHLINK = '9F5595F10257C8A469CBF42BC93FEE31'
const LINK_KEY_HEX = Buffer.from(LINK_KEY, 'latin1').toString('hex').toUpperCase()

/** The network key of a Zigbee or Z-Wave controller in its settings: sixteen numbers, or as many bytes in hexadecimal digits. */
const NETWORK_KEY_NAMES = ['network_key', 'networkKey', 'NetworkKey']
const NETWORK_KEY =
  /^(?:_S2?_?\w{0,20})?["']?(?:\s{0,4}[:=]\s{0,4}|\s{1,4}value=)["'[]{0,2}\s{0,4}((?:(?:0x[0-9A-Fa-f]{1,2}|\d{1,3})\s{0,4}[,\s]\s{0,12}(?:-\s)?){15}(?:0x[0-9A-Fa-f]{1,2}|\d{1,3})|[0-9A-Fa-f]{32})(?![\w,])/
const MOST_SETTINGS = 256 * 1024

const KEYS: readonly RadioKey[] = [
  ...[LINK_KEY, reversed(LINK_KEY), LINK_KEY_HEX, LINK_KEY_HEX.toLowerCase()].map((bytes) => ({
    name: 'zigbee-trust-centre-link-key',
    bytes,
  })),
  ...[bytesOf(TOUCHLINK), reversed(bytesOf(TOUCHLINK)), TOUCHLINK, TOUCHLINK.toLowerCase()].map((bytes) => ({
    name: 'zigbee-touchlink-master-key',
    bytes,
  })),
]
/** Matter Core Specification, attribute of a vendor id in a subject; `FFF` begins the ids that are for tests. */
const MATTER_TEST_VENDOR = `${bytesOf('060a2b0601040182a27c02010c04')}FFF`

export const radioKeysCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Published keys of radio protocols', de: 'Veröffentlichte Schlüssel von Funkprotokollen' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a program knows a key that is published for everybody, or carries a certificate of origin that is for tests.',
    de: 'Dass ein Programm einen für alle veröffentlichten Schlüssel kennt oder ein Herkunftszertifikat für Tests mitführt.',
  },
  cannotShow: {
    en: 'Whether networks are joined with that key, and which certificate a unit has in its factory data.',
    de: 'Ob Netzen mit diesem Schlüssel beigetreten wird und welches Zertifikat ein Gerät in seinen Fertigungsdaten hat.',
  },
  states: ['credential.radio.attestation', 'credential.radio.key', 'credential.radio.network-key'],
  wants: { literals: true },
  literals: [...KEYS.map(({ bytes }) => bytes), ...NETWORK_KEY_NAMES, MATTER_TEST_VENDOR],
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  if (isNotInUse(artefact)) return
  const seen = new Set<string>()
  for (const { literal, offset } of artefact.hits) {
    const key = KEYS.find(({ bytes }) => bytes === literal)
    if (NETWORK_KEY_NAMES.includes(literal)) lookAtNetworkKey(artefact, offset + literal.length, seen, out)
    else if (!key) lookAtCertificate(artefact, offset, seen, out)
    else if (!seen.has(key.name)) {
      seen.add(key.name)
      give(artefact, out, offset, literal.length, {
        kind: 'credential.radio.key',
        subject: 'pairing',
        setting: key.name,
        value: key.name === 'zigbee-touchlink-master-key' ? TOUCHLINK : LINK_KEY,
        state: 'default',
        grade: 'low',
        weakness: 'by-specification',
      })
    }
  }
}

/** In settings only: in a program the name stands for what it reads. */
function lookAtNetworkKey(artefact: Artefact, offset: number, seen: Set<string>, out: MapOut): void {
  if (isBinary(artefact) || artefact.bytes.size > MOST_SETTINGS || isLibrary(artefact.inner)) return
  if (/\.(?:[cm]?js|ts|py|lua|sh|c|h)$/.test(artefact.inner)) return
  const text = artefact.text()
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset)
  const value = NETWORK_KEY.exec(text.slice(offset, offset + 400))?.[1]
  if (value === undefined || /^\s*(?:#|;|\/\/|<!--)/.test(line) || seen.has(value)) return
  const numbers = /^[0-9A-Fa-f]{32}$/.test(value)
    ? [...Buffer.from(value, 'hex')]
    : (value.match(/0x[0-9A-Fa-f]+|\d+/g) ?? []).map(Number)
  if (numbers.length !== 16 || numbers.some((one) => one > 255) || new Set(numbers).size < 3) return
  seen.add(value)
  give(artefact, out, text.indexOf(value, offset), value.length, {
    kind: 'credential.radio.network-key',
    subject: 'pairing',
    setting: 'network-key',
    value: Buffer.from(numbers).toString('hex'),
    state: 'set',
    grade: 'medium',
  })
}

/** Longest certificate of attestation (Matter Core Specification): 600 bytes; its subject lies in the first half. */
const MOST_CERTIFICATE = 600

/** The certificate around a test vendor’s id: one of a device counts, those above it belong to whoever verifies. */
function lookAtCertificate(artefact: Artefact, offset: number, seen: Set<string>, out: MapOut): void {
  for (let at = offset - 8; at >= Math.max(0, offset - MOST_CERTIFICATE); at--) {
    const der = sequenceAt(artefact.bytes, at)
    if (
      !der ||
      at + der.length < offset + MATTER_TEST_VENDOR.length ||
      der.length < 200 ||
      der.length > MOST_CERTIFICATE
    )
      continue
    const certificate = certificateOf(der)
    if (!certificate) continue
    if (
      !certificate.ca &&
      certificate.subject.includes('37244.2.2') &&
      !seen.has(certificate.fingerprint256)
    ) {
      seen.add(certificate.fingerprint256)
      give(artefact, out, at, der.length, {
        kind: 'credential.radio.attestation',
        subject: 'attestation',
        setting: 'matter-device-attestation',
        value: certificate.fingerprint256,
        state: 'default',
        grade: 'medium',
        more: {
          subjectName: certificate.subject.replaceAll('\n', ', '),
          certificateSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
        },
      })
    }
    return
  }
}

function certificateOf(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der)
  } catch {
    return undefined
  }
}

function give(
  artefact: Artefact,
  out: MapOut,
  offset: number,
  length: number,
  fact: Omit<ClearFact, 'check' | 'form' | 'readers'>,
): void {
  out.fact('credential.clear', placeOf(artefact, offset, length), {
    check: ID,
    form: 'key',
    readers: [],
    ...fact,
  })
}
